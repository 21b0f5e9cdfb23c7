"""Questions about roadmaps: who sees them, what waits for whom, how their measures stand.

A roadmap is seen whole by whoever works with problems or sees the picture, and by people of the posts named in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import Rights, held_posts
from otklik.common.models import Municipality
from otklik.problems.roadmaps.models import Approval, Measure, Roadmap
from otklik.problems.roadmaps.plan import Step
from otklik.problems.roadmaps.words import AT_WORK, OPEN

SEES_ALL = frozenset({"problems.manage", "analytics.view", "office.organise", "office.chair"})
MANAGES = "problems.manage"
PAGE = "/roadmaps/"
ASK = "согласование дорожной карты"
TERM = "мероприятие дорожной карты"


@dataclass(frozen=True)
class Waiting:
    """A line of somebody's inbox: what, by which day, where."""

    title: str
    due: date
    link: str
    kind: str
    is_late: bool


def roadmaps_for(municipality: Municipality, rights: Rights) -> QuerySet[Roadmap]:
    """Roadmaps the person may see."""
    rows = Roadmap.objects.filter(municipality=municipality)
    if rights.permissions & SEES_ALL:
        return rows
    mine = Q(pk__in=_named(municipality, rights))
    asked = Q(pk__in=Approval.objects.filter(post_id__in=rights.post_ids).values("roadmap"))
    return rows.filter(mine | asked)


def _named(municipality: Municipality, rights: Rights) -> QuerySet[Measure, int]:
    """Roadmaps whose measures name the person's posts or bodies nobody holds a post of."""
    rows = Measure.objects.filter(municipality=municipality)
    helped = Q(helpers__post_id__in=rights.post_ids)
    return rows.filter(answers(municipality, rights) | helped).values_list("roadmap_id", flat=True)


def answers(municipality: Municipality, rights: Rights) -> Q:
    """Measures the person answers for: by the post held, or by the body where nobody holds the post."""
    held = Exists(held_posts(municipality).filter(post=OuterRef("post")))
    return Q(post_id__in=rights.post_ids) | Q(~held, post__body_id__in=rights.body_ids)


def measures_of(roadmap: Roadmap) -> list[Measure]:
    """Measures of the roadmap with posts, helpers, waits and proofs read at once."""
    rows = Measure.objects.filter(roadmap=roadmap).select_related("post__body", "done_by")
    return list(
        rows.prefetch_related("helpers__post", "waits", "proofs__file", Prefetch("shifts")).order_by(
            "position", "pk"
        )
    )


def may_report(measure: Measure, municipality: Municipality, rights: Rights) -> bool:
    """Whether the person answers for the measure or manages roadmaps."""
    if MANAGES in rights.permissions:
        return True
    return Measure.objects.filter(answers(municipality, rights), pk=measure.pk).exists()


def steps_of(measures: Iterable[Measure], today: date | None = None) -> list[Step]:
    """Measures as steps of a plan; dropped ones are no part of it, done ones move no more.

    With `today` an open measure whose day has passed ends today at the earliest.
    """
    return [
        Step(
            one.pk,
            one.start,
            _end_of(one, today),
            frozenset(wait.other_id for wait in one.waits.all()),
            one.state == "done",
        )
        for one in measures
        if one.state != "dropped"
    ]


def _end_of(one: Measure, today: date | None) -> date:
    if one.done_on is not None:
        return max(one.done_on, one.start)
    return max(one.due, today) if today and one.state in OPEN else one.due


def people_of_post(post: Post, municipality: Municipality) -> list[User]:
    """Those who hold the post today; where nobody does, people of its body."""
    held = held_posts(municipality).filter(post=post).values("user")
    found = list(User.objects.filter(pk__in=held).order_by("pk"))
    if found:
        return found
    of_body = held_posts(municipality).filter(body=post.body).values("user")
    return list(User.objects.filter(pk__in=of_body, is_active=True).order_by("pk"))


def turn_of(roadmap: Roadmap) -> Approval | None:
    """Whose signature the roadmap waits for."""
    rows = Approval.objects.filter(roadmap=roadmap, edition=roadmap.edition + 1, decision="")
    return rows.select_related("post__body").order_by("turn").first() if roadmap.state == "approval" else None


def late_measures(municipality: Municipality, today: date) -> QuerySet[Measure]:
    """Open measures of roadmaps at work whose day has passed."""
    return Measure.objects.filter(
        municipality=municipality, roadmap__state__in=AT_WORK, state__in=OPEN, due__lt=today
    )


def measures_waiting(
    user: User, municipality: Municipality, rights: Rights, now: datetime | None = None
) -> list[Waiting]:
    """What roadmaps wait of the person for: measures answered for, then signatures on the route."""
    today = (
        (now or datetime.now(ZoneInfo(municipality.time_zone)))
        .astimezone(ZoneInfo(municipality.time_zone))
        .date()
    )
    rows = Measure.objects.filter(
        answers(municipality, rights), municipality=municipality, roadmap__state__in=AT_WORK, state__in=OPEN
    )
    found = [
        Waiting(one.title, one.due, f"{PAGE}{one.roadmap_id}/#measure-{one.pk}", TERM, one.due < today)
        for one in rows.order_by("due", "pk")
    ]
    return [*found, *(_signature(one, today) for one in approvals_waiting(municipality, rights))]


def approvals_waiting(municipality: Municipality, rights: Rights) -> list[Approval]:
    """Signatures asked of the person's posts, each when its turn has come."""
    rows = Approval.objects.filter(
        municipality=municipality,
        roadmap__state="approval",
        post_id__in=rights.post_ids,
        decision="",
        asked_at__isnull=False,
    )
    return list(rows.select_related("roadmap", "post").order_by("asked_at", "pk"))


def _signature(one: Approval, today: date) -> Waiting:
    asked = one.asked_at.date() if one.asked_at else today
    title = f"Согласовать дорожную карту {one.roadmap}"
    return Waiting(title, asked, f"{PAGE}{one.roadmap_id}/", ASK, False)
