"""Messages of a month: they come on working days, go into one batch a day, and live their stories to the end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Count

from otklik.accounts.models import User
from otklik.cases.models import Case
from otklik.cases.services import set_urgency
from otklik.cases.services.intake import register_waiting
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel
from otklik.channels.services import keep_raw
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast

WEEKS = ((2, 0, 2, 0, 0, 0, 0), (0, 2, 0, 2, 0, 0, 0))
"""Messages from Monday to Sunday, of even weeks and of odd ones: some eighteen a month, and no more batches to
register than needed, so that the year of five towns is played in minutes."""

LATELY, LATELY_A_DAY = timedelta(days=7), (2, 1, 1, 1, 1, 0, 0)
"""The last week has messages every working day: screens of today have something to show."""

ORGANISATIONS, REPEATS = 0.12, 0.35
"""Shares of messages that an organisation signs, and of those their system calls repeated."""

SYSTEMS = 4
"""How often a municipal system sends a message, as `messages.WEIGHTS` counts."""

HURRY = "ждут с прошлой недели: ответить без очереди"
READ_AT = 16
EARLIEST = 8 * 60


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """Bring the month's messages in; days that have cases of an earlier filling are left as they are."""
    channels = [one for one in Channel.objects.filter(municipality=town) if _weight(one, cast)]
    weights = [_weight(one, cast) for one in channels]
    head = next(iter(cast.of_role("head")), None)
    for day in _empty_days(town, month, cast):
        moment = cast.at(day, READ_AT)
        many = _many_on(day, cast)
        for number in range(many):
            channel = cast.chance.choices(channels, weights=weights)[0]
            key = f"year-{day:%y%m%d}-{number}"
            keep_raw(_message(channel, _came(day, moment, cast), key, cast), channel)
        if many:
            register_waiting(town, moment)
            if head is not None and _is_hurried(town, head, moment):
                head = None  # once a month
            cast.fates.carry_all(_registered(town, moment))


def _many_on(day: date, cast: Cast) -> int:
    """How many messages come on the day."""
    if cast.today - day < LATELY:
        return LATELY_A_DAY[day.weekday()]
    return WEEKS[day.isocalendar().week % 2][day.weekday()]


def _empty_days(town: Municipality, month: Period, cast: Cast) -> Iterator[date]:
    start, end = month.moments(town.time_zone)
    came = Case.objects.filter(municipality=town, came_at__gte=start, came_at__lt=end)
    taken = {moment.astimezone(cast.zone).date() for moment in came.values_list("came_at", flat=True)}
    # A demo filled before the year has its own quiet days: they are not filled up.
    first_taken = min(taken, default=None)
    for day in month.days():
        if (first_taken is None or day < first_taken) and cast.at(day, 0) < cast.now:
            yield day


def _weight(channel: Channel, cast: Cast) -> int:
    """How often messages come by the channel; 0 where they do not."""
    if channel.kind == "api" and channel.direction != "out" and channel.availability == "open":
        return SYSTEMS
    return cast.fates.maker.weight(channel) if cast.fates.maker.takes(channel) else 0


def _message(channel: Channel, came: datetime, key: str, cast: Cast) -> Incoming:
    """A message of the demo; now and then of an organisation, now and then a repeated one."""
    made = cast.fates.maker.make(channel, came, key)
    if made.author and cast.chance.random() < ORGANISATIONS:
        made = replace(
            made, author=f"ООО «Пример-{cast.chance.randrange(1, 60)}»", author_kind="organisation"
        )
    return replace(made, is_repeat=cast.chance.random() < REPEATS)


def _came(day: date, moment: datetime, cast: Cast) -> datetime:
    minute = cast.chance.randrange(EARLIEST, READ_AT * 60 - 5)
    return min(cast.at(day, 0) + timedelta(minutes=minute), moment - timedelta(minutes=1))


def _is_hurried(town: Municipality, head: User, moment: datetime) -> bool:
    """The head of the centre puts one message before the others, if there is any; whether it was put."""
    case = (
        Case.objects.filter(municipality=town, registered_at=moment, urgency="normal").order_by("pk").first()
    )
    if case is not None:
        set_urgency(case, "high", head, moment, HURRY)
    return case is not None


def _registered(town: Municipality, moment: datetime) -> list[Case]:
    """Those that a neighbour's message joins come first: afterwards the case to join may be answered."""
    fresh = Case.objects.filter(municipality=town, registered_at=moment)
    return list(fresh.annotate(likes=Count("twins")).order_by("-likes", "id"))
