"""The months of a year in their order, and in each the parts in theirs."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import month_of
from otklik.config.demo.year import flow
from otklik.config.demo.year.cast import Cast

MONTHS = 12

Part = Callable[[Municipality, Period, Cast], None]

PARTS: Sequence[Part] = (flow.play_month,)
"""What a month is made of. A new part of the product adds its line here, after what it looks at."""

log = logging.getLogger(__name__)


def months_until(today: date) -> list[Period]:
    """Twelve months, the oldest first: eleven whole ones and the one that runs, up to today."""
    months = [month_of(today.year, today.month)]
    while len(months) < MONTHS:
        last = months[0].since - timedelta(days=1)
        months.insert(0, month_of(last.year, last.month))
    return [*months[:-1], Period(months[-1].since, today)]


def play_year(town: Municipality, now: datetime, tell: Callable[[], None] = lambda: None) -> None:
    """Play the year up to now in the caller's scope; `tell` is called after each month."""
    cast = Cast(town, now)
    for month in months_until(cast.today):
        for part in PARTS:
            try:
                part(town, month, cast)
            except Refused as refusal:
                log.warning("%s, %s, %s: %s", town.key, month.since, part.__module__, refusal)
        tell()
