"""Decisions about a case, free of the database and the clock: legal regime, allowed moves, grounds.

`MOVES` is the whole life of a case as one table; services read it, screens show it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from otklik.cases.states import OPEN_STATES, STATES
from otklik.charter.schema.intake import CaseKind, MessageForm, Regime


@dataclass(frozen=True)
class Kind:
    """Обращение or сообщение, with the ground in words."""

    kind: CaseKind
    reason: str


def kind_of(
    regime: Regime, channel: str, form: MessageForm, wants_appeal: bool | None, is_identified: bool
) -> Kind:
    """The legal regime by the rules of the charter; the first matching line decides."""
    choices: dict[bool | None, CaseKind | None] = {True: "appeal", False: "message", None: None}
    chosen = choices[wants_appeal]
    for rule in regime.rules:
        fits = (
            (not rule.channels or channel in rule.channels)
            and (not rule.forms or form in rule.forms)
            and (rule.chosen is None or rule.chosen == chosen)
            and (rule.identified is None or rule.identified == is_identified)
        )
        if fits:
            return Kind(rule.gives, rule.ground)
    return Kind(regime.otherwise, "по общему правилу положения")


@dataclass(frozen=True)
class Step:
    """A deed: from which states, to which one, who may (any of the permissions), what it is called.

    `only` names the legal regime the deed is for; empty means both.
    """

    title: str
    states: tuple[str, ...]
    becomes: str
    permissions: tuple[str, ...]
    only: str = ""


WORKING = ("assigned", "in_work", "asking")
BEFORE_ANSWER = ("registered", *WORKING)

MOVES: dict[str, Step] = {
    "assign": Step("Назначить", BEFORE_ANSWER, "assigned", ("cases.assign",)),
    "take": Step("Взять в работу", ("assigned",), "in_work", ("cases.work",)),
    "pass_on": Step("Передать", WORKING, "assigned", ("cases.assign", "cases.work")),
    "return_case": Step("Вернуть с причиной", WORKING, "registered", ("cases.work", "cases.assign")),
    "ask": Step("Спросить заявителя", ("registered", *WORKING), "asking", ("cases.work",)),
    "reply": Step("Ответ заявителя", ("asking",), "in_work", ()),
    "submit": Step("Передать на согласование", WORKING, "on_approval", ("cases.work",)),
    "return_answer": Step(
        "Вернуть проект", ("on_approval", "signing"), "in_work", ("cases.approve_answer", "cases.sign_answer")
    ),
    "approve": Step("Согласовать", ("on_approval",), "signing", ("cases.approve_answer",)),
    "sign": Step(
        "Подписать и отправить", ("signing",), "sent", ("cases.sign_answer", "cases.approve_answer")
    ),
    "place": Step("Отметить размещение", ("placing", "sent"), "sent", ("cases.send_answer",)),
    "close": Step("Закрыть", ("sent",), "closed", ("cases.close", "cases.work")),
    "reopen": Step("Возобновить", ("sent", "closed", "left", "forwarded"), "registered", ("cases.reopen",)),
    "extend": Step("Продлить", OPEN_STATES, "", ("cases.extend_term",), "appeal"),
    "forward": Step("Переадресовать", BEFORE_ANSWER, "forwarded", ("cases.forward",)),
    "send_copies": Step("Направить копии", BEFORE_ANSWER, "", ("cases.forward",)),
    "leave": Step("Оставить без ответа по существу", BEFORE_ANSWER, "left", ("cases.leave",), "appeal"),
    "close_unanswered": Step(
        "Закрыть без ответа", BEFORE_ANSWER, "closed", ("cases.sort", "cases.close"), "message"
    ),
    "join": Step("Присоединить", BEFORE_ANSWER, "joined", ("cases.join",)),
    "set_topic": Step("Исправить тему", OPEN_STATES, "", ("cases.sort", "cases.assign")),
    "set_place": Step("Исправить место", OPEN_STATES, "", ("cases.sort", "cases.assign", "cases.work")),
    "set_kind": Step("Исправить вид", OPEN_STATES, "", ("cases.sort",)),
    "set_urgency": Step("Срочно", OPEN_STATES, "", ("cases.sort", "cases.assign")),
    "mark_outcome": Step(
        "Отметить итог рассмотрения",
        (*OPEN_STATES, "sent", "closed"),
        "",
        ("cases.work", "cases.sign_answer", "cases.close"),
        "appeal",
    ),
    "release": Step("Освободить исполнителя", OPEN_STATES, "", ("accounts.manage",)),
    "undo": Step("Отменить", tuple(key for key, _ in STATES), "", ()),
}

# What can be taken back: nothing has left the building and no legal clock was started by it.
UNDOABLE = frozenset(
    {
        "assign",
        "take",
        "pass_on",
        "return_case",
        "close",
        "close_unanswered",
        "join",
        "set_topic",
        "set_place",
        "set_kind",
        "set_urgency",
        "mark_outcome",
    }
)


WRONG_KIND = {
    "leave": "Эти основания закон даёт только для обращений. Сообщение закройте без ответа с объяснением.",
    "extend": "Продлевается только срок ответа на обращение по 59-ФЗ.",
    "mark_outcome": "Итог для отчёта по Указу № 171 отмечают только у обращений по 59-ФЗ.",
    "close_unanswered": "На обращение по 59-ФЗ отвечают всегда: без ответа закрывают только сообщения.",
}


def may_move(deed: str, state: str, permissions: Collection[str], kind: str = "") -> str:
    """Empty when the deed is allowed; else one Russian sentence why not. No `kind` leaves the regime unasked."""
    step = MOVES[deed]
    if step.permissions and not set(step.permissions) & set(permissions):
        return f"У вашей роли нет права «{step.title.lower()}»."
    if kind and step.only and step.only != kind:
        return WRONG_KIND[deed]
    if state not in step.states:
        return f"Сейчас это сделать нельзя: карточка в состоянии «{state_name(state)}»."
    return ""


def state_name(state: str) -> str:
    """The Russian name of a state."""
    return dict(STATES)[state]


# Ways of 59-ФЗ (keys of `deadlines.branches.BRANCHES`) that end a case without an answer on the merits.
LEAVE_GROUNDS = (
    "anonymous",
    "offensive",
    "unreadable",
    "no_essence",
    "court_decision",
    "repeated",
    "secret",
    "published",
    "return_complaint",
)


@dataclass(frozen=True)
class Ground:
    """Why a message gets no answer; `needs_words` asks for an explanation where the text alone does not say it."""

    title: str
    needs_words: bool = False


UNANSWERED_GROUNDS = {
    "spam": Ground("спам или реклама"),
    "thanks": Ground("благодарность"),
    "no_question": Ground("вопроса к администрации нет", True),
    "among_residents": Ground("обсуждение между жителями"),
    "answered": Ground("дубль, на него уже ответили", True),
    "other": Ground("другое", True),
}
