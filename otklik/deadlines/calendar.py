"""The working calendar as a value: which days work, which are short, and arithmetic over them. Pure.

Built by `selectors.calendar_of` from the tables, or by `plans.shipped_plans` without a database; asked by
`rules`. All moments it takes are aware; all moments it gives are in the municipality's own time zone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from otklik.deadlines.hours import WorkingHours, hours_from
from otklik.deadlines.plans import DayKind, YearPlan, plan_year

ONE_DAY = timedelta(days=1)
LAST_MOMENT = time(23, 59, 59)
DEFAULT_HOURS = hours_from(["08:00", "17:00"])


@dataclass(frozen=True)
class WorkCalendar:
    """Working days and hours of one municipality. A year without a plan is counted by the general rule.

    With `night_duty` somebody answers at any hour, so clocks of working hours run without a break.
    """

    plans: Mapping[int, YearPlan]
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    hours: WorkingHours = DEFAULT_HOURS
    regional: Mapping[date, DayKind] = field(default_factory=dict)
    night_duty: bool = False

    # Days

    def is_working(self, day: date) -> bool:
        """Regional days come before the country's."""
        kind = self.regional.get(day)
        return kind != "off" if kind else day in self.plan_of(day.year).working

    def is_short(self, day: date) -> bool:
        """A working day that ends one hour earlier."""
        kind = self.regional.get(day)
        return kind == "short" if kind else day in self.plan_of(day.year).short

    def plan_of(self, year: int) -> YearPlan:
        """The loaded plan, else the general rule: weekends, fixed holidays, transfers of ТК ст. 112."""
        return self.plans.get(year) or plan_year(year)

    def working_day_from(self, day: date) -> date:
        """The day itself when it works, else the next working one."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def working_day_until(self, day: date) -> date:
        """The day itself when it works, else the one before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day after this one."""
        return self.working_day_from(day + ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """The last working day before this one."""
        return self.working_day_until(day - ONE_DAY)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after the day (before it when negative); zero gives the day unchanged."""
        step = self.next_working_day if count > 0 else self.previous_working_day
        for _ in range(abs(count)):
            day = step(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working(day) for day in _days(first + ONE_DAY, last))

    # Moments

    def local(self, moment: datetime) -> datetime:
        """The same moment by the municipality's clock. A naive moment is already local."""
        return moment.replace(tzinfo=self.zone) if moment.tzinfo is None else moment.astimezone(self.zone)

    def day_of(self, moment: datetime) -> date:
        """The local date of a moment."""
        return self.local(moment).date()

    def parts_of(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The working parts of a day as local moments; nothing on a day off."""
        if not self.is_working(day):
            return ()
        parts = self.hours.parts_on(self.is_short(day))
        return tuple((self._at(day, begin), self._at(day, end)) for begin, end in parts)

    def end_of_work(self, day: date) -> datetime:
        """When the working day ends; on a day off, when the day itself ends."""
        parts = self.parts_of(day)
        return parts[-1][1] if parts else self.end_of_day(day)

    def end_of_day(self, day: date) -> datetime:
        """The last second of the local day."""
        return self._at(day, LAST_MOMENT)

    def add_working_time(self, moment: datetime, span: timedelta) -> datetime:
        """The moment by which so much working time has passed; a span that fills a part ends at its end."""
        moment = self.local(moment)
        if self.night_duty:
            return self.add_clock_time(moment, span)
        for begin, end in self._parts_after(moment):
            start = max(begin, moment)
            if end - start >= span:
                return start + span
            span -= end - start
        raise AssertionError("working parts never end")

    def working_time_between(self, first: datetime, last: datetime) -> timedelta:
        """Working time from `first` to `last`; zero when `last` is not later."""
        first, last = self.local(first), self.local(last)
        if self.night_duty:
            return max(last.astimezone(UTC) - first.astimezone(UTC), timedelta(0))
        total = timedelta(0)
        for day in _days(first.date(), last.date()):
            for begin, end in self.parts_of(day):
                total += max(min(end, last) - max(begin, first), timedelta(0))
        return total

    def add_clock_time(self, moment: datetime, span: timedelta) -> datetime:
        """The moment so much later by any clock, day or night."""
        return (self.local(moment).astimezone(UTC) + span).astimezone(self.zone)

    # Confidence

    def warnings_for(self, days: Iterable[date]) -> list[str]:
        """One Russian sentence for each touched year whose calendar is not confirmed by an act."""
        years = sorted({day.year for day in days})
        return [warning for year in years if (warning := self.plan_of(year).warning)]

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, tzinfo=self.zone)

    def _parts_after(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.date()
        while True:
            yield from (part for part in self.parts_of(day) if part[1] > moment)
            day += ONE_DAY


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
