"""Who acts in a played year, and when: people by permission or role, moments of working days."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from otklik.accounts.models import Body, Holding, User
from otklik.accounts.selectors import people_with
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.fates import Fates
from otklik.config.demo.messages import MessageMaker
from otklik.deadlines.selectors import calendar_of

ONE_DAY = timedelta(days=1)
SICK_OF_PITS = 12


class Cast:
    """People of one town and its clock. `now` is the present: nothing of the year happens after it."""

    def __init__(self, town: Municipality, now: datetime) -> None:
        self.town, self.now = town, now
        self.zone = ZoneInfo(town.time_zone)
        self.calendar = calendar_of(town)
        self.chance = Random(f"year-{town.key}")  # noqa: S311  # a demo must be the same every time
        self._by_permission: dict[tuple[str, int | None], list[User]] = {}
        self.trouble = ""
        """The topic a roadmap was made against when it had a past to be compared with; empty before."""

    @property
    def today(self) -> date:
        """The present day in the town's own zone."""
        return self.now.astimezone(self.zone).date()

    def who(self, permission: str, body: Body | None = None, *, but: User | None = None) -> User | None:
        """The first who holds the permission (in the body when given) and is not `but`; None where nobody does."""
        return next((one for one in self.everyone(permission, body) if one != but), None)

    def everyone(self, permission: str, body: Body | None = None) -> list[User]:
        """All who hold the permission, in a steady order."""
        key = permission, body.pk if body else None
        if key not in self._by_permission:
            self._by_permission[key] = list(people_with(permission, self.town, body).order_by("pk"))
        return self._by_permission[key]

    def of_role(self, key: str) -> list[User]:
        """Holders of a role of the charter («curator», «head», «block_head»…); empty where it has no such role."""
        return list(dict.fromkeys(one.user for one in self._holdings if one.role.key == key))

    def of_block(self, block_key: str) -> list[User]:
        """Those whose role is narrowed to the block: its head first."""
        return list(dict.fromkeys(one.user for one in self._holdings if one.block_key == block_key))

    @cached_property
    def fates(self) -> Fates:
        """What becomes of messages; one deck of ends for the whole year."""
        return Fates(self.town, MessageMaker(self.town, self.chance, SICK_OF_PITS), self.now)

    @cached_property
    def _holdings(self) -> list[Holding]:
        held = Holding.objects.filter(municipality=self.town, until=None).select_related("user", "role")
        return list(held.order_by("role__position", "pk"))

    def at(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """The moment of the day in the town's zone, never after the present."""
        return min(datetime.combine(day, time(hour, minute), self.zone), self.now)

    def has_come(self, day: date) -> bool:
        """Whether ten in the morning of the day is behind: what was due later has not been done yet."""
        return datetime.combine(day, time(10), self.zone) <= self.now

    def day_in(self, month: Period, share: float) -> date:
        """The working day at such a share of the month (0 the first, 1 the last); a month may end today."""
        days = [day for day in month.days() if self.calendar.is_working(day)] or [month.since]
        return days[min(int(share * len(days)), len(days) - 1)]

    def working_days_after(self, moment: datetime, count: int, hour: int = 15) -> datetime:
        """So many working days after the moment, at the hour; never after the present."""
        day = self.calendar.add_working_days(moment.astimezone(self.zone).date(), count)
        return self.at(day, hour)
