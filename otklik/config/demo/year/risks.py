"""Information risks of a month: pages looked at day by day, two risks led to their end, one that comes again."""

from datetime import timedelta

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.risks import Desk, desk_of, live, log_day, open_watch
from otklik.config.demo.rumours import RUMOURS
from otklik.config.demo.year.cast import Cast
from otklik.risks import services
from otklik.risks.models import Risk

AT_WORK = timedelta(days=6)
"""A risk of the year is over in so many days: what is younger stays in work."""


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """Two rumours a month and the daily watch, where the charter keeps risks."""
    desk = desk_of(town)
    if desk is None:
        return
    pages = open_watch(desk, cast.at(cast.day_in(month, 0), 9))
    for day in month.days():
        if cast.calendar.is_working(day) and cast.has_come(day):
            log_day(desk, pages, cast.at(day, 9, 30))
    for place, share in enumerate((0.2, 0.7)):
        day = cast.day_in(month, share)
        if cast.has_come(day):
            rumour = RUMOURS[(month.since.month + place) % len(RUMOURS)]
            over = cast.at(day, 11) + AT_WORK <= cast.now
            live(desk, rumour, cast.at(day, 11), "closed" if over else "work", cast.now)
    _again(town, month, desk, cast)


def _again(town: Municipality, month: Period, desk: Desk, cast: Cast) -> None:
    """Once a year something old is written about anew; what a risk has shown becomes a roadmap."""
    old = Risk.objects.filter(municipality=town, drill=False, state="closed", round=1).order_by("pk").first()
    now = cast.at(cast.day_in(month, 0.9), 12)
    if old is None or month.since.month != 9 or not cast.has_come(now.date()):
        return
    services.repeat(old, "снова пишут о том же", desk.officer, now)
    keeper = cast.who("problems.manage")
    if keeper is not None and not old.roadmaps.exists():
        services.begin_roadmap(old, keeper, now)
