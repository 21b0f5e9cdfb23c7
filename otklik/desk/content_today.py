"""«Сегодня выходит»: what goes out today on official pages and what a person must place or look for by hand."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.desk.content_board import PostCard, card_of
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.outreach.content.doors import PUBLISH
from otklik.outreach.content.models import Post

MOST = 12
GOES = ("approved", "sending", "placed", "held")
HANDS = ("failed", "by_hand")


@dataclass(frozen=True)
class GoesOut:
    """Posts of today in order of time, and those that wait for hands, whatever their day."""

    today: tuple[PostCard, ...]
    hands: tuple[PostCard, ...]


def goes_out(request: DeskRequest, now: datetime) -> GoesOut | None:
    """Nothing for who does not keep pages."""
    if not may(request, PUBLISH):
        return None
    town = request.municipality
    day = day_in(town, now)
    start, end = Period(day, day).moments(town.time_zone)
    rows = Post.objects.filter(municipality=town, material__is_exercise=False)
    rows = rows.select_related("page", "material__rubric").order_by("planned_at", "pk")
    rows = rows.defer("text", "material__text", "material__figures")
    today = rows.filter(state__in=GOES, planned_at__gte=start, planned_at__lt=end)
    return GoesOut(_cards(today, town), _cards(rows.filter(state__in=HANDS), town))


def _cards(posts: QuerySet[Post], town: Municipality) -> tuple[PostCard, ...]:
    zone = ZoneInfo(town.time_zone)
    return tuple(card_of(one, zone, may_move=False) for one in posts[:MOST])
