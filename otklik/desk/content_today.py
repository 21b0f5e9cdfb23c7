"""«Сегодня выходит»: what goes out today on official pages and what a person must place or look for by hand."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from otklik.common.period import Period
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
    zone = ZoneInfo(request.municipality.time_zone)
    day = now.astimezone(zone).date()
    start, end = Period(day, day).moments(request.municipality.time_zone)
    goes = Q(state__in=GOES, planned_at__gte=start, planned_at__lt=end)
    rows = Post.objects.filter(goes | Q(state__in=HANDS), municipality=request.municipality)
    rows = rows.filter(material__is_exercise=False).select_related("page", "material__rubric")
    rows = rows.defer("text", "material__text", "material__figures").order_by("planned_at", "pk")
    cards = [card_of(one, zone, False) for one in rows[: MOST * 2]]
    return GoesOut(
        tuple(card for card in cards if card.state in GOES)[:MOST],
        tuple(card for card in cards if card.state in HANDS)[:MOST],
    )
