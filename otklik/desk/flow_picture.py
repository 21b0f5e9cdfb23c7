"""The proof of an effect as a picture: weekly counts before and after, and what the control lets expect. Pure.

The control is brought to the level of the place before the measure, so both stand on one scale from zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common import words
from otklik.problems.roadmaps.effect import ALARM_WEEKS
from otklik.problems.roadmaps.flows import Picture

WIDTH, HEIGHT = 760.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 26.0, 14.0, 26.0
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Dot:
    """A week: its place, its count, its days."""

    x: float
    y: float
    count: int
    monday: date


@dataclass(frozen=True)
class Band:
    """Weeks that stand apart: of the measures, of the alarm before them."""

    x: float
    width: float


@dataclass(frozen=True)
class Curve:
    """The drawing: dots of the place, the line of the control, bands, the axis."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    line: str
    expected: str
    alarm: Band | None
    work: Band
    axis: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    floor: float


def curve_of(picture: Picture) -> Curve | None:
    """The picture of the proof; None when there is nothing to draw."""
    span = picture.span
    if span is None or not any(picture.counts):
        return None
    expected = expected_of(picture)
    top = max(max(picture.counts), *(expected or [0])) or 1
    step = (WIDTH - LEFT - RIGHT) / max(span.weeks - 1, 1)
    high = HEIGHT - TOP - BOTTOM

    def x_of(week: float) -> float:
        return round(LEFT + week * step, 1)

    def y_of(count: float) -> float:
        return round(TOP + high * (1 - count / top), 1)

    dots = tuple(
        Dot(x_of(week), y_of(count), count, span.monday + WEEK * week)
        for week, count in enumerate(picture.counts)
    )
    alarm = max(span.start - ALARM_WEEKS, 0)
    days = range(0, span.weeks, max(1, span.weeks // 6))
    return Curve(
        WIDTH,
        HEIGHT,
        dots,
        " ".join(f"{one.x:g},{one.y:g}" for one in dots),
        " ".join(f"{x_of(week):g},{y_of(count):g}" for week, count in enumerate(expected)),
        Band(x_of(alarm - 0.5), x_of(span.start - 0.5) - x_of(alarm - 0.5)) if alarm < span.start else None,
        Band(x_of(span.start - 0.5), x_of(span.end + 0.5) - x_of(span.start - 0.5)),
        tuple((y_of(value), words.number(value)) for value in axis_of(top)),
        tuple((x_of(week), words.short_day(span.monday + WEEK * week)) for week in days),
        y_of(0),
    )


def expected_of(picture: Picture) -> list[float]:
    """What the control lets expect each week, at the level of the place before the measure; empty without one."""
    if picture.span is None or picture.control is None:
        return []
    quiet = max(picture.span.start - ALARM_WEEKS, 0)
    theirs = sum(picture.compared[:quiet])
    if not theirs:
        return []
    level = sum(picture.counts[:quiet]) / theirs
    return [count * level for count in picture.compared]


def axis_of(top: float) -> Sequence[int]:
    """Zero and up to three round numbers."""
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000):
        if top / step <= 4:
            return range(0, int(top) + 1, step)
    return (0, int(top))
