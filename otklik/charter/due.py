"""Duties of a cadence that fall due: of whose role, until which day. Evidence counted ahead tells what was done."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from otklik.charter.models import Clause, KeptEvidence
from otklik.charter.state import RHYTHMS, yesterday
from otklik.common.models import Municipality
from otklik.common.periods import before
from otklik.common.today import day_in

AHEAD = timedelta(days=4)


@dataclass(frozen=True)
class DueDuty:
    """A duty with its day; `link` is the screen where it is done."""

    clause_id: str
    title: str
    cadence: str
    due: date
    link: str


def due_day(
    cadence: str, last: date | None, today: date, workday_before: Callable[[date], date] = yesterday
) -> date | None:
    """By which day the duty must be done next: the end of the running stretch, or of the one already missed.

    None without a rhythm and for what was done in the running stretch. What was never done is due by the end of the
    running stretch: nobody is blamed for a time before the installation.
    """
    stretch_of = RHYTHMS.get(cadence)
    if stretch_of is None:
        return None
    running = stretch_of(today)
    if last is not None and last >= running.since:
        return None
    if last is None:
        return running.until
    former = workday_before(today) if running.since == running.until else before(running).since
    if last >= former:
        return running.until
    return former if running.since == running.until else running.since - timedelta(days=1)


def duties_due(
    municipality: Municipality,
    actors: Collection[str],
    now: datetime,
    today: date,
    workday_before: Callable[[date], date] = yesterday,
) -> list[DueDuty]:
    """Duties of these roles («» is the whole centre's) that are late or due within days, nearest first."""
    clauses = Clause.objects.filter(
        municipality=municipality, actor__in=actors, cadence__in=RHYTHMS, evidence_key__gt=""
    )
    asked = list(clauses.order_by("position"))
    rows = KeptEvidence.objects.filter(
        municipality=municipality, key__in={one.evidence_key for one in asked}, counted_at__lte=now
    )
    kept = {one.key: one for one in rows} if asked else {}
    return sorted(_due(asked, kept, municipality, today, workday_before), key=lambda one: one.due)


def _due(
    asked: Iterable[Clause],
    kept: dict[str, KeptEvidence],
    municipality: Municipality,
    today: date,
    workday_before: Callable[[date], date],
) -> Iterable[DueDuty]:
    for one in asked:
        proof = kept.get(one.evidence_key)
        if proof is None:
            continue
        last = day_in(municipality, proof.last_at) if proof.last_at else None
        due = due_day(one.cadence, last, today, workday_before)
        if due is not None and due <= today + AHEAD:
            yield DueDuty(one.clause_id, one.title, one.cadence, due, proof.link)
