"""Messages of a month: they come every day, are registered in one batch a day, and live their stories to the end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count

from otklik.cases.models import Case
from otklik.cases.services.intake import register_waiting
from otklik.channels.models import Channel
from otklik.channels.services import keep_raw
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast

WORKING_DAY, DAY_OFF = 2, 1
"""Messages a day: some fifty a month."""

READ_AT = 16
EARLIEST = 8 * 60


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """Bring the month's messages in; days that have cases of an earlier filling are left as they are."""
    channels = [one for one in Channel.objects.filter(municipality=town) if cast.fates.maker.takes(one)]
    weights = [cast.fates.maker.weight(one) for one in channels]
    for day in _empty_days(town, month, cast):
        moment = cast.at(day, READ_AT)
        count = WORKING_DAY if cast.calendar.is_working(day) else DAY_OFF
        for number in range(count):
            channel = cast.chance.choices(channels, weights=weights)[0]
            came = _came(day, moment, cast)
            keep_raw(cast.fates.maker.make(channel, came, f"year-{day:%y%m%d}-{number}"), channel)
        register_waiting(town, moment)
        cast.fates.carry_all(_registered(town, moment))


def _empty_days(town: Municipality, month: Period, cast: Cast) -> Iterator[date]:
    start, end = month.moments(town.time_zone)
    came = Case.objects.filter(municipality=town, came_at__gte=start, came_at__lt=end)
    taken = {moment.astimezone(cast.zone).date() for moment in came.values_list("came_at", flat=True)}
    # A demo filled before the year has its own quiet days: they are not filled up.
    first_taken = min(taken, default=None)
    for day in month.days():
        if (first_taken is None or day < first_taken) and cast.at(day, 0) < cast.now:
            yield day


def _came(day: date, moment: datetime, cast: Cast) -> datetime:
    minute = cast.chance.randrange(EARLIEST, READ_AT * 60 - 5)
    return min(cast.at(day, 0) + timedelta(minutes=minute), moment - timedelta(minutes=1))


def _registered(town: Municipality, moment: datetime) -> list[Case]:
    """Those that a neighbour's message joins come first: afterwards the case to join may be answered."""
    fresh = Case.objects.filter(municipality=town, registered_at=moment)
    return list(fresh.annotate(likes=Count("twins")).order_by("-likes", "id"))
