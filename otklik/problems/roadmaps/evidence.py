"""Queries that prove clauses about roadmaps, plans of improvement, work between bodies and causes removed."""

from django.db.models import Count, F, Q, QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.problems.roadmaps.models import EffectCount, Helper, Measure, Roadmap
from otklik.problems.roadmaps.selectors import PAGE

MEASURES = ("мероприятие", "мероприятия", "мероприятий")


@proves("problems.roadmaps")
def roadmaps(municipality: Municipality, period: Period) -> Evidence:
    """Roadmaps with a root cause that were drafted in the period, with how many of them are approved."""
    rows = (
        _made(municipality, period).filter(kind__in=["roadmap", "interdepartmental"]).exclude(cause_text="")
    )
    agreed = rows.filter(approved_at__isnull=False).count()
    return counted(rows, "made_at", PAGE, f"утверждено {agreed}")


@proves("problems.improvement_plan")
def improvement_plans(municipality: Municipality, period: Period) -> Evidence:
    """Plans of improvement with at least one measure, drafted in the period."""
    rows = _made(municipality, period).filter(kind="improvement_plan", measures__isnull=False)
    inside = Measure.objects.filter(roadmap__in=rows.values("pk")).count()
    return counted(rows, "made_at", f"{PAGE}?kind=improvement_plan", count(inside, *MEASURES))


@proves("office.interdepartmental")
def between_bodies(municipality: Municipality, period: Period) -> Evidence:
    """Tasks of several bodies: measures of approved roadmaps where another body answers or helps, of the period."""
    start, end = period.moments(municipality.time_zone)
    agreed = Roadmap.objects.filter(
        municipality=municipality, approved_at__gte=start, approved_at__lt=end, edition__gte=1
    ).annotate(bodies=Count("measures__post__body", distinct=True))
    helped = Helper.objects.exclude(post__body=F("measure__post__body")).values("measure__roadmap")
    rows = Roadmap.objects.filter(Q(pk__in=agreed.filter(bodies__gt=1).values("pk")) | Q(pk__in=helped))
    rows = rows.filter(pk__in=agreed.values("pk"))
    return counted(rows, "approved_at", f"{PAGE}?kind=interdepartmental")


@proves("problems.cause_effect")
def effects(municipality: Municipality, period: Period) -> Evidence:
    """Effects counted in the period: the flow of a cause before and after its measures, against a control."""
    start, end = period.moments(municipality.time_zone)
    rows = EffectCount.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    proved = rows.filter(verdict="proved").values("roadmap").distinct().count()
    return counted(rows, "at", PAGE, f"эффект доказан: {proved}")


def _made(municipality: Municipality, period: Period) -> QuerySet[Roadmap]:
    start, end = period.moments(municipality.time_zone)
    return Roadmap.objects.filter(municipality=municipality, made_at__gte=start, made_at__lt=end)
