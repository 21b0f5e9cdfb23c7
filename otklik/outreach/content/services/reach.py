"""Reach and reactions: asked of networks at 2 hours, a day and a week, or written by a person. Numbers alone."""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels.adapters.posting import reach_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.content.models import Post, PostReach
from otklik.outreach.content.rules import COUNTS, NETWORKS, WINDOWS, marks_due

log = logging.getLogger(__name__)
SOONEST = min(begin for begin, _ in WINDOWS.values())
LONGEST = max(end for _, end in WINDOWS.values())
MOST = 1_000_000_000


def gather_reach(municipality: Municipality, now: datetime, limit: int = 100) -> int:
    """Ask networks of posts whose mark has come; returns how many were told. Call outside a transaction."""
    told = 0
    for post, mark in _due(municipality, now)[:limit]:
        channel, outgoing = post.page.channel, post.outgoing
        if channel is None or outgoing is None:
            continue
        found = reach_of(channel, outgoing.proof)
        if found is not None:
            told += _keep(post, mark, found, now)
    return told


def _due(municipality: Municipality, now: datetime) -> list[tuple[Post, str]]:
    with within(municipality.pk):
        rows = Post.objects.filter(
            municipality=municipality,
            state="placed",
            placed_at__gt=now - LONGEST,
            placed_at__lte=now - SOONEST,
            page__channel__isnull=False,
            page__network__in=[key for key, one in NETWORKS.items() if one.tells],
        ).filter(~Q(outgoing=None) & Q(outgoing__way="page"))
        posts = rows.select_related("page__channel__municipality", "outgoing").prefetch_related("reaches")
        found: list[tuple[Post, str]] = []
        # The newest first: theirs are the shortest windows, and a network that does not answer must not eat them up.
        for post in posts.order_by("-placed_at", "-pk"):
            taken = {one.mark for one in post.reaches.all()}
            found += [(post, mark) for mark in marks_due(post.placed_at or now, taken, now)]
    return found


def _keep(post: Post, mark: str, found: Mapping[str, int | None], now: datetime) -> bool:
    with within(post.municipality_id):
        numbers = {name: found.get(name) for name in COUNTS}
        try:
            with transaction.atomic():
                PostReach.objects.create(
                    municipality_id=post.municipality_id, post=post, mark=mark, at=now, **numbers
                )
        except IntegrityError:
            return False
    return True


@transaction.atomic
def note_reach(post: Post, numbers: Mapping[str, int | None], by: User, now: datetime) -> PostReach:
    """What a person saw under the post. Raises Refused."""
    if post.state != "placed":
        raise Refused("Охват записывают у вышедшей записи.")
    known = {name: numbers.get(name) for name in COUNTS}
    if all(one is None for one in known.values()):
        raise Refused("Впишите хотя бы одно число.")
    if any(one is not None and not 0 <= one <= MOST for one in known.values()):
        raise Refused("Число не может быть отрицательным или больше миллиарда.")
    made = PostReach.objects.create(
        municipality=post.municipality, post=post, mark="hand", at=now, by=by, **known
    )
    details = {name: value for name, value in known.items() if value is not None}
    record(post, "content.reach_noted", by, post.municipality, details=details)
    return made
