"""Screens of measures by a cut of the flow: main figures, the led measure over time and by names, a table of all.

Quality, kept terms and solvable questions are told so. Facts are asked once for a question and remembered: the page,
its charts and files read the same answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from otklik.analytics.columns import HOUR_DIMENSIONS
from otklik.analytics.dashboards.figures import Shown
from otklik.analytics.dashboards.selectors import shown
from otklik.analytics.dashboards.tiles import DAYS_AS_DAYS, SPANS, Tile
from otklik.analytics.dashboards.whose import Whose, seen_of
from otklik.analytics.measures import measure
from otklik.analytics.sight import Sight, sight_of
from otklik.cases.selectors import CaseFilter
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import length_of
from otklik.desk.drawings import Drawing, Screen, drawing_of
from otklik.desk.periods import period_asked, turned
from otklik.desk.request import DeskRequest
from otklik.desk.summary import linked

CUTS = {"block": "по блокам", "body": "по органам", "topic": "по темам", "channel": "по каналам"}
MOST, MOST_DRAWN = 25, 12


@dataclass(frozen=True)
class CutKind:
    """What a screen shows: main figures, the drawn measure, what is drawn over time, columns of the table.

    The first column says which rows stand first: those with most cases behind it.
    """

    heads: tuple[str, ...]
    led: str
    over_time: tuple[str, ...]
    columns: tuple[str, ...]
    default: str = "block"
    cuts: tuple[str, ...] = tuple(CUTS)
    span: str = ""


@dataclass(frozen=True)
class CutAsked:
    """The question of the address within what the person may see; facts are asked when they are needed."""

    kind: CutKind
    town: Municipality
    sight: Sight
    period: Period
    by: str
    today: date

    @cached_property
    def whose(self) -> Whose:
        """Whose cases are counted."""
        return seen_of(self.town, self.sight)

    @property
    def has_waits(self) -> bool:
        """Whether hours of waiting are known by this cut."""
        return self.by in HOUR_DIMENSIONS

    @property
    def _more_days(self) -> str:
        """A share of a day stands on a few cases: a short period is drawn by weeks, with the weeks before it."""
        return "90" if length_of(self.period) <= DAYS_AS_DAYS else ""

    @cached_property
    def _shown(self) -> list[Shown]:
        kind = self.kind
        columns = tuple(key for key in kind.columns if self.has_waits or not measure(key).waited)
        tiles = [
            *(Tile("number", (key,)) for key in kind.heads),
            Tile("chart", kind.over_time, "time", kind.span or self._more_days, wide=True),
            Tile("chart", (kind.led,), self.by, most=MOST_DRAWN, is_full=True),
            Tile("table", columns, self.by, most=MOST, is_full=True),
        ]
        return shown(tiles, self.period, self.whose)

    @property
    def heads(self) -> list[Shown]:
        """The main figures."""
        return self._shown[: len(self.kind.heads)]

    def drawing(self, name: str) -> Drawing:
        """`time` or `cut`. Raises LookupError for another name."""
        over_time, by_names, table = self._shown[len(self.kind.heads) :]
        if name == "time":
            drawing, span = drawing_of(over_time), over_time.tile.span
            return replace(drawing, caption=f"{drawing.caption}, {SPANS[span]}" if span else drawing.caption)
        if name == "cut":
            return replace(drawing_of(by_names), table=table.table)
        raise LookupError(name)


def question_of(request: DeskRequest, kind: CutKind) -> dict[str, Any]:
    """Fields of `CutAsked` from the address and the rights of the person."""
    by, today = request.GET.get("by", ""), timezone.localdate()
    return {
        "kind": kind,
        "town": request.municipality,
        "sight": sight_of(request.rights, request.municipality),
        "period": period_asked(request.GET, today),
        "by": by if by in kind.cuts else kind.default,
        "today": today,
    }


def heads_of(found: Sequence[Shown], address: str) -> list[dict[str, Any]]:
    """Main figures as `desk/parts/heads.html` takes them: the number and what it was counted from open their cases."""
    return [
        {
            "title": one.caption,
            "now": linked(one.figure, address),
            "base": linked(one.base, address),
            "past": one.past,
            "change": one.change,
        }
        for one in found
    ]


def cut_links(query: QueryDict, asked: CutAsked) -> list[tuple[str, str, bool]]:
    """Cuts to choose from: title, address, whether it is chosen."""
    return [(CUTS[key], turned(query, by=key), key == asked.by) for key in asked.kind.cuts]


def list_address(period: Period, conditions: Mapping[str, str]) -> str:
    """The list of cases of these days under the conditions."""
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    return f"{reverse('desk:list')}?{CaseFilter(**{**days, **conditions}).to_query()}"


TERMS = CutKind(
    ("in_time", "overdue", "first_median", "first_p90", "final_p90", "extended", "promises_kept"),
    "overdue",
    ("overdue",),
    ("overdue", "in_time", "first_p90", "final_p90", "promises_kept"),
    "body",
)
SOLVABLE = CutKind(
    ("solvable_solved", "solvable_explained"),
    "solvable_solved",
    ("solvable_solved", "solvable_explained"),
    ("solvable_solved", "solvable_explained", "solvable", "reopened"),
    span="365",
)


def terms_asked(request: DeskRequest) -> CutAsked:
    """The question of «Соблюдение сроков»."""
    return CutAsked(**question_of(request, TERMS))


def solvable_asked(request: DeskRequest) -> CutAsked:
    """The question of «Решаемые»."""
    return CutAsked(**question_of(request, SOLVABLE))


SCREENS = (
    Screen("terms", "Соблюдение сроков", ("analytics.view",), terms_asked),
    Screen("solvable", "Решаемые", ("analytics.view",), solvable_asked),
)
