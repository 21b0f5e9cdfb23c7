"""The words a problem is described with, and their Russian names. Plain data: no imports of models."""

# The charter's `ProblemSource` keys, and what the charter calls errors of communication.
SOURCES = [
    ("cases", "массовые обращения"),
    ("heat_map", "всплески и тепловая карта"),
    ("polls", "опросы, голосования, обсуждения"),
    ("recipients_work", "работа органов"),
    ("conflicts", "конфликты"),
    ("communication", "ошибки общения"),
    ("channel_setup", "устройство каналов"),
    ("national_projects", "показатели нацпроектов"),
]

STATES = [
    ("proposed", "предложена"),
    ("confirmed", "подтверждена"),
    ("in_work", "в работе"),
    ("solved", "решена"),
    ("watch", "наблюдаем"),
    ("closed", "закрыта"),
    ("dismissed", "отклонена"),
]
OPEN_STATES = ("confirmed", "in_work", "solved", "watch")
"""A problem on the municipality's list: confirmed by a person and not yet closed."""
LIVE_STATES = ("proposed", *OPEN_STATES)

JOINS = [
    ("proposed", "предложена"),
    ("confirmed", "в проблеме"),
    ("struck", "исключена"),
]

METHODS = [("why5", "пять почему"), ("tree", "дерево причин")]

EVIDENCE_KINDS = [
    ("case", "карточка"),
    ("file", "документ"),
    ("place", "место"),
    ("measure", "показатель"),
    ("words", "слова"),
]

TEXT_STATES = [("draft", "готовится"), ("given", "роздан карточкам"), ("withdrawn", "отозван")]

FAULTS = [
    ("no_answer", "не ответили на вопрос"),
    ("formal", "отписка"),
    ("late", "ответили поздно"),
    ("rude", "неуважительный тон"),
    ("wrong", "неверные сведения"),
    ("personal", "раскрыты личные данные"),
    ("promise", "обещание не сдержано"),
    ("other", "другое"),
]
