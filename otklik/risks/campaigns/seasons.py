"""When a threat comes: the days of the middle belt moved by the local climate, year by year. Pure.

An edge of a season moves with the turn of the year it belongs to: the spring comes later in the north and the autumn
earlier, so winter there grows at both ends and summer shrinks. Edges of dates («1 сентября») do not move. The weeks of
both turns are parameters of the charter (`climate.spring_weeks`, `climate.autumn_weeks`). Decision 0013.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common import words as say
from otklik.common.period import Period

SHORTEST = timedelta(days=6)
"""A season the climate leaves less than a week of does not come at all."""


@dataclass(frozen=True)
class Climate:
    """Weeks by which spring and autumn come later than in the middle belt; earlier is below nought."""

    spring: int = 0
    autumn: int = 0

    def moved(self, day: date, turn: str) -> date:
        """The day as it falls here when it moves with this turn («spring», «autumn», «fixed»)."""
        weeks = {"spring": self.spring, "autumn": self.autumn}.get(turn, 0)
        return day + timedelta(weeks=weeks)


@dataclass(frozen=True)
class Edge:
    """A day of the year «MM-DD» and the turn it moves with; raises ValueError for a day no year has."""

    day: str
    turn: str = "fixed"

    def __post_init__(self) -> None:
        self.on(2026)

    def on(self, year: int) -> date:
        """The day of the middle belt in a year."""
        month, day = (int(part) for part in self.day.split("-"))
        return date(year, month, day)


@dataclass(frozen=True)
class Season:
    """The stretch of a year a threat lives in; one that ends before it begins runs over the New Year."""

    begins: Edge
    ends: Edge

    def stretch(self, year: int, climate: Climate) -> Period | None:
        """The days of the season that begins in this year of the middle belt; None where the climate has none."""
        begun = self.begins.on(year)
        ended = self.ends.on(year if self.ends.on(year) >= begun else year + 1)
        since, until = climate.moved(begun, self.begins.turn), climate.moved(ended, self.ends.turn)
        return Period(since, until) if until - since >= SHORTEST else None

    def coming(self, today: date, climate: Climate) -> tuple[int, Period] | None:
        """The season that runs today or the next one, with the year it begins in."""
        for year in range(today.year - 1, today.year + 3):
            found = self.stretch(year, climate)
            if found is not None and found.until >= today:
                return year, found
        return None

    def in_year(self, year: int, climate: Climate) -> list[Period]:
        """The parts of its seasons that fall into a calendar year, oldest first."""
        whole = Period(date(year, 1, 1), date(year, 12, 31))
        found = [self.stretch(one, climate) for one in (year - 1, year, year + 1)]
        return [
            Period(max(one.since, whole.since), min(one.until, whole.until))
            for one in found
            if one is not None and one.since <= whole.until and one.until >= whole.since
        ]


def warn_from(season: Period, weeks: int) -> date:
    """The day to begin warning: so many weeks before the season."""
    return season.since - timedelta(weeks=weeks)


def climate_words(climate: Climate) -> str:
    """«Весна здесь на 6 недель позже средней полосы, осень на 4 недели раньше.»"""
    said = [
        f"{name} на {say.count(abs(weeks), 'неделю', 'недели', 'недель')} {'позже' if weeks > 0 else 'раньше'}"
        for name, weeks in (("весна", climate.spring), ("осень", climate.autumn))
        if weeks
    ]
    if not said:
        return "Сезоны стоят по средней полосе."
    return say.tie(f"Против средней полосы {', '.join(said)}.")
