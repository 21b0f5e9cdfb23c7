"""Queries that prove clauses about information risks. Records of people only; exercises never count.

Messages and reports of the alert chat are proved by `risks.chat`, campaigns and threats by `risks.campaigns`.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import QuerySet

from otklik.charter.evidence import Evidence, counted, during, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import number
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
from otklik.risks.models.records import Written
from otklik.risks.selectors import PAGE

WATCH = f"{PAGE}watch/"
Record = TypeVar("Record", bound=Written)


def _records(
    key: str, model: type[Record], said: Callable[[QuerySet[Record]], str] = lambda rows: "", at: str = "at"
) -> None:
    """Register one query: records of real risks written in the period, with what is said of them."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        rows = model._default_manager.filter(risk__drill=False, **during(at, municipality, period))
        return counted(rows, at, PAGE, said(rows))


# Verdicts with their grounds, false alarms too.
_records(
    "risks.verified", Verification, lambda rows: f"опровергнуто: {rows.filter(verdict='refuted').count()}"
)
# Circumstances that were not clear, told to those who may know.
_records("risks.unknown_facts", UnknownFact)
_records(
    "risks.measures",
    Measure,
    lambda rows: f"планируется: {rows.filter(kind='planned', done_at=None).count()}",
)
# Administrations and services told of a risk by its level.
_records("risks.criticality", Told)
# Control marks: somebody saw the official answer stand, or saw that it does not.
_records(
    "risks.placement", Placement, lambda rows: f"на месте: {rows.filter(stands=True).count()}", "checked_at"
)
_records("risks.reaction", Reaction)
_records(
    "risks.compensation", Compensation, lambda rows: f"эффект записан: {rows.exclude(effect='').count()}"
)


def _risks(field: str, municipality: Municipality, period: Period) -> QuerySet[Risk]:
    return Risk.objects.filter(drill=False, **during(field, municipality, period))


@proves("risks.register")
def register(municipality: Municipality, period: Period) -> Evidence:
    """Risks of the period that went through the procedure at least to their verification."""
    rows = _risks("found_at", municipality, period).exclude(verdict="")
    return counted(rows, "found_at", PAGE, f"отработано: {rows.filter(state='closed').count()}")


@proves("risks.found")
def found(municipality: Municipality, period: Period) -> Evidence:
    """Risks found in the period, each with its source and time."""
    return counted(_risks("found_at", municipality, period), "found_at", PAGE)


@proves("risks.closed")
def closed(municipality: Municipality, period: Period) -> Evidence:
    """Risks closed by what was observed after the hours of the watch."""
    rows = _risks("closed_at", municipality, period).filter(state="closed")
    return counted(rows, "closed_at", f"{PAGE}?state=closed")


@proves("risks.watch_pages")
def watched_pages(municipality: Municipality, period: Period) -> Evidence:
    """Looks of people at local pages, those that found nothing too."""
    return _looks(municipality, period, "local_pages")


@proves("risks.watch_chats")
def watched_chats(municipality: Municipality, period: Period) -> Evidence:
    """Looks of people at chats that let the centre in."""
    return _looks(municipality, period, "resident_chats")


def _looks(municipality: Municipality, period: Period, kind: str) -> Evidence:
    rows = WatchDay.objects.filter(by__isnull=False, page__kind=kind, **during("at", municipality, period))
    days = rows.values("day").distinct().count()
    return counted(rows, "at", WATCH, f"дней с просмотром: {days}")


@proves("risks.prone_topics")
def prone_topics(municipality: Municipality, period: Period) -> Evidence:
    """Topics of the register that stood in it during the period."""
    start, end = period.moments(municipality.time_zone)
    rows = RiskProneTopic.objects.filter(municipality=municipality, since__lt=end).exclude(until__lt=start)
    return counted(rows, "since", f"{PAGE}prone/")


@proves("risks.reaction_speed")
def reaction_speed(municipality: Municipality, period: Period) -> Evidence:
    """First words to residents, with how long they took."""
    rows = RiskClock.objects.filter(
        key="first_word", risk__drill=False, **during("stopped_at", municipality, period)
    )
    _, end = period.moments(municipality.time_zone)
    lines = speeds(municipality, period, "level", end)
    known = [minutes for one in lines if (minutes := one.speeds["first_word"].minutes) is not None]
    said = f"первое слово по уровням, мин: {', '.join(number(one) for one in known)}" if known else ""
    return counted(rows, "stopped_at", f"{PAGE}figures/", said)
