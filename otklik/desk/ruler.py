"""The day ruler: breached clocks, hours of the working day with «сейчас», the next days; a square per clock.

Pure geometry for SVG attributes; a text summary stands beside it for the ear.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from otklik.common.words import SHORT_WEEKDAYS, clock, count
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import CLOCKS

WIDTH, LEFT, TODAY_X, TODAY_W, DAYS_X = 1180, 112, 134, 560, 716
TOP, BOTTOM, SQUARE, STEP = 24, 76, 10, 14
NEXT_DAYS, TALLEST = 7, 3
TERMS = ("срок", "срока", "сроков")


@dataclass(frozen=True)
class Square:
    """One clock."""

    x: float
    y: float
    look: str
    is_inner: bool


@dataclass
class Column:
    """A group of clocks with its captions: breached, a moment of today, one of the next days."""

    x: float
    width: float
    title: str
    number: int
    href: str = ""
    is_off: bool = False
    squares: list[Square] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Ruler:
    """Everything the picture needs, and the same in one sentence."""

    width: int
    late: Column
    hours: list[tuple[float, str]]
    moments: list[Column]
    days: list[Column]
    now_x: float
    now_words: str
    today_number: int
    day_words: str
    spoken: str


def draw_ruler(clocks: Iterable[tuple[datetime, str]], now: datetime, calendar: WorkCalendar) -> Ruler:
    """Lay clocks (moment, key) of a week out from what is breached to the last day."""
    rows = list(clocks)
    today = calendar.day_of(now)
    begin, end = _working_day(today, calendar)
    late = [row for row in rows if row[0] <= now]
    due_today = [row for row in rows if row[0] > now and calendar.day_of(row[0]) == today]
    days = [_day(today + timedelta(days=step), step, rows, now, calendar) for step in range(1, NEXT_DAYS + 1)]

    def at(moment: datetime) -> float:
        share = (moment - begin) / (end - begin)
        return TODAY_X + TODAY_W * min(max(share, 0.0), 1.0)

    return Ruler(
        width=WIDTH,
        late=_column(0, LEFT, "Просрочено", late, "over", "?term=overdue&order=term"),
        hours=[
            (at(begin + timedelta(hours=step)), str((begin + timedelta(hours=step)).hour))
            for step in range(int((end - begin).total_seconds() // 3600) + 1)
        ],
        moments=_moments(due_today, at, calendar),
        days=days,
        now_x=at(calendar.local(now)),
        now_words=clock(calendar.local(now)),
        today_number=len(due_today),
        day_words=f"рабочий день {clock(begin)}–{clock(end)}"
        if calendar.is_working(today)
        else "сегодня выходной",
        spoken=_spoken(len(late), len(due_today), days),
    )


def _working_day(today: date, calendar: WorkCalendar) -> tuple[datetime, datetime]:
    parts = calendar.parts_of(calendar.working_day_from(today))
    begin, end = parts[0][0].time(), parts[-1][1].time()
    zone = calendar.zone
    return datetime.combine(today, begin, zone), datetime.combine(today, end, zone)


def _squares(
    x: float, width: float, rows: Sequence[tuple[datetime, str]], look: str
) -> tuple[list[Square], int]:
    across = max(1, int((width - 4) // STEP))
    shown = min(len(rows), across * TALLEST)
    squares = [
        Square(
            x + 3 + STEP * (place % across),
            BOTTOM - STEP - STEP * (place // across),
            look,
            bool((known := CLOCKS.get(key)) and known.inner),
        )
        for place, (_, key) in enumerate(rows[:shown])
    ]
    return squares, len(rows) - shown


def _column(
    x: float,
    width: float,
    title: str,
    rows: Sequence[tuple[datetime, str]],
    look: str,
    href: str,
    off: bool = False,
) -> Column:
    squares, more = _squares(x, width, rows, look)
    return Column(x, width, title, len(rows), href, off, squares, more)


def _moments(
    rows: Sequence[tuple[datetime, str]], at: Callable[[datetime], float], calendar: WorkCalendar
) -> list[Column]:
    """Clocks of today stand together by the half-hour, so their words do not run into each other."""
    by_half: dict[int, list[tuple[datetime, str]]] = {}
    for row in rows:
        x = min(at(calendar.local(row[0])), TODAY_X + TODAY_W - 3 * STEP)
        by_half.setdefault(int(x // (3.4 * STEP)), []).append(row)
    columns = []
    for group in by_half.values():
        first = calendar.local(group[0][0])
        x = min(at(first), TODAY_X + TODAY_W - 3 * STEP)
        said = clock(first) if first.hour < 23 else "до конца дня"
        columns.append(_column(x, 3 * STEP + 4, said, group, "today", "?term=today&order=term"))
    return columns


def _day(
    day: date, step: int, rows: Sequence[tuple[datetime, str]], now: datetime, calendar: WorkCalendar
) -> Column:
    mine = [row for row in rows if calendar.day_of(row[0]) == day and row[0] > now]
    width = (WIDTH - DAYS_X) / NEXT_DAYS - 4
    look = "soon" if calendar.working_days_between(calendar.day_of(now), day) <= 3 else "ok"
    title = f"{SHORT_WEEKDAYS[day.weekday()]} {day.day}"
    x = DAYS_X + (step - 1) * (width + 4)
    return _column(x, width, title, mine, look, "", not calendar.is_working(day))


def _spoken(late: int, today: int, days: Sequence[Column]) -> str:
    parts = [f"Просрочено {count(late, *TERMS)}", f"сегодня {count(today, *TERMS)}"]
    parts += [f"{day.title}: {day.number}" for day in days if day.number]
    return ", ".join(parts) + "."
