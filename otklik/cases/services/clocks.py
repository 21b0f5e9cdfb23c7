"""Clocks of a case as added rows: start, pause, resume, stop, extend; the case repeats the nearest one.

Counting is `deadlines`; here counted terms become rows, and a row's dates never change: what moves a date
closes the row and adds the next one with its reason. The nearest clock is set on the case in hand: `finish` saves it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from otklik.cases.models import Case, Term
from otklik.cases.services.knowledge import Knowledge
from otklik.common.errors import Refused
from otklik.deadlines import running
from otklik.deadlines.branches import Branch
from otklik.deadlines.clocks import FAST_STAGES, INCIDENT_CHANNELS, POS_CHANNELS
from otklik.deadlines.rules import CountedTerm, count_terms, due, promise_due, stage_terms

Nearest = tuple[str, datetime | None, datetime | None]
NEAREST = ("next_term_key", "next_control_at", "next_legal_at")
"""Fields of a case that repeat its nearest running clock."""
REVIEW = "fz59.review_days"
FAST_WHOLE, FAST_WHY = "fast_track.days", "механизм ускоренного решения"
ROUTING_CLOCKS = ("im.route_minutes", "pos.coordinator_days")


def row_of(
    case: Case, counted: CountedTerm, known: Knowledge, why: str = "", replaces: Term | None = None
) -> Term:
    """An unsaved row of a counted clock."""
    parameter = known.parameters.get(counted.key)
    return Term(
        municipality_id=case.municipality_id,
        case=case if case.pk else None,
        key=counted.key,
        title=counted.title,
        clause=counted.clause,
        unit=counted.unit,
        is_inner=counted.inner,
        is_unconfirmed=parameter is not None and parameter.needs_confirmation,
        start_at=counted.start,
        control_at=counted.control_at,
        legal_at=counted.legal_at,
        nominal_on=counted.nominal_on,
        replaces=replaces,
        why=why,
    )


def registration_terms(case: Case, known: Knowledge) -> list[Term]:
    """Every clock that starts with the case; registration itself ends its clock, an auto-rule that of routing.

    A case of a fast-track mechanism has the clocks of its stages beside.
    """
    norms = known.stages_of(case)
    counted = count_terms(
        "appeal" if case.kind == "appeal" else "message",
        case.channel.kind,
        case.urgency,
        case.fast_track,
        case.came_at,
        case.registered_at,
        known.calendar,
        {**known.values, **norms},
    )
    rows = [row_of(case, one, known) for one in counted]
    rows += fast_rows(case, norms, known, {row.key for row in rows})
    for row in rows:
        if row.key == "fz59.register_days":
            row.stopped_at, row.stop_reason = case.registered_at, "зарегистрировано"
        if row.key in ROUTING_CLOCKS and case.state == "assigned":
            row.stopped_at, row.stop_reason = case.registered_at, "назначено автоправилом"
    return rows


def fast_rows(
    case: Case, norms: Mapping[str, int], known: Knowledge, there: Collection[str] = ()
) -> list[Term]:
    """Unsaved clocks of a fast-track mechanism: its stages and its whole; none where the case has no norms.

    The norms are an approved decision, so these clocks wear no badge. Registration is behind already.
    """
    if not norms:
        return []
    counted = stage_terms(norms, case.came_at, case.registered_at, known.calendar)
    if FAST_WHOLE not in there:
        counted.append(due(FAST_WHOLE, case.registered_at, known.calendar, {**known.values, **norms}))
    rows = [row_of(case, one, known, FAST_WHY) for one in counted]
    for row in rows:
        row.is_unconfirmed = False
        if row.key == FAST_STAGES[0].key:
            row.stopped_at, row.stop_reason = case.registered_at, "зарегистрировано"
    return rows


def start_fast_track(case: Case, norms: Mapping[str, int]) -> None:
    """Put clocks of a mechanism on a case that is in work already; those of the answer keep their dates."""
    running = set(Term.objects.filter(case=case).values_list("key", flat=True))
    if FAST_STAGES[1].key not in running:
        Term.objects.bulk_create(fast_rows(case, norms, Knowledge(case.municipality), running))
        look_at_clocks(case)


def nearest(terms: Iterable[Term]) -> Nearest:
    """Key and moments of the running clock nearest to breach; on equality the legal one.

    The control moment counts working hours and may come after the law's clock hours: over a weekend the law is first.
    """
    live = [term for term in terms if term.stopped_at is None and term.paused_at is None]
    if not live:
        return "", None, None
    first = min(live, key=lambda term: (min(term.control_at, term.legal_at), term.is_inner))
    legal = min((term.legal_at for term in live if not term.is_inner), default=None)
    return first.key, min(first.control_at, first.legal_at), legal


def running_terms(case: Case) -> list[Term]:
    """Clocks that still run or stand, locked."""
    return list(Term.objects.select_for_update().filter(case=case, stopped_at=None))


def look_at_clocks(case: Case) -> None:
    """Repeat the nearest running clock on the case in hand; whoever ends the deed saves it (`NEAREST`)."""
    live = Term.objects.filter(case=case, stopped_at=None)
    case.next_term_key, case.next_control_at, case.next_legal_at = nearest(live)


def refresh_nearest(case: Case) -> None:
    """Repeat the nearest running clock on the case's row: after a deed has been ended."""
    look_at_clocks(case)
    case.save(update_fields=NEAREST)


