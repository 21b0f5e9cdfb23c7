"""Questions to the content plan: the board, what waits for a person, what is held, what came of it."""

from datetime import datetime

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Sum

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.language.personal import find_personal
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
from otklik.outreach.content.rules import COUNTS, Note, notes
from otklik.outreach.models import OfficialPage

PRIVATE = {
    "phone": "похоже на телефон человека",
    "email": "похоже на почту человека",
    "passport": "номер паспорта",
    "snils": "СНИЛС",
    "inn": "ИНН человека",
    "card": "номер карты",
    "account": "номер счёта",
    "plate": "номер машины",
    "flat": "номер квартиры",
    "name": "имя человека",
    "birthdate": "дата рождения",
}


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


def board(municipality: Municipality, since: datetime, until: datetime) -> QuerySet[Post]:
    """Posts planned or out between two moments, in order of time."""
    rows = posts_of(municipality).exclude(state="withdrawn")
    return rows.filter(planned_at__gte=since, planned_at__lt=until).order_by("planned_at", "pk")


def undated(municipality: Municipality) -> QuerySet[Post]:
    """Drafts without a time: they go out at once when agreed."""
    rows = posts_of(municipality).filter(planned_at=None, state__in=["draft", "approval"])
    return rows.order_by("-material__number", "pk")


def held_posts(municipality: Municipality) -> QuerySet[Post]:
    """What the calm mode holds, the earliest planned first."""
    return posts_of(municipality).filter(state="held").order_by("planned_at", "pk")


def for_hands(municipality: Municipality) -> QuerySet[Post]:
    """What a person must place, look for or send again."""
    rows = Post.objects.filter(municipality=municipality, state__in=["by_hand", "failed"])
    return rows.select_related("page", "material", "outgoing").order_by("planned_at", "pk")


def materials_of(municipality: Municipality) -> QuerySet[Material]:
    """Materials with their versions, the newest first; no exercise."""
    rows = Material.objects.filter(municipality=municipality, is_exercise=False)
    posts = Post.objects.exclude(state="withdrawn").select_related("page").order_by("pk")
    return rows.select_related("rubric", "audience", "author_post").prefetch_related(
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


def with_reach(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts with the newest numbers known: `views`, `likes`, `comments`, `reposts`."""
    newest = PostReach.objects.filter(post=OuterRef("pk")).order_by("-at", "-pk")
    known = {name: Subquery(newest.filter(**{f"{name}__isnull": False}).values(name)[:1]) for name in COUNTS}
    return posts.annotate(**known)


def totals(municipality: Municipality, period: Period) -> dict[str, int]:
    """Posts out in the period and what they gathered: `posts`, `views`, `likes`, `comments`, `reposts`."""
    start, end = period.moments(municipality.time_zone)
    out = posts_of(municipality).filter(state="placed", placed_at__gte=start, placed_at__lt=end)
    rows = with_reach(out)
    told = rows.aggregate(posts=Count("pk"), **{f"sum_{name}": Sum(name) for name in COUNTS})
    return {"posts": told["posts"], **{name: told[f"sum_{name}"] or 0 for name in COUNTS}}


def notes_of(post: Post) -> list[Note]:
    """What is wrong with a version here and what may be somebody's private data, stops first."""
    found = notes(post.page.network, post.text, post.picture_id is not None)
    kinds = dict.fromkeys(span.kind for span in find_personal(post.text))
    private = [
        Note("hint", f"Проверьте, можно ли это публиковать: {PRIVATE.get(kind, kind)}.") for kind in kinds
    ]
    return [*found, *private]
