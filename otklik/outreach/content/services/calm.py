"""Calm mode: one switch holds every planned post while an emergency lasts; posts come back one by one."""

from datetime import datetime

from django.db import IntegrityError, transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels.services.outgoing import resume
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import hold_town
from otklik.outreach.content.models import CalmMode, Material, Post
from otklik.outreach.content.rules import passes
from otklik.outreach.content.selectors import calm_of
from otklik.outreach.content.services.common import check_ahead, locked_post, said, tell, title_of
from otklik.outreach.content.services.stopping import hold_outgoing

IS_ON = "Режим тишины уже включён."


@transaction.atomic
def start_calm(municipality: Municipality, reason: str, by: User | None, now: datetime) -> CalmMode:
    """Hold everything planned, whatever its day; posts of a risk or of the emergency go on. Raises Refused."""
    words = said(reason, "Напишите, из-за чего останавливаете публикации.", 300)
    # The same row is the queue for launching: no post slips between the switch and the holding.
    hold_town(municipality.pk)
    try:
        with transaction.atomic():
            calm = CalmMode.objects.create(
                municipality=municipality,
                reason=words,
                started_at=now,
                started_by=by,
                started_title=title_of(by, municipality),
            )
    except IntegrityError:
        raise Refused(IS_ON) from None
    planned = Post.objects.filter(municipality=municipality, state__in=["approved", "sending"])
    held = sum(hold(locked_post(post.pk), calm) for post in planned.order_by("pk"))
    record(calm, "content.calm_started", by, municipality, why=words, details={"held": held})
    return calm


def calm_over(post: Post) -> CalmMode | None:
    """The mode that keeps this post from going out now."""
    return None if _goes(post) else calm_of(post.municipality)


def _goes(post: Post) -> bool:
    return passes(post.material.about, post.material.passes_calm, post.passes_calm)


def hold(post: Post, calm: CalmMode) -> bool:
    """Hold one post; False when it passes, or is out already for all we know."""
    if _goes(post) or not hold_outgoing(post):
        return False
    post.state, post.held_by, post.held_why = "held", calm, calm.reason
    post.save(update_fields=["state", "held_by", "held_why", "outgoing"])
    return True


def hold_new(calm: CalmMode, material: Material) -> int:
    """What was agreed while the mode is on is held as well; returns how many."""
    posts = material.posts.filter(state="approved").order_by("pk")
    return sum(hold(locked_post(post.pk), calm) for post in posts)


@transaction.atomic
def end_calm(municipality: Municipality, by: User | None, now: datetime) -> CalmMode:
    """Switch the mode off; what it held stays held until a person returns it. Raises Refused."""
    hold_town(municipality.pk)
    calm = calm_of(municipality)
    if calm is None:
        raise Refused("Режим тишины не включён.")
    calm.ended_at, calm.ended_by = now, by
    calm.save(update_fields=["ended_at", "ended_by"])
    details = {"held": calm.held.filter(state="held").count()}
    record(calm, "content.calm_ended", by, municipality, why=calm.reason, details=details)
    return calm


@transaction.atomic
def let_go(post: Post, at: datetime | None, by: User, now: datetime, why: str = "") -> Post:
    """Return one held post into the plan at a new time (None: its own, or now when that is past).

    While the mode is on it needs a reason, and the post then passes. Raises Refused.
    """
    hold_town(post.municipality_id)
    post = locked_post(post.pk)
    if post.state != "held":
        raise Refused("Эта запись не придержана. Обновите страницу.")
    check_ahead(at, now)
    if calm_of(post.municipality) is not None:
        why = said(why, "Режим тишины включён: напишите, почему эта запись нужна сейчас.", 300)
        post.passes_calm = True
    planned = at or post.planned_at
    post.state, post.held_by, post.held_why = "approved", None, ""
    post.planned_at = planned if planned is not None and planned > now else now
    if post.outgoing is not None:
        # It was tried before: the same outgoing goes on, and the page is looked at first.
        resume(post.outgoing, post.planned_at)
        post.state = "sending"
    post.save(update_fields=["state", "held_by", "held_why", "planned_at", "passes_calm"])
    tell(post.material, "let_go", by, now, why, post)
    return post
