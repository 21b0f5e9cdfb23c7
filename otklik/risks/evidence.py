"""Queries that prove clauses about information risks. Records of people only; exercises never count.

Messages and reports of the alert chat are proved by `risks.chat`, campaigns and threats by `risks.campaigns`.
"""

from typing import Any

from django.db.models import QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.risks.figures import speeds
from otklik.risks.models import (
    Compensation,
    Measure,
    Placement,
    Reaction,
    Risk,
    RiskClock,
    RiskProneTopic,
    Told,
    UnknownFact,
    Verification,
    WatchDay,
)
from otklik.risks.selectors import PAGE

WATCH = f"{PAGE}watch/"


def _during(municipality: Municipality, period: Period, field: str) -> dict[str, Any]:
    start, end = period.moments(municipality.time_zone)
    return {"municipality": municipality, f"{field}__gte": start, f"{field}__lt": end}


def _of_real(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(risk__drill=False)


@proves("risks.register")
def register(municipality: Municipality, period: Period) -> Evidence:
    """Risks of the period that went through the procedure at least to their verification."""
    rows = Risk.objects.filter(drill=False, **_during(municipality, period, "found_at")).exclude(verdict="")
    closed = rows.filter(state="closed").count()
    return counted(rows, "found_at", PAGE, f"отработано: {closed}")


@proves("risks.found")
def found(municipality: Municipality, period: Period) -> Evidence:
    """Risks found in the period, each with its source and time."""
    return counted(
        Risk.objects.filter(drill=False, **_during(municipality, period, "found_at")), "found_at", PAGE
    )


@proves("risks.watch_pages")
def watched_pages(municipality: Municipality, period: Period) -> Evidence:
    """Looks of people at local pages, those that found nothing too."""
    return _looks(municipality, period, "local_pages")


@proves("risks.watch_chats")
def watched_chats(municipality: Municipality, period: Period) -> Evidence:
    """Looks of people at chats that let the centre in."""
    return _looks(municipality, period, "resident_chats")


def _looks(municipality: Municipality, period: Period, kind: str) -> Evidence:
    rows = WatchDay.objects.filter(by__isnull=False, page__kind=kind, **_during(municipality, period, "at"))
    days = rows.values("day").distinct().count()
    return counted(rows, "at", WATCH, f"дней с просмотром: {days}")


@proves("risks.prone_topics")
def prone_topics(municipality: Municipality, period: Period) -> Evidence:
    """Topics of the register that stood in it during the period."""
    start, end = period.moments(municipality.time_zone)
    rows = RiskProneTopic.objects.filter(municipality=municipality, since__lt=end).exclude(until__lt=start)
    return counted(rows, "since", f"{PAGE}prone/")


@proves("risks.verified")
def verified(municipality: Municipality, period: Period) -> Evidence:
    """Verifications with a verdict and its grounds, false alarms too."""
    rows = _of_real(Verification.objects.filter(**_during(municipality, period, "at")))
    return counted(rows, "at", PAGE, f"опровергнуто: {rows.filter(verdict='refuted').count()}")


@proves("risks.unknown_facts")
def unknown_facts(municipality: Municipality, period: Period) -> Evidence:
    """Circumstances that were not clear, told to those who may know."""
    return counted(_of_real(UnknownFact.objects.filter(**_during(municipality, period, "at"))), "at", PAGE)


@proves("risks.measures")
def measures(municipality: Municipality, period: Period) -> Evidence:
    """Measures written down: taken and planned."""
    rows = _of_real(Measure.objects.filter(**_during(municipality, period, "at")))
    return counted(rows, "at", PAGE, f"планируется: {rows.filter(kind='planned', done_at=None).count()}")


@proves("risks.criticality")
def told_by_level(municipality: Municipality, period: Period) -> Evidence:
    """Administrations and services told of a risk by its level."""
    return counted(_of_real(Told.objects.filter(**_during(municipality, period, "at"))), "at", PAGE)


@proves("risks.placement")
def placements_checked(municipality: Municipality, period: Period) -> Evidence:
    """Control marks of official answers: somebody saw the answer stand, or saw that it does not."""
    rows = _of_real(Placement.objects.filter(**_during(municipality, period, "checked_at")))
    return counted(rows, "checked_at", PAGE, f"на месте: {rows.filter(stands=True).count()}")


@proves("risks.reaction")
def reactions(municipality: Municipality, period: Period) -> Evidence:
    """Dated observations of the reaction."""
    return counted(_of_real(Reaction.objects.filter(**_during(municipality, period, "at"))), "at", PAGE)


@proves("risks.closed")
def closed(municipality: Municipality, period: Period) -> Evidence:
    """Risks closed by what was observed after the hours of the watch."""
    rows = Risk.objects.filter(drill=False, state="closed", **_during(municipality, period, "closed_at"))
    return counted(rows, "closed_at", f"{PAGE}?state=closed")


@proves("risks.compensation")
def compensations(municipality: Municipality, period: Period) -> Evidence:
    """Publications that made up for a news item; how many have their effect written down."""
    rows = _of_real(Compensation.objects.filter(**_during(municipality, period, "at")))
    return counted(rows, "at", PAGE, f"эффект записан: {rows.exclude(effect='').count()}")


@proves("risks.reaction_speed")
def reaction_speed(municipality: Municipality, period: Period) -> Evidence:
    """First words to residents, with how long they took."""
    rows = RiskClock.objects.filter(
        key="first_word", risk__drill=False, **_during(municipality, period, "stopped_at")
    )
    _, end = period.moments(municipality.time_zone)
    lines = speeds(municipality, period, "level", end)
    known = [
        one.speeds["first_word"].minutes for one in lines if one.speeds["first_word"].minutes is not None
    ]
    said = f"первое слово, по уровням, мин: {', '.join(f'{one:g}' for one in known if one is not None)}"
    return counted(rows, "stopped_at", f"{PAGE}figures/", said if known else "")
