"""The rating as its screen draws it: rows with geometry of their whiskers, cells in words, the way one place up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from otklik.analytics.dashboards.rows import behind_of
from otklik.analytics.dashboards.whose import Whose
from otklik.analytics.measures import measure
from otklik.analytics.rating.figures import CRITERIA, Key
from otklik.analytics.rating.formula import Formula
from otklik.analytics.rating.lifts import way_up
from otklik.analytics.rating.rules import RatedRow
from otklik.analytics.rating.selectors import Counted
from otklik.analytics.rating.words import (
    WHY_NOT,
    before_words,
    edges_words,
    lift_words,
    parts_words,
    place_words,
    value_words,
    weight_words,
)
from otklik.common.period import Period
from otklik.common.words import count, number

WIDTH, PAD = 220, 14
STEP, WIDEST = 10, 60
Way = Callable[[str], str]


@dataclass(frozen=True)
class Behind:
    """Cases behind the figures of a sheet: whose, the days, the channels it counts, the way to a question's answer."""

    whose: Whose
    period: Period
    channels: Sequence[str] = ()
    way: Way = str

    def cards(self, body_id: int) -> str:
        """Everything the body was given."""
        return self._of("received", body_id)

    def above(self, key: Key, body_id: int) -> str:
        """What a criterion counts: the overdue, the repeated, the solved."""
        return self._of(CRITERIA[key].measure, body_id)

    def below(self, key: Key, body_id: int) -> str:
        """Of what it counts them; nothing for hours, which all stand above."""
        one = measure(CRITERIA[key].measure)
        return self._of(one.key, body_id, "below") if one.below else ""

    def _of(self, key: str, body_id: int, part: str = "above") -> str:
        asked = behind_of(measure(key), self.period, self.whose, "body", body_id, part, self.channels)
        return self.way(asked)


@dataclass(frozen=True)
class Axis:
    """The scale of scores, from a round number to 100."""

    start: int

    def x(self, score: float) -> float:
        return PAD + (score - self.start) / (100 - self.start) * (WIDTH - 2 * PAD)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        step = STEP if self.start >= 100 - WIDEST else 2 * STEP
        return [(score, self.x(score)) for score in range(self.start, 101, step)]


@dataclass(frozen=True)
class CellView:
    """A cell: the big word, its parts, whether it is among what lifts the chosen body, cases behind both."""

    main: str
    parts: str
    is_lift: bool = False
    address: str = ""
    base: str = ""


@dataclass(frozen=True)
class RowView:
    """A row of the table; coordinates are of the axis."""

    body_id: int
    name: str
    place: str
    before: str
    received: int
    points: int
    dot: float
    low: float
    high: float
    was: float | None
    spoken: str
    cells: list[tuple["HeadView", CellView]]
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class LiftView:
    """One change that raises, with its gain and the cards it is about."""

    words: str
    gain: str
    address: str


@dataclass(frozen=True)
class WayView:
    """«Что поднимет на одно место» of the chosen body."""

    name: str
    place: str
    aim: int
    missing: str
    lifts: list[LiftView]
    verdict: str


@dataclass(frozen=True)
class UnratedView:
    """«Не рейтингуется», with the number and the reason."""

    name: str
    received: int
    why: str
    address: str


@dataclass(frozen=True)
class HeadView:
    """A column: title, weight, the formula in words with its edges."""

    title: str
    weight: str
    formula: str
    edges: str


class Table:
    """A counted sheet ready for the template; `chosen` is the body whose way up is told."""

    def __init__(self, counted: Counted, behind: Behind, were: Mapping[int, float], chosen: int) -> None:
        self._counted, self._behind, self._were = counted, behind, were
        rows = counted.sheet.rows
        known = {row.body.body_id for row in rows}
        self._chosen = chosen if chosen in known else 0
        self.axis = Axis(_axis_start(rows, were))
        self.way = self._way()
        self.heads = heads_of(counted.scheme.formula)
        self.rows = [self._row(row) for row in rows]
        self.unrated = [
            UnratedView(one.body.name, one.body.received, WHY_NOT[one.why], behind.cards(one.body.body_id))
            for one in counted.sheet.unrated
        ]

    @property
    def columns(self) -> int:
        """Columns after the place."""
        return len(self.heads) + 3

    def _row(self, row: RatedRow) -> RowView:
        body, was = row.body, self._were.get(row.body.body_id)
        is_chosen = body.body_id == self._chosen
        return RowView(
            body.body_id,
            body.name,
            place_words(row.place, row.place_to),
            before_words(row.place, row.before),
            body.received,
            row.points,
            self.axis.x(row.score),
            self.axis.x(row.low),
            self.axis.x(row.high),
            self.axis.x(was) if was is not None else None,
            f"балл {number(row.score, 0)}, интервал от {number(row.low, 0)} до {number(row.high, 0)}",
            [
                (head, self._cell(row, one.key))
                for head, one in zip(self.heads, self._counted.scheme.formula.criteria, strict=True)
            ],
            is_chosen,
            self._behind.cards(body.body_id),
        )

    def _cell(self, row: RatedRow, key: Key) -> CellView:
        figure = row.body.figures.get(key)
        if figure is None:
            return CellView("—", "нет данных")
        weighs = any(cell.key == key for cell in row.cells)
        is_lift = row.body.body_id == self._chosen and self.way is not None and key in self._lifting
        return CellView(
            value_words(key, figure) if weighs else "—",
            parts_words(key, figure),
            is_lift,
            self._behind.above(key, row.body.body_id) if weighs and figure.numerator else "",
            self._behind.below(key, row.body.body_id),
        )

    def _way(self) -> WayView | None:
        """Told for the chosen body, or for the first that has somewhere to rise."""
        sheet, scheme = self._counted.sheet, self._counted.scheme
        if not self._chosen:
            self._chosen = next((row.body.body_id for row in sheet.rows if row.place > 1), 0)
        found = way_up(sheet, self._chosen, scheme)
        row = next((one for one in sheet.rows if one.body.body_id == self._chosen), None)
        self._lifting = frozenset(one.key for one in found.lifts[:2]) if found else frozenset()
        if found is None or row is None:
            return None
        lifts = [
            LiftView(
                lift_words(one), f"+{number(one.gain, 1)}", self._behind.above(one.key, row.body.body_id)
            )
            for one in found.lifts
        ]
        return WayView(
            row.body.name,
            place_words(row.place, row.place_to),
            found.place,
            number(max(found.missing, 0.1), 1),
            lifts,
            _verdict(sum(one.reaches for one in found.lifts), len(lifts)),
        )


def heads_of(formula: Formula) -> list[HeadView]:
    """Columns of the formula's criteria."""
    return [
        HeadView(
            CRITERIA[one.key].title,
            weight_words(one.weight),
            CRITERIA[one.key].formula,
            edges_words(one),
        )
        for one in formula.criteria
    ]


def _axis_start(rows: tuple[RatedRow, ...], were: Mapping[int, float]) -> int:
    least = min([*(row.low for row in rows), *were.values(), 100 - WIDEST], default=0.0)
    return max(int(least // STEP) * STEP, 0)


def _verdict(enough: int, told: int) -> str:
    if not told:
        return "Показатели этого органа лучше быть не могут: выше стоит тот, у кого их больше."
    if enough == 0:
        return "Одного показателя мало: нужно улучшить несколько."
    if enough == 1:
        return "Хватит первого пункта."
    return f"Хватит любого из первых {count(enough, 'пункта', 'пунктов', 'пунктов')}, первый — самый дешёвый."
