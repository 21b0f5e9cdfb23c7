"""The months of a year in their order, and in each the parts in theirs."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from otklik.accounts.selectors import rights_remembered
from otklik.cases.models import Case
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import month_of
from otklik.common.scope import within
from otklik.config.demo.analysis import make_analysis
from otklik.config.demo.papers import make_papers
from otklik.config.demo.town import make_people
from otklik.config.demo.year import (
    advice,
    analysis,
    campaigns,
    content,
    coordination,
    errands,
    fast_track,
    flow,
    meetings,
    order,
    pages,
    papers,
    polls,
    problems,
    risks,
    roadmaps,
)
from otklik.config.demo.year.cast import Cast

MONTHS = 12
LONG_AGO = timedelta(days=200)

Part = Callable[[Municipality, Period, Cast], None]

PARTS: Sequence[Part] = (
    flow.play_month,
    order.play_month,
    analysis.play_month,
    pages.play_month,
    content.play_month,
    problems.play_month,
    polls.play_month,
    fast_track.play_month,
    advice.play_month,
    roadmaps.play_month,
    risks.play_month,
    campaigns.play_month,
    meetings.play_month,
    coordination.play_month,
    errands.play_month,
    papers.play_month,
)
"""What a month is made of. A new part of the product adds its line here, after what it looks at."""

log = logging.getLogger(__name__)


def months_until(today: date) -> list[Period]:
    """Twelve months, the oldest first: eleven whole ones and the one that runs, up to today."""
    months = [month_of(today.year, today.month)]
    while len(months) < MONTHS:
        last = months[0].since - timedelta(days=1)
        months.insert(0, month_of(last.year, last.month))
    return [*months[:-1], Period(months[-1].since, today)]


def play_town(key: str, now: datetime, tell: Callable[[], None]) -> None:
    """The whole year of one town: its people, twelve months, what is due next; once."""
    town = Municipality.objects.get(key=key)
    with within(town.pk):
        make_people(town, now.date() - LONG_AGO)
        Municipality.objects.filter(pk=town.pk).update(is_demo=True)
        played = is_played(town, now)
    if not played:
        play_year(town, now, tell)
        with within(town.pk):
            make_analysis(town, now)
            make_papers(town, now)


def play_year(town: Municipality, now: datetime, tell: Callable[[], None] = lambda: None) -> None:
    """Play the year up to now, a transaction a month; `tell` is called after each."""
    with within(town.pk):
        cast = Cast(town, now)
    for month in months_until(cast.today):
        with within(town.pk):
            _play_month(town, month, cast)
        tell()


def is_played(town: Municipality, now: datetime) -> bool:
    """Whether the town has lived through most of a year already: asked in the town's scope."""
    return Case.objects.filter(municipality=town, came_at__lt=now - LONG_AGO).exists()


def _play_month(town: Municipality, month: Period, cast: Cast) -> None:
    for part in PARTS:
        try:
            # No part gives a role and then acts by it.
            with transaction.atomic(), rights_remembered():
                part(town, month, cast)
        except Refused as refusal:
            log.warning("%s, %s, %s: %s", town.key, month.since, part.__module__, refusal)
