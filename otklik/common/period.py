"""A stretch of days, both ends inside: what a report, a rating or a piece of evidence speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`; raises ValueError when they stand in the wrong order."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise ValueError(f"a period ends before it starts: {self.since} - {self.until}")

    def moments(self, time_zone: str) -> tuple[datetime, datetime]:
        """The first moment and the moment after the last, local midnights of the zone."""
        zone = ZoneInfo(time_zone)
        start = datetime.combine(self.since, time.min, tzinfo=zone)
        return start, datetime.combine(self.until + timedelta(days=1), time.min, tzinfo=zone)

    def days(self) -> Iterator[date]:
        """Every day of the period."""
        return (self.since + timedelta(days=step) for step in range((self.until - self.since).days + 1))
