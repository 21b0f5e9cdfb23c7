"""Plans of years: which days of a year work, from weekends, holidays, the act's transfers and our table.

The base is the package `holidays` (fixed holidays of ТК ст. 112 and the transfers it knows); the table
`data/calendar.csv` stands above it, so a new act is a few lines of data. Read by `calendar`, `services`.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

import holidays

DayKind = Literal["off", "working", "short"]
DAY_KINDS: tuple[DayKind, ...] = ("off", "working", "short")
DATA_FILE = Path(__file__).parent / "data" / "calendar.csv"
ONE_DAY = timedelta(days=1)
SATURDAY = 5
QUARTERS = (1, 2, 3, 4)
FIXED_HOLIDAYS = 14

# ТК ст. 112: the eight days of January are moved by the government's act; these move by the law itself.
MOVED_BY_LAW = frozenset({(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})


@dataclass(frozen=True)
class YearPlan:
    """The working and short days of one year and the act behind them."""

    year: int
    working: frozenset[date]
    short: frozenset[date]
    act: str = ""
    source: str = ""
    is_confirmed: bool = False

    @property
    def warning(self) -> str:
        """A Russian sentence when the plan rests on no confirmed act, else an empty one."""
        if self.is_confirmed:
            return ""
        if self.source:
            return f"Календарь {self.year} года не подтверждён актом: {self.source}."
        return f"Календаря {self.year} года нет: учтены выходные, праздники и переносы по статье 112 ТК."

    @property
    def off(self) -> int:
        """Days off of the whole year."""
        return (date(self.year + 1, 1, 1) - date(self.year, 1, 1)).days - len(self.working)

    def working_in_quarter(self, quarter: int) -> int:
        """Working days of a quarter, 1 to 4."""
        return sum((day.month + 2) // 3 == quarter for day in self.working)


@dataclass(frozen=True)
class TableDay:
    """One row of the table: a day unlike what the general rule says."""

    date: date
    kind: DayKind
    act: str
    source: str
    is_confirmed: bool


def plan_with(
    year: int, days: Iterable[tuple[date, DayKind]], act: str, source: str, confirmed: bool
) -> YearPlan:
    """The draft plan changed by the days somebody loaded; their short days, if any, stand for all of them."""
    draft = plan_year(year)
    loaded = dict(days)
    off = {day for day, kind in loaded.items() if kind == "off"}
    working = (draft.working | loaded.keys()) - off
    short = {day for day, kind in loaded.items() if kind == "short"} or draft.short & working
    return YearPlan(year, frozenset(working), frozenset(short), act, source, confirmed)


@lru_cache(maxsize=200)
def plan_year(year: int) -> YearPlan:
    """The draft plan of a year nobody loaded: general rule, transfers by law, eves of holidays short."""
    working = set(_ordinary_working_days(year))
    if not _act_is_known(year):
        for holiday in sorted(_law_holidays(year)):
            if holiday.weekday() >= SATURDAY:
                working.discard(_substitute(holiday, working))
    eves = {holiday - ONE_DAY for holiday in (*_law_holidays(year), date(year + 1, 1, 1))}
    return YearPlan(year, frozenset(working), frozenset(eves & working))


@lru_cache(maxsize=1)
def shipped_plans() -> dict[int, YearPlan]:
    """Plans of the years in our own table, without a database."""
    by_year: dict[int, list[TableDay]] = {}
    for row in read_table(DATA_FILE):
        by_year.setdefault(row.date.year, []).append(row)
    return {
        year: plan_with(
            year,
            [(row.date, row.kind) for row in rows],
            rows[0].act,
            rows[0].source,
            all(row.is_confirmed for row in rows),
        )
        for year, rows in by_year.items()
    }


def alarm_for(plans: Mapping[int, YearPlan], today: date) -> str:
    """A Russian sentence when terms already reach into a year without a confirmed act, else an empty one."""
    year = today.year + 1
    plan = plans.get(year)
    if plan is None:
        return f"Календаря {year} года нет. Внесите переносы и подтвердите год: «Положение» → «Календарь»."
    if not plan.is_confirmed:
        return f"Календарь {year} года не подтверждён. Сверьте его с актом и подтвердите: «Положение» → «Календарь»."
    return ""


def read_table(path: Path) -> list[TableDay]:
    """Read a calendar table. Raises `ValueError` naming file and line when a row contradicts itself."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            _table_day(row, f"{path.name}:{line}") for line, row in enumerate(csv.DictReader(file), start=2)
        ]


def _table_day(row: dict[str, str], where: str) -> TableDay:
    day = date.fromisoformat(row["date"])
    kind = next((kind for kind in DAY_KINDS if kind == row["kind"]), None)
    if kind is None:
        raise ValueError(f"{where}: kind is off, working or short, not {row['kind']!r}")
    if day.year != int(row["year"]):
        raise ValueError(f"{where}: {day} is not of the year {row['year']}")
    return TableDay(day, kind, row["act"], row["source"], row["confirmed"] == "yes")


@lru_cache(maxsize=200)
def _ordinary_working_days(year: int) -> frozenset[date]:
    known = holidays.country_holidays("RU", years=year)
    first = date(year, 1, 1)
    days = (first + ONE_DAY * number for number in range((date(year + 1, 1, 1) - first).days))
    return frozenset(day for day in days if known.is_working_day(day))


def _act_is_known(year: int) -> bool:
    """The package holds more than the fixed holidays, so the year's transfers are already in it."""
    return len(holidays.country_holidays("RU", years=year)) > FIXED_HOLIDAYS


def _law_holidays(year: int) -> set[date]:
    return {date(year, month, day) for month, day in MOVED_BY_LAW}


def _substitute(holiday: date, working: set[date]) -> date:
    """The first working day after a holiday that fell on a weekend."""
    return next(day for step in range(1, 10) if (day := holiday + ONE_DAY * step) in working)
