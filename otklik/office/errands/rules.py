"""Decisions about errands: who may do what when, how an errand stands on a day, what a wording lacks.

Pure: no database, no clock; `today` is an argument, days are days of the municipality.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from otklik.common.errors import Refused
from otklik.common.words import full_day

KINDS = {
    "protocol": "протокол заседания",
    "head": "руководитель",
    "curator": "куратор",
    "roadmap": "дорожная карта",
    "request": "запрос материалов",
    "poll": "итоги опроса",
    "risk": "информационный риск",
    "own": "своя инициатива",
}
STATES = {
    "given": "дано",
    "taken": "в работе",
    "reported": "ждёт приёмки",
    "returned": "возвращено",
    "accepted": "исполнено",
    "removed": "снято с контроля",
}
OPEN = ("given", "taken", "reported", "returned")
WORKING = ("given", "taken", "returned")
"""States in which the responsible post owes the work; a report waiting for acceptance owes nothing."""
PRIORITIES = {"usual": "обычная", "high": "высокая"}
MOST_DAYS = 366 * 2

Party = Literal["responsible", "controller", "giver", "helper"]


@dataclass(frozen=True)
class Deed:
    """A deed of the state machine: from which states, who may do it, what it leads to ("" leaves the state)."""

    title: str
    done: str
    since: tuple[str, ...]
    parties: tuple[Party, ...]
    leads_to: str = ""
    needs_words: str = ""


DEEDS: dict[str, Deed] = {
    "take": Deed("Взять в работу", "взято в работу", ("given", "returned"), ("responsible",), "taken"),
    "note": Deed(
        "Добавить запись",
        "добавлена запись",
        OPEN,
        ("responsible", "helper", "controller", "giver"),
        needs_words="Напишите, что сделано или что мешает.",
    ),
    "report": Deed(
        "Отчитаться",
        "дан отчёт",
        WORKING,
        ("responsible",),
        "reported",
        "Напишите, что сделано: результат, число, дату.",
    ),
    "ask": Deed(
        "Попросить продлить",
        "запрошено продление",
        WORKING,
        ("responsible",),
        needs_words="Назовите причину: контролёр решит по ней.",
    ),
    "accept": Deed("Принять", "принято", ("reported",), ("controller",), "accepted"),
    "send_back": Deed(
        "Вернуть с причиной",
        "возвращено на доработку",
        ("reported",),
        ("controller",),
        "returned",
        "Напишите, чего не хватает: исполнитель увидит эти слова.",
    ),
    "extend": Deed(
        "Продлить",
        "срок продлён",
        WORKING,
        ("controller",),
        needs_words="Назовите основание продления: оно останется в истории сроков.",
    ),
    "refuse": Deed(
        "Отказать в продлении",
        "в продлении отказано",
        WORKING,
        ("controller",),
        needs_words="Напишите, почему срок остаётся прежним.",
    ),
    "remove": Deed(
        "Снять с контроля",
        "снято с контроля",
        OPEN,
        ("controller", "giver"),
        "removed",
        "Назовите основание снятия с контроля.",
    ),
}

NOT_YOURS: dict[str, str] = {
    "take": "Взять поручение в работу может ответственный исполнитель.",
    "note": "Записи добавляют исполнители и контролёр этого поручения.",
    "report": "Отчитывается ответственный исполнитель.",
    "ask": "О продлении просит ответственный исполнитель.",
    "accept": "Принимает исполнение контролёр, а не исполнитель.",
    "send_back": "Возвращает на доработку контролёр.",
    "extend": "Продлевает срок контролёр.",
    "refuse": "На просьбу о продлении отвечает контролёр.",
    "remove": "Снимает с контроля контролёр или тот, кто дал поручение.",
}


def check_deed(key: str, state: str, parties: Collection[Party], words: str) -> Deed:
    """The deed, when this state, these parties and these words allow it. Raises Refused.

    Who answers for the errand never accepts, returns or extends it, even when he also holds the controlling post.
    """
    deed = DEEDS[key]
    if state not in deed.since:
        raise Refused(f"Поручение уже {_stands(state)}: обновите страницу.")
    allowed = set(deed.parties) & set(parties)
    if not allowed or ("responsible" in parties and "responsible" not in deed.parties):
        raise Refused(NOT_YOURS[key])
    if deed.needs_words and not words.strip():
        raise Refused(deed.needs_words)
    return deed


def _stands(state: str) -> str:
    return {"reported": "ждёт приёмки", "taken": "в работе"}.get(state, STATES[state])


def allowed(state: str, parties: Collection[Party], has_asked: bool) -> list[str]:
    """Deeds open to these parties now, in the order of the catalogue."""
    return [
        key
        for key, deed in DEEDS.items()
        if state in deed.since
        and set(deed.parties) & set(parties)
        and ("responsible" not in parties or "responsible" in deed.parties)
        and (key != "refuse" or has_asked)
        and (key != "ask" or not has_asked)
    ]


def check_dates(given_on: date, due_on: date) -> None:
    """Raise Refused for a date in the past or beyond two years."""
    if due_on < given_on:
        raise Refused(f"Срок {full_day(due_on)} уже прошёл. Назовите день не раньше сегодняшнего.")
    if (due_on - given_on).days > MOST_DAYS:
        raise Refused("Срок дальше двух лет. Разбейте поручение на этапы с ближними сроками.")


def check_new_date(due_on: date, new: date, today: date) -> None:
    """Raise Refused when a moved date is not ahead of both the present one and today."""
    if new <= due_on:
        raise Refused(f"Новый срок должен быть позже прежнего: {full_day(due_on)}.")
    check_dates(today, new)


def check_asking(due_on: date, new: date, today: date) -> None:
    """The date is asked to be moved before it passes: no extension backdated at the executor's wish."""
    if today > due_on:
        raise Refused("Срок уже прошёл: отчитайтесь, а о переносе решит контролёр.")
    check_new_date(due_on, new, today)


