"""A table of measures by one cut of the flow: a row for each block, body, topic or channel, the whole below.

Screens of quality, terms and solvable questions draw it by `desk/parts/cut.html`; every name opens its cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from otklik.analytics.columns import HOUR_DIMENSIONS, HOURS
from otklik.analytics.figures import Histogram, Sums, total
from otklik.analytics.measures import Measure
from otklik.analytics.names import names_of
from otklik.analytics.selectors import hours, sums
from otklik.analytics.sight import WHOLE, Sight
from otklik.cases.selectors import CaseFilter
from otklik.cases.selectors.filters import NOT_KNOWN
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.desk.periods import turned
from otklik.desk.views.measures import Cell, cell_of
from otklik.topics.models import Block, Topic

CUTS = {"block": "по блокам", "body": "по органам", "topic": "по темам", "channel": "по каналам"}
HEADS = {"block": "Блок", "body": "Орган", "topic": "Тема", "channel": "Канал"}
MOST = 25
BAR = 64
"""Width of a full bar in pixels."""


@dataclass(frozen=True)
class CutCell:
    """A figure in words with the width of its bar; no bar where the figure is no share."""

    title: str
    cell: Cell
    bar: float | None


@dataclass(frozen=True)
class CutRow:
    """A key of the cut: its name, the list of its cases, figures."""

    name: str
    href: str
    cells: tuple[CutCell, ...]


@dataclass(frozen=True)
class CutTable:
    """Rows of a cut, the rest of them together, the whole."""

    head: str
    titles: tuple[str, ...]
    rows: tuple[CutRow, ...]
    rest: CutRow | None
    whole: CutRow


def cut_asked(query: QueryDict, default: str = "block", known: Mapping[str, str] = CUTS) -> str:
    """The cut of the address."""
    asked = query.get("by", "")
    return asked if asked in known else default


def cut_links(query: QueryDict, by: str, known: Mapping[str, str] = CUTS) -> list[tuple[str, str, bool]]:
    """Cuts to choose from: title, address, whether it is chosen."""
    return [(title, turned(query, by=key), key == by) for key, title in known.items()]


def cut_table(
    town: Municipality,
    period: Period,
    by: str,
    measures: Sequence[Measure],
    more: Mapping[str, str] | None,
    order: str,
    sight: Sight = WHOLE,
) -> CutTable:
    """Measures of a period by a cut within what the viewer may see, the largest count of the column `order` first.

    `more` are further conditions of the lists that names open; None for a person who may open no list.
    """
    found = sums([town.pk], period, (by,), {"sight": sight})
    whats = {one.waited for one in measures if one.waited} if by in HOUR_DIMENSIONS else set()
    waited = {what: hours([town.pk], period, what, (by,), hours_where(town, sight)) for what in whats}
    name = names_of(town, by)
    keys = [
        key
        for key in sorted(found, key=lambda key: -found[key][order])
        if found[key][order] or _any(found[key], measures)
    ]

    def row(title: str, part: Sequence[tuple[Any, ...]], href: str) -> CutRow:
        own = total(found[key] for key in part)
        waits = {
            what: _merged([by_key.get(key, Histogram()) for key in part]) for what, by_key in waited.items()
        }
        return CutRow(title, href, tuple(_cell(one, own, waits) for one in measures))

    shown, small = keys[:MOST], keys[MOST:]
    return CutTable(
        HEADS[by],
        tuple(one.title for one in measures),
        tuple(row(name(key[0]), [key], _href(by, key[0], period, more)) for key in shown),
        row(f"Ещё {len(small)}", small, "") if small else None,
        row("Всего", keys, _href("", "", period, more)),
    )


def figures_of(
    town: Municipality, period: Period, sight: Sight = WHOLE, waits: bool = False
) -> tuple[Sums, dict[str, Histogram]]:
    """Sums of a period within what the viewer may see; hours of waiting when they are asked for."""
    counted = sums([town.pk], period, (), {"sight": sight})[()]
    where = hours_where(town, sight) if waits else None
    return counted, {what: hours([town.pk], period, what, (), where)[()] for what in HOURS if waits}


def hours_where(town: Municipality, sight: Sight) -> dict[str, object]:
    """The limits of the viewer for hours of waiting, which know no block: a block is its topics there."""
    if sight.is_whole:
        return {}
    if sight.blocks:
        blocks = Block.objects.filter(municipality=town, key__in=sight.blocks)
        return {"topic": list(Topic.objects.filter(blocks__in=blocks).values_list("key", flat=True))}
    return {"body": sorted(sight.bodies)}


def list_address(period: Period, conditions: Mapping[str, str]) -> str:
    """The list of cases of these days under the conditions."""
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    return f"{reverse('desk:list')}?{CaseFilter(**{**days, **conditions}).to_query()}"


def _href(by: str, key: object, period: Period, more: Mapping[str, str] | None) -> str:
    if more is None or (by in ("block", "body", "channel") and not key):
        return ""
    return list_address(period, {**({by: str(key) if key else NOT_KNOWN} if by else {}), **more})


def _any(own: Sums, measures: Sequence[Measure]) -> bool:
    return any(own[name] for one in measures for name in (*one.above, *one.below))


def _merged(parts: Sequence[Histogram]) -> Histogram:
    whole = Histogram()
    for part in parts:
        whole = whole + part
    return whole


def _cell(measure: Measure, own: Sums, waits: Mapping[str, Histogram]) -> CutCell:
    value = measure.of(own, waits)
    bar = BAR * value.number / 100 if measure.unit == "%" and value.number is not None else None
    return CutCell(measure.title, cell_of(measure, value), min(bar, BAR) if bar is not None else None)
