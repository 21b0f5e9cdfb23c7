"""The plan of a roadmap as a picture: bars on a scale of days, arrows of what waits for what, today. Pure.

The picture is one SVG drawn by a template; sizes are in its own units. Everything it shows stands in the table too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common.words import SHORT_MONTHS

WIDTH = 1000.0
LEFT = 268.0
RIGHT = 16.0
HEAD = 30.0
ROW = 30.0
BAR = 16.0
MOST_TICKS = 14
LONGEST_TITLE = 40
NARROWEST = 6.0
WORD_WIDTH = 48.0
"""Room for a word of the scale at its right end."""


@dataclass(frozen=True)
class Line:
    """A measure to be drawn: its place in the table, days, look of its clock, what it waits for."""

    key: int
    place: int
    title: str
    start: date
    due: date
    look: str
    is_critical: bool
    after: tuple[int, ...] = ()
    said: str = ""

    @property
    def short(self) -> str:
        return (
            self.title if len(self.title) <= LONGEST_TITLE else f"{self.title[: LONGEST_TITLE - 1].rstrip()}…"
        )


@dataclass(frozen=True)
class Bar:
    """A bar with its line; `y` is the top of the bar, `text_y` the baseline of the words."""

    line: Line
    x: float
    y: float
    width: float
    text_y: float


@dataclass(frozen=True)
class Tick:
    """The first day of a month or a Monday on the scale."""

    x: float
    said: str


@dataclass(frozen=True)
class Gantt:
    """The drawing: size, ticks, bars, paths of arrows, where today stands (None: outside)."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    arrows: tuple[str, ...]
    today: float | None
    says: str


def gantt_of(lines: Sequence[Line], today: date, says: str) -> Gantt | None:
    """The picture of the lines in their order; None when there is nothing to draw."""
    if not lines:
        return None
    first = min(one.start for one in lines) - timedelta(days=1)
    last = max(one.due for one in lines) + timedelta(days=2)
    scale = (WIDTH - LEFT - RIGHT) / max((last - first).days, 1)

    def x_of(day: date) -> float:
        return round(LEFT + (day - first).days * scale, 1)

    bars = []
    for row, one in enumerate(lines):
        top = HEAD + row * ROW
        width = max(x_of(one.due + timedelta(days=1)) - x_of(one.start), NARROWEST)
        bars.append(Bar(one, x_of(one.start), top + (ROW - BAR) / 2, round(width, 1), top + ROW / 2 + 4.5))
    ticks = tuple(
        Tick(x_of(day), said) for day, said in ticks_of(first, last) if x_of(day) < WIDTH - WORD_WIDTH
    )
    return Gantt(
        WIDTH,
        HEAD + ROW * len(lines) + 8,
        ticks,
        tuple(bars),
        tuple(_arrows({one.line.key: one for one in bars})),
        x_of(today) if first <= today <= last else None,
        says,
    )


def ticks_of(first: date, last: date) -> list[tuple[date, str]]:
    """Firsts of months, or Mondays where the plan is shorter than ten weeks; thinned to what can be read."""
    days = (last - first).days
    if days <= 70:
        monday = first + timedelta(days=-first.weekday() % 7)
        found = [monday + timedelta(weeks=week) for week in range(days // 7 + 1)]
        said = [(day, f"{day.day}\u00a0{SHORT_MONTHS[day.month - 1]}") for day in found if day <= last]
    else:
        months = (
            date(first.year + (first.month + n) // 12, (first.month + n) % 12 + 1, 1)
            for n in range(days // 28)
        )
        said = [(day, _month(day)) for day in months if day <= last]
    return said[:: max(1, -(-len(said) // MOST_TICKS))]


def _month(day: date) -> str:
    name = SHORT_MONTHS[day.month - 1]
    return f"{name}\u00a0{day.year}" if day.month == 1 else name


def _arrows(bars: Mapping[int, Bar]) -> list[str]:
    """Elbows from the end of what is waited for to the beginning of what waits."""
    paths = []
    for bar in bars.values():
        for key in bar.line.after:
            other = bars.get(key)
            if other is None:
                continue
            x0, y0 = other.x + other.width, other.y + BAR / 2
            x1, y1 = bar.x, bar.y + (0 if bar.y > other.y else BAR)
            turn = max(x0 + 5, x1 + 4)
            paths.append(f"M{x0:g} {y0:g}H{turn:g}V{y1:g}")
    return paths
