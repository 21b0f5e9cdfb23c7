"""The filter phrase: a Russian sentence whose bold words are pickers, and the values each picker offers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from otklik.accounts.models import Body, User
from otklik.accounts.selectors import Rights
from otklik.cases.selectors import CaseFilter, cases_for
from otklik.cases.selectors.filters import ANY_FAULT, NOT_KNOWN
from otklik.cases.states import ANSWER_KINDS, KINDS, OPEN_STATES, STATES
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.places.models import Settlement
from otklik.quality.rules import TITLES as FAULTS
from otklik.topics.groups import GROUP_TITLES
from otklik.topics.models import Block, Topic

Options = list[tuple[str, str]]

TERM_WORDS = {
    "overdue": "просроченные",
    "today": "на сегодня",
    "soon": "на три дня",
    "in_time": "в срок",
    "paused": "на паузе",
    "broken": "с нарушенным законом",
}
ORDERS = {"term": "горящие", "new": "новые"}
FIXED: dict[str, Options] = {
    "state": [("open", "открытые"), *STATES],
    "term": list(TERM_WORDS.items()),
    "kind": KINDS,
    "urgency": [("high", "срочно")],
    "order": list(ORDERS.items()),
    "mine": [("1", "мои")],
    "repeat": [("1", "повторные")],
    "triage": [("1", "ждут разбора")],
}
ANY = {
    "state": "все",
    "channel": "всех каналов",
    "topic": "любая",
    "block": "любой",
    "settlement": "вся территория",
    "body": "у любого органа",
    "term": "любым",
    "order": "новые",
    "kind": "любой",
}
DROPS = {
    "q": "слов поиска",
    "state": "состояния",
    "channel": "канала",
    "topic": "темы",
    "group": "группы тем",
    "block": "блока",
    "settlement": "населённого пункта",
    "cell": "ячейки карты",
    "body": "органа",
    "kind": "вида",
    "urgency": "срочности",
    "term": "срока",
    "triage": "разбора",
    "mine": "«только мои»",
    "repeat": "повторных",
    "result": "итога",
    "solvable": "решаемых",
    "fault": "подсказки",
    "returned": "возврата проекта",
    "score": "оценки",
    "dates": "дня ответа",
    "since": "дня «с»",
    "until": "дня «по»",
}


@dataclass(frozen=True)
class Word:
    """A bold word of the phrase: what stands before it, which condition it picks, what it says now."""

    before: str
    name: str
    says: str
    is_set: bool


def phrase_of(conditions: CaseFilter, municipality: Municipality) -> dict[str, Any]:
    """The sentence and the chips of further conditions."""
    says = {name: _says(name, conditions, municipality) for name in ANY}
    words = [
        Word(before, name, says[name], bool(getattr(conditions, name)))
        for before, name in (
            ("Показать", "state"),
            ("из", "channel"),
            (", тема", "topic"),
            (", блок", "block"),
            (", территория", "settlement"),
            (",", "body"),
            (", со сроком", "term"),
            (". Сначала", "order"),
        )
    ]
    chips = [
        (name, title)
        for name, title in (
            ("q", f"слова «{conditions.q}»"),
            ("kind", dict(KINDS).get(conditions.kind, "")),
            ("group", f"группа «{GROUP_TITLES.get(conditions.group, conditions.group)}»"),
            ("cell", "ячейка карты"),
            ("urgency", "срочно"),
            ("triage", "ждут разбора"),
            ("mine", "только мои"),
            ("repeat", "повторные"),
            ("result", f"итог: {dict(ANSWER_KINDS).get(conditions.result, conditions.result)}"),
            ("solvable", "решаемые"),
            ("fault", _hint(conditions.fault)),
            ("returned", "проект возвращали"),
            ("score", f"оценка {conditions.score}" if conditions.score.isdigit() else "с оценкой"),
            ("dates", "дни проекта ответа" if conditions.dates == "handed" else "дни ответа"),
            ("since", f"с {conditions.since}"),
            ("until", f"по {conditions.until}"),
        )
        if getattr(conditions, name)
    ]
    return {"words": words, "chips": chips}


def _hint(fault: str) -> str:
    return "с подсказкой" if fault == ANY_FAULT else f"подсказка «{FAULTS.get(fault, fault)}»"


def _says(name: str, conditions: CaseFilter, municipality: Municipality) -> str:
    value: str = getattr(conditions, name)
    if not value:
        return ANY[name]
    if name in FIXED:
        return dict(FIXED[name]).get(value, value)
    return _title(name, value, municipality)


def _title(name: str, value: str, municipality: Municipality) -> str:
    if value == NOT_KNOWN:
        return {"body": "не назначен", "block": "вне блоков"}.get(name, "не определена")
    key = int(value) if value.isdigit() else 0
    match name:
        case "channel":
            row: object = Channel.objects.filter(municipality=municipality, key=value).first()
        case "topic":
            row = Topic.objects.filter(key=value).first()
        case "block":
            row = Block.objects.filter(municipality=municipality, key=value).first()
        case "settlement":
            row = Settlement.objects.filter(municipality=municipality, pk=key).first()
        case _:
            row = Body.objects.filter(municipality=municipality, pk=key).first()
    return str(row) if row else value


COUNTED = {
    "channel": ("channel__key", "channel__title"),
    "topic": ("topic__key", "topic__title"),
    "settlement": ("settlement_id", "settlement__name"),
    "body": ("body_id", "body__short_name"),
}


def pick_options(
    name: str, conditions: CaseFilter, user: User, municipality: Municipality, rights: Rights
) -> list[dict[str, Any]]:
    """Values of a picker; where they come from the cases, with the number of open ones."""
    now = getattr(conditions, name)
    if name in FIXED:
        found = [{"value": key, "title": title, "n": None} for key, title in FIXED[name]]
    elif name == "block":
        blocks = Block.objects.filter(municipality=municipality)
        found = [{"value": block.key, "title": block.title, "n": None} for block in blocks]
    else:
        found = _counted(name, user, municipality, rights)
    first = {"value": "", "title": ANY.get(name, "любое"), "n": None}
    return [{**one, "is_now": str(one["value"]) == now} for one in [first, *found]]


def _counted(name: str, user: User, municipality: Municipality, rights: Rights) -> list[dict[str, Any]]:
    value, title = COUNTED[name]
    open_cases = cases_for(user, municipality, rights).filter(state__in=OPEN_STATES)
    rows = open_cases.values(value, title).annotate(n=Count("pk")).order_by("-n")[:200]
    return [{"value": row[value], "title": row[title], "n": row["n"]} for row in rows if row[value]]
