"""Questions to the content plan: what waits for a person, what is held, what came of it, what to choose from."""

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Sum

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.outreach.content.models import (
    CalmMode,
    Material,
    MediaItem,
    Post,
    PostReach,
    PostTemplate,
    PublicsExport,
    Rubric,
    TargetGroup,
)
from otklik.outreach.content.rules import COUNTS
from otklik.outreach.models import OfficialPage


def posts_of(municipality: Municipality) -> QuerySet[Post]:
    """Every version with its page and its material; no exercise."""
    rows = Post.objects.filter(municipality=municipality, material__is_exercise=False)
    return rows.select_related(
        "page", "material__rubric", "material__audience", "picture__file", "material", "outgoing"
    )


def posts_about(municipality: Municipality, about: str) -> QuerySet[Post]:
    """Versions of materials written about a thing of another package («risk:12»), exercises too."""
    rows = Post.objects.filter(municipality=municipality, material__about=about).exclude(state="withdrawn")
    return rows.select_related("page", "material").order_by("material_id", "pk")


def held_posts(municipality: Municipality) -> QuerySet[Post]:
    """What the calm mode holds, the earliest planned first."""
    return posts_of(municipality).filter(state="held").order_by("planned_at", "pk")


def materials_of(municipality: Municipality) -> QuerySet[Material]:
    """Materials with their versions, the newest first; no exercise."""
    rows = Material.objects.filter(municipality=municipality, is_exercise=False)
    posts = Post.objects.exclude(state="withdrawn").select_related("page").order_by("pk")
    return rows.select_related("rubric", "audience").prefetch_related(
        Prefetch("posts", queryset=posts, to_attr="versions")
    )


def waiting_for_approval(municipality: Municipality) -> QuerySet[Material]:
    """What waits for somebody's word, the earliest first; exercises too."""
    rows = Material.objects.filter(municipality=municipality, state="approval")
    return rows.select_related("rubric", "audience").order_by("number")


def calm_of(municipality: Municipality) -> CalmMode | None:
    """The calm mode that is on now."""
    return CalmMode.objects.filter(municipality=municipality, ended_at=None).first()


def pages_to_post(municipality: Municipality) -> QuerySet[OfficialPage]:
    """Open official pages a version can be written for."""
    rows = OfficialPage.objects.filter(municipality=municipality, closed_on=None)
    return rows.select_related("channel")


def rubrics_of(municipality: Municipality) -> QuerySet[Rubric]:
    """Rubrics in use."""
    return Rubric.objects.filter(municipality=municipality, closed_on=None)


def groups_of(municipality: Municipality) -> QuerySet[TargetGroup]:
    """Target groups in use."""
    return TargetGroup.objects.filter(municipality=municipality, closed_on=None)


def templates_of(municipality: Municipality) -> QuerySet[PostTemplate]:
    """Templates in use."""
    return PostTemplate.objects.filter(municipality=municipality, closed_at=None).select_related("rubric")


def pictures_of(municipality: Municipality) -> QuerySet[MediaItem]:
    """Pictures of the library, the newest first."""
    return MediaItem.objects.filter(municipality=municipality, retired_at=None).select_related(
        "file", "rubric"
    )


def exports_of(municipality: Municipality) -> QuerySet[PublicsExport]:
    """Files given out for «Госпаблики», the newest first."""
    return PublicsExport.objects.filter(municipality=municipality).select_related("file")


def for_publics(municipality: Municipality) -> QuerySet[Post]:
    """Agreed posts of pages kept through «Госпаблики» that were not given out yet."""
    rows = posts_of(municipality).filter(page__in_publics_system=True, publics_export=None)
    return rows.filter(state__in=["approved", "by_hand", "placed"], in_publics_system=False)


def _with_reach(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts with the newest numbers known: `views`, `likes`, `comments`, `reposts`."""
    newest = PostReach.objects.filter(post=OuterRef("pk")).order_by("-at", "-pk")
    known = {name: Subquery(newest.filter(**{f"{name}__isnull": False}).values(name)[:1]) for name in COUNTS}
    return posts.annotate(**known)


def totals(municipality: Municipality, period: Period) -> dict[str, int]:
    """Posts out in the period and what they gathered: `posts`, `views`, `likes`, `comments`, `reposts`."""
    start, end = period.moments(municipality.time_zone)
    out = posts_of(municipality).filter(state="placed", placed_at__gte=start, placed_at__lt=end)
    rows = _with_reach(out)
    told = rows.aggregate(posts=Count("pk"), **{f"sum_{name}": Sum(name) for name in COUNTS})
    return {"posts": told["posts"], **{name: told[f"sum_{name}"] or 0 for name in COUNTS}}
