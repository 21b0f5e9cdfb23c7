"""Decisions of polls: which state leads where, what a draft lacks, how a voter's answers are read.

Pure: no database, no clock; days are days of the municipality.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common.errors import Refused
from otklik.common.words import NBSP, count, full_day
from otklik.outreach.polls.words import ACCESS, CHOSEN, STATES

LEADS: dict[str, tuple[tuple[str, ...], str]] = {
    "submit": (("draft",), "approval"),
    "send_back": (("approval",), "draft"),
    "approve": (("approval",), "approved"),
    "open": (("approved",), "open"),
    "close": (("open",), "closed"),
    "sum_up": (("closed",), "summed"),
    "decide": (("summed",), "decided"),
    "withdraw": (("draft", "approval", "approved"), "withdrawn"),
}
"""Deed -> the states it is done in, the state it leads to."""
MOST_DAYS = 366
MOST_QUESTIONS, MOST_OPTIONS = 20, 30
WORDS_LIMIT = 1000
PAD = 256


@dataclass(frozen=True)
class Within:
    """So many days after the closing it is summed up and the decision is told. Charters name their own by `polls.…`."""

    sum_days: int = 7
    decide_days: int = 30


def check_deed(deed: str, state: str) -> str:
    """The state the deed leads to. Raises Refused when the poll stands elsewhere."""
    since, leads_to = LEADS[deed]
    if state not in since:
        raise Refused(f"Сейчас состояние «{STATES[state]}»: обновите страницу.")
    return leads_to


def is_weaker(access: str, least: str) -> bool:
    """Whether a poll would tell persons apart worse than the charter wants; an unknown level wants nothing."""
    levels = list(ACCESS)
    return least in levels and levels.index(access) < levels.index(least)


@dataclass(frozen=True)
class Asked:
    """A question as rules see it; `options` are keys of its answers in their order."""

    key: int
    text: str
    kind: str
    is_required: bool = True
    most: int | None = None
    low: int = 1
    high: int = 5
    options: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outline:
    """What a draft says of itself, for the check before approval."""

    form: str
    title: str
    why: str
    rules: str
    territory: str
    audience: str
    opens_on: date | None
    closes_on: date | None
    questions: Sequence[Asked]


def lacks(outline: Outline, today: date) -> list[str]:
    """Everything that keeps a draft from approval, each in one sentence."""
    named = {
        "title": "Назовите, о чём спрашиваете.",
        "why": "Напишите, зачем спрашиваете и что решится по ответам.",
        "rules": "Напишите правила: кто участвует, как считаются ответы, что не публикуется.",
        "territory": "Назовите территорию.",
        "audience": "Назовите, кого спрашиваете: всех жителей, жителей села, родителей.",
    }
    found = [words for name, words in named.items() if not getattr(outline, name).strip()]
    found += lacks_of_days(outline.opens_on, outline.closes_on, today)
    found += _lacks_of_questions(outline.form, outline.questions)
    return found


def lacks_of_days(opens_on: date | None, closes_on: date | None, today: date) -> list[str]:
    """What is wrong with the term, of a draft or of one that is prolonged."""
    if opens_on is None or closes_on is None:
        return ["Назовите первый и последний день."]
    if closes_on < opens_on:
        return ["Последний день раньше первого: поправьте срок."]
    if closes_on < today:
        return [f"Последний день {full_day(closes_on)} уже прошёл: назовите новый срок."]
    if closes_on - opens_on > timedelta(days=MOST_DAYS):
        return ["Срок дольше года: сократите его."]
    return []


def _lacks_of_questions(form: str, questions: Sequence[Asked]) -> list[str]:
    if not questions:
        return [] if form == "discussion" else ["Добавьте хотя бы один вопрос."]
    found = []
    for number, one in enumerate(questions, start=1):
        if not one.text.strip():
            found.append(f"Вопрос {number} пуст: напишите его.")
        if one.kind in CHOSEN and len(one.options) < 2:
            found.append(f"В вопросе {number} меньше двух вариантов ответа: допишите.")
    if form == "vote" and not any(one.kind in CHOSEN for one in questions):
        found.append("В голосовании нужен вопрос с вариантами: за что голосуют.")
    return found


@dataclass(frozen=True)
class Mark:
    """One mark of a ballot, of the kind its question asks for."""

    question: int
    option: int | None = None
    number: int | None = None
    text: str = ""
    lat: float | None = None
    lon: float | None = None


Fields = Mapping[str, Sequence[str]]
"""What a form sent: `q<key>` options, a number or words; `q<key>_lat`, `q<key>_lon` of a point."""


def read_answers(questions: Sequence[Asked], said: Fields) -> tuple[list[Mark], dict[int, str]]:
    """Marks of the ballot and, by the key of the question, one sentence on what is wrong with the answer."""
    marks: list[Mark] = []
    faults: dict[int, str] = {}
    for one in questions:
        try:
            given = _READERS[one.kind](one, said)
        except Refused as refusal:
            faults[one.key] = str(refusal)
            continue
        if not given and one.is_required:
            faults[one.key] = _MISSING[one.kind]
        marks += given
    if not marks and not faults and questions:
        faults[questions[0].key] = "Ответьте хотя бы на один вопрос."
    return marks, faults


_MISSING = {
    "single": "Выберите один ответ.",
    "multiple": "Отметьте хотя бы один ответ.",
    "scale": "Поставьте оценку.",
    "text": "Напишите ответ: хватит одного предложения.",
    "point": "Отметьте место на карте или назовите его словами.",
}


def _values(one: Asked, said: Fields, tail: str = "") -> list[str]:
    return [value.strip() for value in said.get(f"q{one.key}{tail}", ()) if value.strip()]


def _chosen(one: Asked, said: Fields) -> list[Mark]:
    values = list(dict.fromkeys(_values(one, said)))
    known = {str(option): option for option in one.options}
    if any(value not in known for value in values):
        raise Refused("Такого ответа в списке нет: выберите заново.")
    most = 1 if one.kind == "single" else one.most or len(known)
    if len(values) > most:
        raise Refused(
            f"Отмечено {len(values)}, можно не больше {most}: снимите лишние."
            if most > 1
            else "Выберите один ответ."
        )
    return [Mark(one.key, option=known[value]) for value in values]


def _scale(one: Asked, said: Fields) -> list[Mark]:
    values = _values(one, said)
    if not values:
        return []
    number = int(values[0]) if values[0].isdecimal() and len(values[0]) < 4 else -1
    if not one.low <= number <= one.high:
        raise Refused(f"Оценка от{NBSP}{one.low} до{NBSP}{one.high}.")
    return [Mark(one.key, number=number)]


def _words(one: Asked, said: Fields) -> list[Mark]:
    text = "\n".join(_values(one, said)).replace("\x00", "")
    if len(text) > WORDS_LIMIT:
        raise Refused(f"Ответ длиннее {count(WORDS_LIMIT, 'знака', 'знаков', 'знаков')}: сократите его.")
    return [Mark(one.key, text=text)] if text else []


def _point(one: Asked, said: Fields) -> list[Mark]:
    text = " ".join(_values(one, said)).replace("\x00", "")[:200]
    lat, lon = _degrees(one, said, "_lat", 90), _degrees(one, said, "_lon", 180)
    if lat is None or lon is None:
        lat = lon = None
    return [Mark(one.key, text=text, lat=lat, lon=lon)] if text or lat is not None else []


def _degrees(one: Asked, said: Fields, tail: str, most: int) -> float | None:
    values = _values(one, said, tail)
    try:
        value = float(values[0]) if values else None
    except ValueError:
        return None
    return round(value, 5) if value is not None and abs(value) <= most else None


_READERS = {"single": _chosen, "multiple": _chosen, "scale": _scale, "text": _words, "point": _point}


def padded(text: str) -> str:
    """The text with spaces up to a whole number of `PAD` signs: the length of a sealed vote tells little of it."""
    return text + " " * (-len(text.encode()) % PAD)


def check_verdict(words: str, limit: int, missing: str) -> str:
    """The words without spaces around. Raises Refused when there are none or too many."""
    said = words.strip()
    if not said:
        raise Refused(missing)
    if len(said) > limit:
        raise Refused(f"Не длиннее {limit} знаков: сократите.")
    return said
