"""The rating as a chart and its rows to take away: the score with its interval, the place, every criterion."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from otklik.analytics.charts.plot import Plot, Point
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.dashboards.whose import Whose, whole
from otklik.analytics.rating import selectors
from otklik.analytics.rating.selectors import Counted
from otklik.analytics.rating.sheets import SHEETS, TOTAL
from otklik.analytics.rating.spans import span_before, span_of
from otklik.common import words
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import read_period, say_period
from otklik.desk.drawings import Drawing, Screen
from otklik.desk.rating_table import Behind, RowView, Table, Way
from otklik.desk.request import DeskRequest

# An executor sees the rating his own body stands in; everybody else by the right to see figures.
SEES_RATING = ("analytics.view", "analytics.rate", "cases.view_body")
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class RatingAsked:
    """A sheet of a period with the scores before it."""

    town: Municipality
    period: Period
    sheet: str
    counted: Counted
    were: Mapping[int, float]

    @property
    def whose(self) -> Whose:
        """Bodies are rated over the whole municipality."""
        return whole(self.town)

    def behind(self, way: Way = str) -> Behind:
        """Cases behind the figures of the sheet."""
        channels = selectors.channels_of(self.town, self.sheet)
        return Behind(self.whose, self.period, channels, way)

    def drawing(self, name: str) -> Drawing:
        """`places`. Raises LookupError for another name."""
        if name != "places":
            raise LookupError(name)
        table = Table(self.counted, self.behind(), self.were, 0)
        rated = {row.body.body_id: row for row in self.counted.sheet.rows}
        points = tuple(
            Point(
                f"{row.place}. {row.name}",
                rated[row.body_id].score,
                str(row.points),
                words.count(row.received, "карточка", "карточки", "карточек"),
                self.were.get(row.body_id),
                rated[row.body_id].low,
                rated[row.body_id].high,
                href=row.address,
            )
            for row in table.rows
        )
        said = f"Рейтинг за {say_period(self.period)}, {SHEETS[self.sheet]}"
        unit = "балл и интервал 90 %; пустой кружок — было"
        head = ("Орган", "Место", "Балл", "Интервал", "Было", "Поручено", *(one.title for one in table.heads))
        rows = tuple(self._row(row) for row in table.rows)
        plot = Plot("spans", words.tie(said), unit, "Орган", points)
        return Drawing(plot, FigureTable(words.tie(said), head, rows), unit)

    def _row(self, row: RowView) -> tuple[Figure, ...]:
        rated = next(one for one in self.counted.sheet.rows if one.body.body_id == row.body_id)
        was = self.were.get(row.body_id)
        return (
            Figure(row.name),
            Figure(row.place),
            Figure(str(row.points), row.points),
            Figure(f"{words.number(rated.low, 0)}–{words.number(rated.high, 0)}"),
            Figure("" if was is None else words.number(was, 0), was),
            Figure(words.number(row.received), row.received, behind=row.address),
            *(
                Figure(f"{cell.main} ({cell.parts})", behind=cell.address or cell.base)
                for _, cell in row.cells
            ),
        )


def rating_asked(request: DeskRequest) -> RatingAsked:
    """The question of the request; 404 where the charter knows no rating or it cannot be counted."""
    town = request.municipality
    if not selectors.is_rated(town):
        raise Http404
    period, sheet = asked_period(request, request.GET), asked_sheet(request)
    try:
        counted = selectors.counted(town, period, sheet, asked_number(request))
    except Refused:
        raise Http404 from None
    return RatingAsked(town, period, sheet, counted, selectors.scores_before(town, period, sheet))


def asked_period(request: DeskRequest, query: Mapping[str, str] | QueryDict) -> Period:
    """The period of the address; the last whole one when the address names none. 404 for a day that is none."""
    step, word = selectors.step_in(request.municipality), query.get("period", "")
    if not word:
        return span_before(span_of(timezone.localdate(), step))
    try:
        found = span_of(read_period(word).since, step)
    except (ValueError, OverflowError):
        raise Http404 from None
    if found.since.year not in YEARS:
        raise Http404
    return found


def asked_sheet(request: HttpRequest) -> str:
    """The sheet of the address; the whole for one that is not here."""
    word = request.GET.get("sheet", TOTAL)
    return word if word in SHEETS else TOTAL


def asked_number(request: HttpRequest) -> int | None:
    """The formula's number of the address."""
    word = request.GET.get("formula", "")
    return int(word) if word.isdecimal() else None


SCREEN = Screen("rating", "Рейтинг", SEES_RATING, rating_asked)
