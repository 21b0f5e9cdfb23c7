"""What silence is usual for a channel, learned from its own messages; pure.

Pauses are kept by the class of the hour, for nobody writes at night: {"day": [seconds, …], "night": […]}, the last
KEPT of each. A silence is counted from the beginning of the present class of hours at the earliest.
"""

import statistics
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

KEPT = 60
ENOUGH = 12
"""Pauses of the class, below which nothing is said to be unusual."""
TIMES_LONGER = 8
SHORTEST = timedelta(minutes=30)
DAY_FROM, DAY_TILL = time(8), time(22)

Rhythm = Mapping[str, Sequence[float]]
Hours = Literal["day", "night"]


def hours_of(moment: datetime, zone: ZoneInfo) -> Hours:
    """The class of the hour on the municipality's clock."""
    return "day" if DAY_FROM <= moment.astimezone(zone).time() < DAY_TILL else "night"


def with_messages(
    rhythm: Rhythm, last: datetime | None, came: Sequence[datetime], zone: ZoneInfo
) -> dict[str, list[float]]:
    """The rhythm after these messages; a pause that runs over the edge of day and night belongs to neither."""
    kept = {hours: list(pauses) for hours, pauses in rhythm.items()}
    for moment in sorted(came):
        if last and moment >= last and _start_of(moment, zone) <= last:
            hours = hours_of(moment, zone)
            kept[hours] = [*kept.get(hours, []), round((moment - last).total_seconds(), 1)][-KEPT:]
        last = max(moment, last) if last else moment
    return kept


def longest_usual(rhythm: Rhythm, moment: datetime, zone: ZoneInfo) -> timedelta | None:
    """After which silence at this hour somebody should look; None while the channel is too young to tell."""
    pauses = rhythm.get(hours_of(moment, zone), ())
    if len(pauses) < ENOUGH:
        return None
    return max(timedelta(seconds=statistics.median(pauses)) * TIMES_LONGER, SHORTEST)


def is_silent(rhythm: Rhythm, last: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether nothing came for longer than is usual here at this hour."""
    usual = longest_usual(rhythm, now, zone)
    if usual is None or last is None:
        return False
    return now - max(last, _start_of(now, zone)) > usual


def _start_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """When the present class of hours began."""
    local = moment.astimezone(zone)
    if hours_of(moment, zone) == "day":
        return datetime.combine(local.date(), DAY_FROM, zone)
    day = local.date() if local.time() >= DAY_TILL else local.date() - timedelta(days=1)
    return datetime.combine(day, DAY_TILL, zone)
