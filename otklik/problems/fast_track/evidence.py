"""Queries that prove clauses about fast-track mechanisms: what was proposed, what is in force, how fast it went."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from otklik.cases.models import Case, Move
from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import number
from otklik.problems.fast_track.models import Gain, Measure, Mechanism, Proposal
from otklik.problems.fast_track.rules import LESS_THAN_DAYS

PAGE = "/fast-track/"


def _answered(municipality: Municipality, period: Period) -> QuerySet[Case]:
    start, end = period.moments(municipality.time_zone)
    return Case.objects.filter(
        municipality=municipality, fast_track=True, answered_at__gte=start, answered_at__lt=end
    )


@proves("fast_track.mechanisms")
def mechanisms(municipality: Municipality, period: Period) -> Evidence:
    """Mechanisms in force on any day of the period."""
    start, end = period.moments(municipality.time_zone)
    rows = Mechanism.objects.filter(
        Q(stopped_at__isnull=True) | Q(stopped_at__gte=start), municipality=municipality, approved_at__lt=end
    )
    return counted(rows, "approved_at", PAGE)


@proves("fast_track.cycle")
def cycle(municipality: Municipality, period: Period) -> Evidence:
    """Fast-track cases answered in the period in less than thirty days from registration."""
    answered = _answered(municipality, period)
    quick = answered.filter(answered_at__lt=F("registered_at") + timedelta(days=LESS_THAN_DAYS))
    told = f"уложились {number(quick.count())} из {number(answered.count())}"
    return counted(quick, "answered_at", PAGE, told)


@proves("fast_track.stages")
def stages(municipality: Municipality, period: Period) -> Evidence:
    """Fast-track cases answered in the period with a moment of every stage."""
    done = Move.objects.filter(case=OuterRef("pk"))
    rows = _answered(municipality, period).filter(
        Exists(done.filter(deed="submit")), Exists(done.filter(deed="sign"))
    )
    return counted(rows, "answered_at", PAGE, "отмечены все четыре этапа")


@proves("fast_track.measures")
def measures(municipality: Municipality, period: Period) -> Evidence:
    """Organisational and technical measures written down in the period."""
    start, end = period.moments(municipality.time_zone)
    rows = Measure.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    done = number(rows.filter(done_at__isnull=False).count())
    return counted(rows, "at", PAGE, f"из них исполнено {done}")


@proves("fast_track.proposed")
def proposed(municipality: Municipality, period: Period) -> Evidence:
    """Proposals by topics that come back."""
    start, end = period.moments(municipality.time_zone)
    rows = Proposal.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    return counted(rows, "at", PAGE)


@proves("fast_track.effect")
def effect(municipality: Municipality, period: Period) -> Evidence:
    """Gains measured in the period, the newest in words."""
    start, end = period.moments(municipality.time_zone)
    rows = Gain.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    newest = rows.order_by("-at", "-pk").first()
    return counted(rows, "at", PAGE, newest.words if newest else "")
