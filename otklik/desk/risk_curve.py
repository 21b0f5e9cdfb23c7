"""The reach of a risk as a picture: what was measured, the moments of our deeds, the share of negative words. Pure.

One SVG drawn by a template in its own units; every figure of it stands in the table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from otklik.common import words

WIDTH, HEIGHT, FOOT = 640.0, 236.0, 64.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 86.0, 34.0, 24.0
ROUND = (1, 2, 5)
MOST_LINES, MOST_TICKS = 4, 6
SPAN = timedelta(hours=2)
TICKS = (10, 30, 60, 120, 240, 360, 720, 1440, 2880, 10080)


@dataclass(frozen=True)
class Mark:
    """A measured value: when, how many."""

    at: datetime
    value: int


@dataclass(frozen=True)
class Event:
    """A moment of ours to be seen on the curve."""

    at: datetime
    title: str


@dataclass(frozen=True)
class Share:
    """The share of negative words among new ones at a moment, per cent."""

    at: datetime
    percent: int


@dataclass(frozen=True)
class Dot:
    """A measured point of the drawing."""

    x: float
    y: float
    said: str


@dataclass(frozen=True)
class Flag:
    """An upright line with its word; words of near lines stand one under another."""

    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Bar:
    """A share as a bar of the lower picture."""

    x: float
    y: float
    height: float
    percent: int
    is_over: bool


@dataclass(frozen=True)
class Line:
    """One curve: its dots, its path, the word at its end."""

    dots: tuple[Dot, ...]
    path: str
    title: str
    last: str


@dataclass(frozen=True)
class Curve:
    """The whole drawing. `edge_y` is where the allowed share lies."""

    width: float
    height: float
    floor: float
    left: float
    right: float
    rumour: Line
    answer: Line | None
    flags: tuple[Flag, ...]
    axis: tuple[tuple[float, str], ...]
    hours: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    edge_y: float
    edge: str


def curve_of(
    marks: Sequence[Mark],
    events: Sequence[Event],
    answer: Sequence[Mark] = (),
    shares: Sequence[Share] = (),
    edge: int = 30,
) -> Curve | None:
    """The drawing in the reader's own hours; None while nothing is measured. Moments are local already."""
    if not marks:
        return None
    told: list[Mark | Event | Share] = [*marks, *events, *answer, *shares]
    moments = [one.at for one in told]
    first = min(moments)
    last = max(max(moments), first + SPAN)
    top = axis_of(max(one.value for one in (*marks, *answer)))
    high, wide = HEIGHT - TOP - BOTTOM, WIDTH - LEFT - RIGHT

    def x_of(at: datetime) -> float:
        return float(round(LEFT + wide * ((at - first) / (last - first)), 1))

    def y_of(value: float) -> float:
        return round(TOP + high * (1 - value / top[-1]), 1)

    def line(kept: Sequence[Mark], title: str) -> Line:
        dots = tuple(
            Dot(x_of(one.at), y_of(one.value), words.number(one.value))
            for one in sorted(kept, key=lambda one: one.at)
        )
        return Line(dots, " ".join(f"{one.x:g},{one.y:g}" for one in dots), title, dots[-1].said)

    floor = HEIGHT + FOOT
    return Curve(
        WIDTH,
        HEIGHT + (FOOT + 22 if shares else 0),
        y_of(0),
        LEFT,
        WIDTH - RIGHT,
        line(marks, "запись"),
        line(answer, "наш ответ") if answer else None,
        _flags([(x_of(one.at), one.title) for one in sorted(events, key=lambda one: one.at)]),
        tuple((y_of(value), words.number(value)) for value in top),
        tuple((x_of(at), said) for at, said in ticks_of(first, last)),
        tuple(_bar(one, x_of(one.at), floor, edge) for one in sorted(shares, key=lambda one: one.at)),
        floor - FOOT * edge / 100,
        f"порог {edge}{words.NBSP}%",
    )


def _bar(one: Share, x: float, floor: float, edge: int) -> Bar:
    height = FOOT * one.percent / 100
    return Bar(x - 6, floor - height, height, one.percent, one.percent >= edge)


def _flags(places: Sequence[tuple[float, str]]) -> tuple[Flag, ...]:
    """Words of lines that stand nearer than a word is wide go down by a row each."""
    flags: list[Flag] = []
    for x, title in places:
        near = bool(flags) and x - flags[-1].x < 8.0 * len(flags[-1].title)
        flags.append(Flag(x, flags[-1].y + 13 if near and flags[-1].y < 44 else 12.0, title))
    return tuple(flags)


def axis_of(most: int) -> list[int]:
    """Zero and up to four round numbers, the last not less than the largest value."""
    if most <= 0:
        return [0, 1]
    steps = (base * 10**power for power in count() for base in ROUND)
    step = next(one for one in steps if one * MOST_LINES >= most)
    return list(range(0, most + step, step))


def ticks_of(first: datetime, last: datetime) -> list[tuple[datetime, str]]:
    """Round hours between the ends; where days are far apart their dates."""
    minutes = (last - first) / timedelta(minutes=1)
    step = next((one for one in TICKS if minutes / one <= MOST_TICKS), TICKS[-1])
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    at = start
    while at <= last:
        if at >= first:
            is_day = step >= 1440 or (at.hour == 0 and at.minute == 0)
            found.append((at, words.short_day(at.date()) if is_day else words.clock(at)))
        at += timedelta(minutes=step)
    return found
