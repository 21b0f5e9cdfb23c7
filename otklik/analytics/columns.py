"""The words facts are made of: what a row is cut by, and what it counts. Plain data: no models, no database.

Every count is of events on the day they happened, so figures of any days may be added. A column stands under
the event that fills it (`sources`); its promise is the sentence beside it.
"""

DIMENSIONS = ("channel", "kind", "topic", "block", "body", "settlement", "h3", "state_class")
"""Keys of channel, kind, topic and block; ids of body and settlement (0: none); cell; state of the case now."""

STATE_CLASSES = ("open", "answered", "closed")

RECEIVED = {
    "received": "пришло карточек",
    "appeals_received": "из них обращений",
    "received_place_unknown": "пришло без известного населённого пункта",
    "received_repeated": "пришло повторных",
    "received_collective": "пришло коллективных",
    "received_solvable": "пришло решаемых",
    "received_fast_track": "пришло ускоренных",
    "received_urgent": "пришло срочных",
    "auto_topic": "тему определила машина, человек не исправил",
    "auto_corrected": "тему определила машина, человек исправил",
    "sent_to_triage": "при регистрации ушло в разбор",
}
REGISTERED = {
    "registered_in_time": "обращений зарегистрировано в срок",
    "registered_late": "обращений зарегистрировано позже срока",
}
ANSWERED = {
    "answered": "карточек с первым окончательным ответом",
    "answered_control": "из них до контрольного срока",
    "answered_legal": "из них до срока по закону",
    "answered_solved": "решено",
    "answered_explained": "разъяснено",
    "answered_refused": "отказано",
    "answered_forwarded": "перенаправлено в ответе",
    "solvable_answered": "ответов по решаемым",
    "solvable_solved": "решаемых решено",
    "solvable_explained": "решаемых разъяснено",
    "checked": "ответов прошло согласование",
    "first_pass": "из них согласовано без возвратов",
}
INTERIM = {"answered_interim": "промежуточных ответов"}
DUE = {
    "due": "наступил срок ответа",
    "due_overdue": "к сроку ответа не было",
}
PROMISES = {
    "promises_due": "наступил обещанный день",
    "promises_kept": "обещание сдержано",
}
MOVED = {
    "forwarded": "переадресовано",
    "extended": "сроков продлено",
    "returned": "возвращено в разбор: не наше",
    "reopened": "возобновлено",
    "asked": "вопросов заявителю",
    "returned_answers": "проектов ответа возвращено",
    "left_unanswered": "оставлено без ответа по существу",
    "joined": "присоединено к общей проблеме",
}
CLOSED = {
    "closed": "закрыто",
    "closed_unanswered": "закрыто без ответа",
}
INVITED = {"invited": "приглашений оценить"}
SCORED = {
    "scored": "оценок",
    "scored_invited": "оценок по приглашению",
    "score_sum": "сумма оценок",
    "score_squares": "сумма квадратов оценок",
    "low_scores": "плохих оценок",
}
RECHECKED = {"rechecks": "проверок после плохой оценки"}

COLUMNS: dict[str, str] = {
    **RECEIVED,
    **REGISTERED,
    **ANSWERED,
    **INTERIM,
    **DUE,
    **PROMISES,
    **MOVED,
    **CLOSED,
    **INVITED,
    **SCORED,
    **RECHECKED,
}
"""Every count of a fact with its meaning, in one order everywhere."""

HOURS = {"first": "до первого ответа", "final": "до окончательного ответа"}
"""What an hour histogram is of: whole clock hours from receipt."""

HOUR_DIMENSIONS = ("channel", "kind", "topic", "body")
