"""The doors of the content plan: which materials and posts a person may reach, which wait for the person's word."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality
from otklik.outreach.content.models import ApprovalStep, Material, Post

PUBLISH, APPROVE = "outreach.publish", "outreach.approve"
SEES = (PUBLISH, APPROVE)


def materials_for(municipality: Municipality, rights: Rights) -> QuerySet[Material]:
    """All for who keeps pages or approves, else those whose route names a post of the person."""
    rows = Material.objects.filter(municipality=municipality)
    if rights.permissions.intersection(SEES):
        return rows
    return rows.filter(pk__in=_steps(municipality, rights).values("material"))


def posts_for(municipality: Municipality, rights: Rights) -> QuerySet[Post]:
    """Posts of the materials the person may reach."""
    return Post.objects.filter(municipality=municipality, material__in=materials_for(municipality, rights))


def waiting_for(municipality: Municipality, rights: Rights) -> QuerySet[Material]:
    """Materials whose next word is the person's: the turn of a post held, or the last yes by right.

    `left` is how many words of the route are still missing.
    """
    steps = ApprovalStep.objects.filter(material=OuterRef("pk"), agreed_at=None).order_by("position", "pk")
    rows = Material.objects.filter(municipality=municipality, state="approval").annotate(
        left=Count("steps", filter=Q(steps__agreed_at=None), distinct=True),
        turn=Subquery(steps.values("post")[:1]),
    )
    mine = Q(turn__in=rights.post_ids)
    return rows.filter(mine | Q(left=0) if APPROVE in rights.permissions else mine)


def _steps(municipality: Municipality, rights: Rights) -> QuerySet[ApprovalStep]:
    return ApprovalStep.objects.filter(municipality=municipality, post_id__in=rights.post_ids)
