"""Queries that prove clauses about recommendations, practices, digital proposals, priorities and their adoption."""

from django.db.models import Q, QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import number
from otklik.problems.advice.models import Adoption, Advice, Effect

PAGE = "/advice/"
GROUNDED = Q(problem__isnull=False) | Q(finding__isnull=False) | Q(review__isnull=False) | ~Q(ground_link="")
"""Advice that stands on a problem, a finding, a checked answer or a list of cases."""


def _advice(municipality: Municipality, period: Period) -> QuerySet[Advice]:
    start, end = period.moments(municipality.time_zone)
    return Advice.objects.filter(municipality=municipality, at__gte=start, at__lt=end)


def _of_advice(key: str, condition: Q, link: str) -> None:
    """Register one query: lines of the catalogue written in the period; how many of them are accepted."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        rows = _advice(municipality, period).filter(condition)
        told = f"принято {number(rows.filter(state='accepted').count())}"
        return counted(rows, "at", link, told)


_of_advice("problems.recommendations", Q(kind="communication"), f"{PAGE}?kind=communication")
_of_advice("problems.online", Q(kind="online"), f"{PAGE}?kind=online")
_of_advice("problems.priorities", Q(kind="priority"), f"{PAGE}?kind=priority")
_of_advice("problems.practices", Q(kind="practice"), f"{PAGE}?kind=practice")
_of_advice("problems.digital", Q(kind="digital"), f"{PAGE}?kind=digital")
_of_advice("problems.new_services", Q(kind="service"), f"{PAGE}?kind=service")
_of_advice("problems.optimisation", Q(kind="optimisation"), f"{PAGE}?kind=optimisation")
_of_advice("problems.urgent", Q(is_urgent=True), f"{PAGE}?urgent=1")
# A block's work is tied to digitalisation once the proposal names both the block and the branch's measure.
_of_advice(
    "problems.digital_link", Q(kind="digital") & ~Q(block_key="") & ~Q(programme=""), f"{PAGE}?kind=digital"
)
# Proposals to the head, deputies, units and organisations: a decision asked of a named addressee.
_of_advice(
    "problems.proposals",
    Q(kind="decision") & (Q(body__isnull=False) | Q(post__isnull=False)),
    f"{PAGE}?kind=decision",
)


@proves("problems.decisions")
def decisions(municipality: Municipality, period: Period) -> Evidence:
    """Decisions of the period on advice that stands on cases, findings or problems."""
    start, end = period.moments(municipality.time_zone)
    rows = Advice.objects.filter(
        GROUNDED, municipality=municipality, decided_at__gte=start, decided_at__lt=end
    )
    return counted(rows, "decided_at", PAGE, f"принято {number(rows.filter(state='accepted').count())}")


def _adoptions(municipality: Municipality, period: Period) -> QuerySet[Adoption]:
    start, end = period.moments(municipality.time_zone)
    return Adoption.objects.filter(municipality=municipality, at__gte=start, at__lt=end)


@proves("problems.adoption_reports")
def adoption_reports(municipality: Municipality, period: Period) -> Evidence:
    """Reports of blocks on the adoption of recommendations."""
    return counted(_adoptions(municipality, period), "at", PAGE)


@proves("problems.practices_adopted")
def practices_adopted(municipality: Municipality, period: Period) -> Evidence:
    """Practices, and advice that follows a practice, which a block has put in place."""
    practice = Q(advice__kind="practice") | Q(advice__practice__isnull=False)
    rows = _adoptions(municipality, period).filter(practice, state="adopted")
    return counted(rows, "at", f"{PAGE}?kind=practice")


@proves("problems.rollout")
def rollout(municipality: Municipality, period: Period) -> Evidence:
    """How blocks bring in regulations and platforms."""
    rows = _adoptions(municipality, period).filter(advice__kind="rollout")
    return counted(rows, "at", f"{PAGE}?kind=rollout")


@proves("problems.practice_effect")
def practice_effect(municipality: Municipality, period: Period) -> Evidence:
    """Effects recorded in the period for practices and for advice that follows them."""
    start, end = period.moments(municipality.time_zone)
    practice = Q(advice__kind="practice") | Q(advice__practice__isnull=False)
    rows = Effect.objects.filter(practice, municipality=municipality, at__gte=start, at__lt=end)
    return counted(rows, "at", f"{PAGE}?kind=practice")
