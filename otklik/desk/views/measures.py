"""Показатели: the catalogue with its words and sources, a period beside the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.analytics.columns import HOURS
from otklik.analytics.dashboards.rows import behind_of
from otklik.analytics.dashboards.whose import Whose, whole
from otklik.analytics.measures import GROUPS, Measure, Value
from otklik.analytics.models import FactMark
from otklik.analytics.picture.records import PICTURE, PictureMeasure
from otklik.analytics.picture.selectors import pictures_of
from otklik.analytics.selectors import hours, sums
from otklik.common import words
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, write_period
from otklik.desk.charts import way_to
from otklik.desk.page import needs, page_or_part
from otklik.desk.periods import period_asked, period_picker, say_days
from otklik.desk.request import DeskRequest
from otklik.desk.summary import address_of

DIGITS = {"шт": 0, "ч": 0, "%": 1, "балл": 2, "на 1000": 2}
SEEN_ON = {"spikes": "desk:dynamics", "mass_problems": "desk:findings", "mass_share": "desk:findings"}
GOOD = {"up": "больше — лучше", "down": "меньше — лучше", "": ""}


@dataclass(frozen=True)
class Cell:
    """A figure in words: the number with its unit and what it was counted from; both empty when there is none."""

    number: str
    base: str


@dataclass(frozen=True)
class Row:
    """A line of the catalogue."""

    measure: Measure | PictureMeasure
    good: str
    now: Cell
    past: Cell
    href: str


@require_safe
@needs("analytics.view")
def measures(request: DeskRequest) -> HttpResponse:
    """Every measure over a period beside the period before; figures are as fresh as the mark says."""
    town, query, today = request.municipality, request.GET, timezone.localdate()
    period = period_asked(query, today)
    past = before(period)
    pictures = pictures_of(town, [period, past])
    now_figures, past_figures = (
        _figures(town, days) | picture for days, picture in zip((period, past), pictures, strict=True)
    )
    address, whose = address_of(request), whole(town)
    catalogue: dict[str, Sequence[Measure | PictureMeasure]] = {**GROUPS, "Картина": PICTURE}
    groups = [
        {
            "title": title,
            "rows": [
                _row(one, now_figures[one.key], past_figures[one.key], _behind(one, period, whose, address))
                for one in group
            ],
        }
        for title, group in catalogue.items()
    ]
    context = {
        "groups": groups,
        "mark": FactMark.objects.filter(municipality=town).first(),
        "picker": period_picker(query, period, today),
        "past": say_days(past, today),
    }
    return page_or_part(request, "measures/measures", context)


def _row(one: Measure | PictureMeasure, now: Value, past: Value, href: str) -> Row:
    return Row(one, GOOD[one.direction], cell_of(one, now), cell_of(one, past), href)


def _behind(one: Measure | PictureMeasure, period: Period, whose: Whose, address: str) -> str:
    """The cases of a measure; what the picture of a period says is shown by the screen it is seen on."""
    if isinstance(one, Measure):
        return way_to(behind_of(one, period, whose), address)
    return f"{reverse(SEEN_ON.get(one.key, 'desk:heatmap'))}?period={write_period(period)}"


def _figures(town: Municipality, period: Period) -> dict[str, Value]:
    found = sums([town.pk], period)[()]
    waited = {what: hours([town.pk], period, what)[()] for what in HOURS}
    return {one.key: one.of(found, waited, town.population) for group in GROUPS.values() for one in group}


def cell_of(one: Measure | PictureMeasure, value: Value) -> Cell:
    """«12,5 %» over «5 из 40»; hours and counts show how many cases stand behind."""
    if value.number is None:
        return Cell("", "")
    number = f"{words.number(value.number, DIGITS[one.unit])} {one.unit}"
    if isinstance(one, Measure) and one.waited and one.figure != "day":
        return Cell(number, f"по {words.number(value.denominator)}")
    if one.unit == "балл":
        return Cell(words.number(value.number, 2), f"оценок {words.number(value.denominator)}")
    if one.unit == "шт":
        return Cell(words.number(value.number), "")
    return Cell(number, f"{words.number(value.numerator)} из {words.number(value.denominator)}")
