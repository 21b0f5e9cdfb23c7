"""Charts of a screen, each with the table of the same rows: its part and its files stand under one address.

A screen answers a request with its `Asked`; the page draws its drawings by name, and `views/charts.py` gives any
of them again: as the part that was not drawn yet, as a picture, as a workbook.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import Http404, HttpResponse
from django.urls import reverse

from otklik.analytics.charts.plot import Plot
from otklik.analytics.dashboards.figures import FigureTable, Shown
from otklik.analytics.dashboards.whose import Whose
from otklik.common.period import Period
from otklik.common.periods import write_period
from otklik.desk.charts import FILES, XLSX, chart_of, chart_part, file_of, linked_plot, picture, sizes_of
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.desk.summary import address_of, linked_table
from otklik.desk.summary_export import to_workbook

FORMS = ("part", "xlsx", *FILES)


@dataclass(frozen=True)
class Drawing:
    """A chart: its plot, the table beside it, what stands under its title. Marks and cells hold questions for
    `summary_cases` or whole addresses of their own."""

    plot: Plot
    table: FigureTable
    caption: str = ""
    is_wide: bool = False
    period: Period | None = None
    """Days of its figures where they are not those of the screen."""


def drawing_of(one: Shown, is_wide: bool = False) -> Drawing:
    """The chart of a tile."""
    plot = one.plot or Plot("ranks", one.said, "", "")
    caption = ", ".join(part for part in (one.caption, plot.unit) if part)
    return Drawing(plot, one.table, caption, is_wide or one.tile.wide)


class Asked(Protocol):
    """The question of a screen's address within what the person may see."""

    @property
    def period(self) -> Period:
        """Days the figures are of."""

    @property
    def whose(self) -> Whose:
        """Whose cases are counted."""

    def drawing(self, name: str) -> Drawing:
        """The chart of this name. Raises LookupError for a name that is not there."""


@dataclass(frozen=True)
class Screen:
    """A screen with charts: its key in the address, its title, the permissions any of which opens it."""

    key: str
    title: str
    needs: tuple[str, ...]
    asked: Callable[[DeskRequest], Asked]


def drawn(request: DeskRequest, key: str, drawings: Mapping[str, Drawing]) -> dict[str, dict[str, Any]]:
    """Charts of a screen as `desk/parts/drawing.html` takes them; one with nothing to draw has no `chart`."""
    address = address_of(request)
    found = {}
    for name, one in drawings.items():
        plot = linked_plot(one.plot, address)
        chart = None if plot.is_empty else chart_of(plot, sizes_of(one.is_wide))
        found[name] = {
            "plot": plot,
            "caption": one.caption,
            "chart": chart,
            "table": linked_table(one.table, address),
            "files": files_of(request, key, name),
        }
    return found


def files_of(request: DeskRequest, key: str, name: str) -> dict[str, str]:
    """Addresses of a chart in each of FORMS, with the question of the screen."""
    query = request.GET.urlencode()
    return {
        form: reverse("desk:chart", args=[key, name, form]) + (f"?{query}" if query else "") for form in FORMS
    }


def given(request: DeskRequest, screen: Screen, name: str, form: str) -> HttpResponse:
    """One chart of a screen in one of FORMS. Raises Http404 for a chart or a form that is not there."""
    if form not in FORMS or not may(request, *screen.needs):
        raise Http404
    asked = screen.asked(request)
    try:
        one = asked.drawing(name)
    except LookupError:
        raise Http404 from None
    return answered(request, one, form, screen.title, asked, f"otklik-{screen.key}-{name}")


def answered(
    request: DeskRequest, one: Drawing, form: str, title: str, asked: Asked, name: str
) -> HttpResponse:
    """The part of a chart, its picture or its workbook under this name."""
    period = one.period or asked.period
    file = f"{name}-{write_period(period)}"
    if form == "xlsx":
        content = to_workbook(title, [one.table], asked.whose, period)
        return file_of(content, XLSX, f"{file}.xlsx")
    if one.plot.is_empty:
        raise Http404
    if form == "part":
        return chart_part(request, linked_plot(one.plot, address_of(request)), one.is_wide)
    return picture(one.plot, form, file)