def stop_clocks(case: Case, now: datetime, reason: str, keys: Iterable[str] | None = None) -> None:
    """Stop running clocks (of these keys, or all): their event has come."""
    live = Term.objects.filter(case=case, stopped_at=None)
    if keys is not None:
        live = live.filter(key__in=list(keys))
    if live.update(stopped_at=now, stop_reason=reason[:40], paused_at=None):
        look_at_clocks(case)


def pause_inner(case: Case, now: datetime, but: Collection[str] = ()) -> None:
    """Inner clocks stand while the applicant is asked; the law's clock runs on, and so do those of `but`."""
    inner = Term.objects.filter(case=case, stopped_at=None, is_inner=True, paused_at=None)
    if inner.exclude(key__in=list(but)).update(paused_at=now):
        look_at_clocks(case)


def resume_inner(case: Case, now: datetime) -> None:
    """Inner clocks go on: each standing row is closed and continued by one moved by the time it stood."""
    known = Knowledge(case.municipality)
    live = running_terms(case)
    bound = min((term.control_at for term in live if not term.is_inner), default=None)
    for term in live:
        if term.paused_at is None:
            continue
        moved = running.resume(running.Term.of(term), now, known.calendar, bound)
        _replace(term, now, "пауза окончена", moved.control_at, moved.legal_at, term.nominal_on, known)
    look_at_clocks(case)


def _replace(
    term: Term,
    now: datetime,
    why: str,
    control: datetime,
    legal: datetime,
    nominal: date,
    known: Knowledge,
) -> Term:
    term.stopped_at, term.stop_reason, term.paused_at = now, "заменён", None
    term.save(update_fields=["stopped_at", "stop_reason", "paused_at"])
    copied = (
        "municipality_id",
        "case_id",
        "key",
        "title",
        "clause",
        "unit",
        "is_inner",
        "is_unconfirmed",
        "start_at",
    )
    told, day_of = term.warned_days, known.calendar.day_of
    if told is not None:
        # The day of the last warning stays; how many days were left on it is counted to the new date.
        told += (day_of(control) - day_of(term.control_at)).days
    return Term.objects.create(
        **{name: getattr(term, name) for name in copied},
        warned_days=told,
        control_at=control,
        legal_at=legal,
        nominal_on=nominal,
        replaces=term,
        why=why,
    )


def extend_review(case: Case, days: int, reason: str, now: datetime) -> Term:
    """Extend the law's clock once (59-ФЗ ст. 12 ч. 2). Raises `Refused` with the rule that is not kept."""
    known = Knowledge(case.municipality)
    term = next((one for one in running_terms(case) if one.key == REVIEW), None)
    if term is None:
        raise Refused("Продлевается только идущий срок ответа на обращение по 59-ФЗ.")
    later = running.extend(
        running.Term.of(term),
        days,
        reason,
        now,
        term.replaces_id is not None,
        term.nominal_on,
        known.calendar,
        known.values,
    )
    fresh = _replace(
        term, now, f"продлено: {reason}"[:300], later.control_at, later.legal_at, later.nominal_on, known
    )
    look_at_clocks(case)
    return fresh


def start_clock(case: Case, key: str, now: datetime, why: str = "") -> Term:
    """Start one more clock of the case; one of the same key that still runs is kept as it is."""
    known = Knowledge(case.municipality)
    kept = Term.objects.filter(case=case, key=key, stopped_at=None).first()
    if kept:
        return kept
    term = row_of(case, due(key, now, known.calendar, known.values), known, why)
    term.save()
    look_at_clocks(case)
    return term


def end_branch(case: Case, branch: Branch, now: datetime) -> Term | None:
    """Put the branch's own clock on record as its deed ends it: from registration, or from the deed that asks.

    Until the deed nobody can know that the branch will be taken; a late one stays on record as late. None for a
    message and for a branch to which the law gives no term of its own.
    """
    if case.kind != "appeal" or not branch.clock or branch.starts_on_deed:
        return None
    known = Knowledge(case.municipality)
    counted = due(branch.clock, case.registered_at, known.calendar, known.values)
    term = row_of(case, counted, known, f"59-ФЗ, {branch.clause}: {branch.title}")
    term.stopped_at, term.stop_reason = now, branch.title[:40]
    term.save()
    return term


def answer_key(case: Case) -> str:
    """The outer clock of the answer for this case: law, ПОС, Инцидент or the town's own."""
    if case.kind == "appeal":
        return REVIEW
    if case.channel.kind in INCIDENT_CHANNELS:
        return "im.first_answer_hours_urgent" if case.urgency == "high" else "im.first_answer_hours"
    family = "pos" if case.channel.kind in POS_CHANNELS else "message"
    return f"{family}.days_fast" if case.fast_track else f"{family}.days_ordinary"


def start_repeat(case: Case, now: datetime, why: str) -> Term:
    """A reopened case: the answer's clock starts anew; a message gets the fast period (DOMAIN 2)."""
    key = answer_key(case)
    return start_clock(case, key.replace("days_ordinary", "days_fast"), now, why)


def check_promise(case: Case, day: date, now: datetime) -> CountedTerm:
    """Count the promise's clock without saving; raises `Refused` for a past day or a day off."""
    known = Knowledge(case.municipality)
    return promise_due(now, day, known.calendar, known.values)


def start_promise(case: Case, day: date, now: datetime) -> Term:
    """Put the promised date under control, instead of an earlier promise."""
    known = Knowledge(case.municipality)
    stop_clocks(case, now, "новое обещание", ["promise"])
    term = row_of(case, check_promise(case, day, now), known, "обещано в промежуточном ответе")
    term.save()
    look_at_clocks(case)
    return term