Standing = Literal["running", "waiting", "overdue", "in_time", "late", "removed"]


def standing(state: str, due_on: date, reported_on: date | None, was_late: bool, today: date) -> Standing:
    """How an errand counts for discipline: what was accepted is judged by the day of its last report."""
    if state == "removed":
        return "removed"
    if state == "accepted":
        is_late = was_late or reported_on is None or reported_on > due_on
        return "late" if is_late else "in_time"
    if state == "reported":
        return "waiting"
    return "overdue" if today > due_on else "running"


@dataclass(frozen=True)
class Hint:
    """What a wording lacks, in one sentence; hints advise and never forbid."""

    about: Literal["verb", "post", "date", "result"]
    text: str


VAGUE = (
    "усилить", "активизировать", "продолжить", "обратить внимание", "держать на контроле", "взять на контроль",
    "обеспечить контроль", "проработать вопрос", "принять меры", "рассмотреть возможность", "повысить эффективность",
    "улучшить работу", "в кратчайшие сроки", "по возможности",
)  # fmt: skip
MEASURED = ("акт", "отчёт", "отчет", "фото", "список", "перечень", "проект", "план", "договор", "график", "доля",
            "схема", "справка", "письмо", "реестр", "постановление", "распоряжение", "ответ", "не более", "не менее",
            "все ", "каждый", "каждая", "каждое")  # fmt: skip


def hints_for(
    text: str,
    result: str,
    posts: Sequence[str],
    due_on: date | None,
    is_infinitive: Callable[[str], bool],
) -> list[Hint]:
    """What is missing of «one verb, one post, one date, a measurable result», with the way to mend it.

    `posts` are responsible posts named so far; `is_infinitive` tells a verb like «отремонтировать» from other words.
    """
    words = [one.strip(".,;:()«»\"'").lower() for one in text.split()]
    verbs = [one for one in words if one and is_infinitive(one)]
    plain = f"{text} {result}".lower()
    vague = [one for one in VAGUE if one in plain]
    found: list[Hint] = []
    if not verbs:
        found.append(
            Hint("verb", "Нет глагола: начните с того, что сделать, — «отремонтировать», «направить».")
        )
    elif len(verbs) > 1:
        two = f"«{verbs[0]}» и «{verbs[1]}»"
        found.append(
            Hint("verb", f"Глаголов больше одного: {two}. Дайте два поручения, у каждого свой срок.")
        )
    if vague:
        found.append(Hint("verb", f"«{words_of(vague[0])}» нельзя проверить: назовите действие и его итог."))
    if not posts:
        found.append(Hint("post", "Нет ответственного: назовите одну должность, остальные — соисполнители."))
    elif len(posts) > 1:
        found.append(
            Hint("post", "Ответственных больше одного: оставьте одного, остальных — в соисполнители.")
        )
    if due_on is None:
        found.append(Hint("date", "Нет даты: «в кратчайшие сроки» не срок, назовите день."))
    if not _is_measurable(plain):
        found.append(Hint("result", "Не видно, чем измерить: добавьте число, документ или снимок."))
    return found


def words_of(vague: str) -> str:
    """The vague phrase with its first letter up, as a quotation begins."""
    return vague[:1].upper() + vague[1:]


def _is_measurable(plain: str) -> bool:
    return any(one.isdecimal() for one in plain) or any(one in f"{plain} " for one in MEASURED)


def day_to_remind(due_on: date, given_on: date, today: date, warn_days: Collection[int]) -> date | None:
    """The newest day of reminding that has come since the errand was given: the named days ahead and the day itself.

    A morning without the timer loses nothing: what has come and was not said is said on the next one.
    """
    if today > due_on:
        return None
    days = (due_on - timedelta(days=left) for left in {0, *warn_days} if left >= 0)
    return max((day for day in days if given_on <= day <= today), default=None)


def step_to_escalate(due_on: date, today: date, after: Collection[int]) -> int | None:
    """The furthest step of delay that has been reached, in days late; None before the first one."""
    late = (today - due_on).days
    return max((step for step in after if 0 < step <= late), default=None)
