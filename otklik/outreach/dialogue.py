"""The journal of dialogue: answers and publications by networks, joined of what has really left.

DEM-1.1.2, MIH-1.3.2, BOG-II.1.2: the centre coordinates how the administration speaks with residents in networks. Only
the link, the network and the day are told; the words of residents stand in their cards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from otklik.channels.models import Outgoing
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.outreach.models import Publication

KINDS = ("vk", "ok", "telegram", "max", "incident")
"""Channels where residents are spoken with in networks; «Инцидент» carries answers to their posts."""
SPOKEN = ("answer", "post")


@dataclass(frozen=True)
class Place:
    """A channel over a period: answers under posts, answers to the author alone, posts of our own."""

    title: str
    public: int
    private: int
    posts: int


@dataclass(frozen=True)
class Told:
    """One line of the journal; `about` is a card's number where the line answers a card."""

    at: datetime
    place: str
    what: str
    about: str
    link: str


def sent_in(municipality: Municipality, period: Period) -> QuerySet[Outgoing]:
    """Everything that left to networks in the period."""
    start, end = period.moments(municipality.time_zone)
    rows = Outgoing.objects.filter(municipality=municipality, channel__kind__in=KINDS, kind__in=SPOKEN)
    return rows.filter(state="sent", sent_at__gte=start, sent_at__lt=end)


def published_in(municipality: Municipality, period: Period) -> QuerySet[Publication]:
    """Lines of the register whose day is in the period."""
    rows = Publication.objects.filter(municipality=municipality, struck_at=None)
    return rows.filter(on__gte=period.since, on__lte=period.until)


def places_of(municipality: Municipality, period: Period) -> list[Place]:
    """Networks of the period with their counts, the liveliest first, in one question."""
    own = Q(kind="post")
    rows = sent_in(municipality, period).values("channel__title").order_by()
    counted = rows.annotate(
        public=Count("pk", filter=~own & ~Q(way="message")),
        private=Count("pk", filter=Q(way="message")),
        posts=Count("pk", filter=own),
    )
    found = [
        Place(row["channel__title"], row["public"], row["private"], row["posts"])
        for row in counted.values("channel__title", "public", "private", "posts")
    ]
    return sorted(found, key=lambda one: (-(one.public + one.private + one.posts), one.title))


def lines_of(rows: Iterable[Outgoing]) -> list[Told]:
    """Lines of the journal without anybody's words."""
    return [
        Told(
            at=row.sent_at or row.created_at,
            place=row.channel.title,
            what=_what(row),
            about=row.about if row.kind != "post" else "",
            link=row.proof if row.proof.startswith(("https://", "http://")) else "",
        )
        for row in rows
    ]


def _what(row: Outgoing) -> str:
    if row.kind == "post":
        return "запись на странице"
    return "ответ автору лично" if row.way == "message" else "ответ под записью"
