"""Saves planned cases in bulk: numbers, rows, first moves, assignments, journal, notices."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from otklik.accounts.models import Notice, User
from otklik.audit.services import Entry, record_many
from otklik.cases.letters import Letter, letter
from otklik.cases.models import (
    Applicant,
    Assignment,
    Case,
    CaseFile,
    CaseText,
    Move,
    Question,
    Term,
    Thread,
    Twin,
)
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.planning import Plan
from otklik.cases.services.sending import send_receipts
from otklik.channels.models import RawMessage, StoredFile
from otklik.common.words import plural

RECEIPTS = frozenset({"web_form", "email"})
NEXT_NUMBERS = """
INSERT INTO cases_casecounter (municipality_id, year, last) VALUES (%s, %s, %s)
ON CONFLICT ON CONSTRAINT case_counter DO UPDATE SET last = cases_casecounter.last + EXCLUDED.last RETURNING last
"""


def save_plans(plans: Sequence[Plan], by: User | None, now: datetime, known: Knowledge) -> list[Case]:
    """Write everything the plans hold, inside the caller's transaction; returns the cases in order."""
    if not plans:
        return []
    _give_numbers([plan.case for plan in plans], now, known)
    applicants = Applicant.objects.bulk_create([plan.applicant for plan in plans])
    for plan, applicant in zip(plans, applicants, strict=True):
        plan.case.applicant = applicant
    cases = Case.objects.bulk_create([plan.case for plan in plans], batch_size=500)
    _save_parts(plans, by, now, known)
    RawMessage.objects.filter(pk__in=[case.raw_id for case in cases]).update(state="registered", error="")
    _keep_files(cases, known)
    _leave_notices(cases, known)
    _tell_applicants(cases, now)
    record_many(
        [Entry(case, "cases.registered", by, plan.why) for case, plan in zip(cases, plans, strict=True)],
        known.municipality,
    )
    return cases


def _give_numbers(cases: Sequence[Case], now: datetime, known: Knowledge) -> None:
    year = known.local(now).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBERS, [known.municipality.pk, year, len(cases)])
        row = cursor.fetchone()
    last = int(row[0]) if row else len(cases)
    numbering = known.charter.numbering
    for number, case in enumerate(cases, start=last - len(cases) + 1):
        letter = numbering.appeal_letter if case.kind == "appeal" else numbering.message_letter
        case.number = numbering.case.format(year=year, number=number, kind=letter)


def _save_parts(plans: Sequence[Plan], by: User | None, now: datetime, known: Knowledge) -> None:
    town = known.municipality
    for plan in plans:
        parts: list[CaseText | Question | Term | Twin] = [
            plan.original,
            *plan.questions,
            *plan.terms,
            *plan.twins,
        ]
        for row in parts:
            row.case, row.municipality = plan.case, town
        for twin in plan.twins:
            twin.case_came_at = plan.case.came_at
    CaseText.objects.bulk_create([plan.original for plan in plans])
    Question.objects.bulk_create([row for plan in plans for row in plan.questions])
    Term.objects.bulk_create([row for plan in plans for row in plan.terms])
    Twin.objects.bulk_create([row for plan in plans for row in plan.twins], ignore_conflicts=True)
    Thread.objects.bulk_create([_placed(plan.thread, plan.case) for plan in plans if plan.thread])
    Move.objects.bulk_create([_first_move(plan, by, now) for plan in plans])
    Assignment.objects.bulk_create([row for plan in plans for row in _assignments(plan, now)])


def _placed(thread: Thread, case: Case) -> Thread:
    thread.case = case
    return thread


def _first_move(plan: Plan, by: User | None, now: datetime) -> Move:
    case = plan.case
    return Move(
        municipality=case.municipality,
        case=case,
        deed="register",
        state=case.state,
        at=now,
        by_id=by.pk if by else plan.clerk_id,
        by_title="" if by or plan.clerk_id else "Отклик",
        why=case.body_reason or case.kind_reason,
    )


def _assignments(plan: Plan, now: datetime) -> list[Assignment]:
    rule, case = plan.choice.rule, plan.case
    if rule is None:
        return []
    bodies = [(rule.body_id, True), *((body_id, False) for body_id in rule.co_body_ids)]
    return [
        Assignment(
            municipality=case.municipality,
            case=case,
            body_id=body_id,
            is_main=is_main,
            since=now,
            rule_id=rule.id,
            reason=plan.choice.reason[:300],
        )
        for body_id, is_main in bodies
    ]


def _keep_files(cases: Sequence[Case], known: Knowledge) -> None:
    by_raw = {case.raw_id: case for case in cases}
    files = StoredFile.objects.filter(raw_id__in=by_raw)
    CaseFile.objects.bulk_create(
        [CaseFile(municipality=known.municipality, case=by_raw[file.raw_id], file=file) for file in files]
    )


def _tell_applicants(cases: Sequence[Case], now: datetime) -> None:
    """A receipt to whoever left an address with us or waits in a talk with a bot; outer systems tell their own."""
    send_receipts(((case, _receipt(case)) for case in cases if _is_told(case)), now)


def _is_told(case: Case) -> bool:
    by_mail = case.channel.kind in RECEIPTS and case.applicant and case.applicant.email
    return bool(by_mail or (case.raw and case.raw.payload.get("receipt")))


def _receipt(case: Case) -> Letter:
    kind = "registered" if case.kind == "appeal" else "accepted"
    return letter(kind, case, due=case.next_legal_at or case.registered_at)


def _leave_notices(cases: Sequence[Case], known: Knowledge) -> None:
    """One line a body for the whole batch, so that an import does not bury the day."""
    loads = Counter(case.body_id for case in cases if case.body_id)
    single = {case.body_id: case for case in cases}
    Notice.objects.bulk_create(
        [
            Notice(
                municipality=known.municipality,
                body_id=body_id,
                text=_notice_words(count, single[body_id]),
                link=f"/cases/{single[body_id].number}/" if count == 1 else f"/cases/?body={body_id}",
            )
            for body_id, count in loads.items()
        ]
    )


def _notice_words(count: int, case: Case) -> str:
    if count == 1:
        return f"Назначена карточка {case.number}"
    return f"Назначено {count} {plural(count, 'карточка', 'карточки', 'карточек')}"
