"""Rows of a table for the region. No applicant, contact, author, link, point or cell is ever read here.

A house is cut to its street unless the template asks for it; the text is the masked one, masked once more on its way.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from otklik.accounts.models import Body
from otklik.analytics.columns import COLUMNS
from otklik.analytics.selectors import sums
from otklik.cases.models import Case
from otklik.cases.states import ANSWER_KINDS
from otklik.channels.models import Channel
from otklik.channels.spreadsheet import Cell
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.language.personal import mask
from otklik.places.models import Settlement
from otklik.places.words import with_kind
from otklik.reports.handover.template import CUTS, Table
from otklik.topics.models import Block, Topic

Row = list[Cell]
RESULTS = dict(ANSWER_KINDS)
READ = ("channel", "topic", "body", "settlement")


def rows_of(table: Table, municipality: Municipality, period: Period, now: datetime) -> Iterator[Row]:
    """Cells in the template's order."""
    read = _cases if table.of == "cases" else _facts
    yield from read(table, municipality, period, now)


def _cases(table: Table, municipality: Municipality, period: Period, now: datetime) -> Iterator[Row]:
    since, until = period.moments(municipality.time_zone)
    zone = ZoneInfo(municipality.time_zone)
    blocks = dict(Block.objects.filter(municipality=municipality).values_list("key", "title"))
    came = Case.objects.filter(municipality=municipality, came_at__gte=since, came_at__lt=until)
    for case in came.select_related(*READ).order_by("came_at", "id").iterator(chunk_size=2000):
        values = _of_case(case, table, zone, now) | {"block": blocks.get(case.block_key, case.block_key)}
        yield [values[one.field] for one in table.columns]


def _of_case(case: Case, table: Table, zone: ZoneInfo, now: datetime) -> dict[str, Cell]:
    def day(at: datetime | None) -> date | None:
        return at.astimezone(zone).date() if at else None

    due = case.next_legal_at
    return {
        "number": case.number,
        "channel": case.channel.title,
        "kind": case.get_kind_display(),
        "came_on": day(case.came_at),
        "registered_on": day(case.registered_at),
        "topic": case.topic.key if case.topic else "",
        "topic_title": case.topic.title if case.topic else "",
        "state_code": _code_of(case.topic),
        "body": case.body.name if case.body else "",
        "settlement": case.settlement.name if case.settlement else "",
        "street": with_kind(case.street_kind, case.street),
        "house": case.house if table.house else "",
        "state": case.get_state_display(),
        "due_on": day(due),
        "answered_on": day(case.answered_at),
        "closed_on": day(case.closed_at),
        "result": RESULTS.get(case.result, ""),
        "is_overdue": _yes(bool(due and (case.answered_at or now) > due)),
        "is_repeat": _yes(case.is_repeat),
        "fast_track": _yes(case.fast_track),
        "score": case.score,
        "text": mask(case.masked_text).text if table.text == "masked" else "",
    }


def _code_of(topic: Topic | None) -> str:
    codes = list(topic.codes) if topic else []
    return str(codes[0]) if codes else ""


def _facts(table: Table, municipality: Municipality, period: Period, now: datetime) -> Iterator[Row]:
    fields = [one.field for one in table.columns]
    by = tuple(name for name in CUTS if name in fields)
    counts = [name for name in COLUMNS if name in fields] or ["received"]
    names = _names(municipality)
    for day in period.days():
        found = sums([municipality.pk], Period(day, day), by, None, counts)
        for cut, figures in sorted(found.items(), key=lambda one: tuple(map(str, one[0]))):
            if not any(figures[name] for name in counts):
                continue
            values: dict[str, Any] = dict(zip(by, cut, strict=True))
            shown = {name: names[name](value) for name, value in values.items()}
            cells: dict[str, Cell] = {"day": day, **shown, **{name: figures[name] for name in counts}}
            yield [cells[name] for name in fields]


def _names(municipality: Municipality) -> Mapping[str, Callable[[Any], str]]:
    """What each cut is called outside: titles instead of our ids."""
    own = {"municipality": municipality}
    bodies = dict(Body.objects.filter(**own).values_list("pk", "name"))
    settlements = dict(Settlement.objects.filter(**own).values_list("pk", "name"))
    blocks = dict(Block.objects.filter(**own).values_list("key", "title"))
    channels = dict(Channel.objects.filter(**own).values_list("key", "title"))
    topics = dict(Topic.objects.values_list("key", "title"))
    return {
        "channel": lambda key: channels.get(key, str(key)),
        "kind": lambda key: {"appeal": "обращение", "message": "сообщение"}.get(key, str(key)),
        "topic": lambda key: topics.get(key, str(key)),
        "block": lambda key: blocks.get(key, str(key)),
        "body": lambda key: bodies.get(key, ""),
        "settlement": lambda key: settlements.get(key, ""),
    }


def _yes(is_so: bool) -> str:
    return "да" if is_so else "нет"
