"""Queries that prove clauses about materials and posts: for whom, on what ground, where they went out. No exercise."""

from django.db.models import Count, F, Q, QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import number
from otklik.outreach.content.models import Material, Post

PAGE = "/content/"


def _materials(municipality: Municipality, period: Period) -> QuerySet[Material]:
    start, end = period.moments(municipality.time_zone)
    rows = Material.objects.filter(municipality=municipality, is_exercise=False).exclude(state="withdrawn")
    return rows.filter(made_at__gte=start, made_at__lt=end)


def _placed(municipality: Municipality, period: Period) -> QuerySet[Post]:
    start, end = period.moments(municipality.time_zone)
    rows = Post.objects.filter(municipality=municipality, state="placed", material__is_exercise=False)
    return rows.filter(placed_at__gte=start, placed_at__lt=end)


@proves("outreach.materials")
def materials(municipality: Municipality, period: Period) -> Evidence:
    """Materials of the period with a target group and a version for a page."""
    rows = _materials(municipality, period).filter(audience__isnull=False)
    adapted = rows.filter(
        pk__in=Post.objects.filter(municipality=municipality).exclude(state="withdrawn").values("material")
    )
    versions = adapted.aggregate(n=Count("posts", filter=~Q(posts__state="withdrawn")))["n"]
    return counted(adapted, "made_at", f"{PAGE}materials/", f"версий для страниц {number(versions)}")


@proves("outreach.posts")
def posts(municipality: Municipality, period: Period) -> Evidence:
    """Posts out in the period, each with its link."""
    rows = _placed(municipality, period)
    pages = number(rows.values("page").distinct().count())
    return counted(rows, "placed_at", PAGE, f"страниц {pages}, у каждой записи есть ссылка")


@proves("outreach.from_analysis")
def from_analysis(municipality: Municipality, period: Period) -> Evidence:
    """Posts out in the period whose material names its topic and the figures behind it."""
    rows = _placed(municipality, period).exclude(material__figures=[]).exclude(material__topic_key="")
    return counted(rows, "placed_at", PAGE, "у каждой названы тематика и цифры анализа")


@proves("outreach.publics_system")
def publics_system(municipality: Municipality, period: Period) -> Evidence:
    """Posts marked as put out through «Госпаблики»."""
    rows = _placed(municipality, period).filter(in_publics_system=True)
    return counted(rows, "placed_at", f"{PAGE}publics/")


@proves("outreach.content_plan")
def content_plan(municipality: Municipality, period: Period) -> Evidence:
    """Posts of the period planned ahead under a rubric, by the moment they were put into the plan."""
    start, end = period.moments(municipality.time_zone)
    rows = Post.objects.filter(
        municipality=municipality,
        material__is_exercise=False,
        material__rubric__isnull=False,
        material__made_at__gte=start,
        material__made_at__lt=end,
        planned_at__gt=F("material__made_at"),
    ).exclude(state="withdrawn")
    rubrics = number(rows.values("material__rubric").distinct().count())
    return counted(rows, "material__made_at", PAGE, f"рубрик {rubrics}")
