"""Words of the journal for the queue of questions to residents."""

WORDS = {
    "asking.found": "найден вопрос к жителям",
    "asking.gone": "вопрос к жителям больше не набирает причин",
    "asking.taken": "вопрос к жителям взят в черновик",
    "asking.refused": "вопрос к жителям отклонён",
}
