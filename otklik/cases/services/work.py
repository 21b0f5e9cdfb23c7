"""Deeds of everyday work: assign, take, pass on, return, ask, close, reopen, note, reveal."""

from collections.abc import Sequence
from datetime import datetime

from otklik.accounts.models import Body, User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.cases.letters import letter
from otklik.cases.models import Assignment, Case, CaseText, Move, Note
from otklik.cases.rules import UNANSWERED_GROUNDS
from otklik.cases.services.clocks import (
    ROUTING_CLOCKS,
    pause_inner,
    start_fast_track,
    start_repeat,
    stop_clocks,
)
from otklik.cases.services.facts import facts_of
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.moving import begin, finish, rights_for
from otklik.cases.services.sending import send_letter
from otklik.cases.services.talking import add_question, add_reply, resume_after_reply
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.routing.models import Rule
from otklik.routing.rules import Conditions, why_matches


def put_assignment(
    case: Case,
    body: Body,
    now: datetime,
    reason: str,
    user: User | None = None,
    rule: Rule | None = None,
    co_bodies: Sequence[Body] = (),
) -> None:
    """End the open assignments and add the new ones; the main one is constrained to be single."""
    Assignment.objects.filter(case=case, until=None).update(until=now)
    rows = [Assignment(body=body, user=user, is_main=True, rule=rule, reason=reason[:300])]
    rows += [Assignment(body=other, is_main=False, rule=rule, reason=reason[:300]) for other in co_bodies]
    for row in rows:
        row.case, row.municipality, row.since = case, case.municipality, now
    Assignment.objects.bulk_create(rows)


def _refuse_wrong_body(case: Case, body: Body) -> None:
    if body.is_external:
        raise Refused("Внешнему органу карточку не назначают. Переадресуйте её с уведомлением заявителя.")
    if case.text_kind == "complaint" and case.complained_of_id == body.pk:
        raise Refused(
            "Жалобу нельзя передать тому, на кого жалуются. Выберите другой орган "
            "или верните заявителю с разъяснением."
        )


@carries_out(
    "BOG-III.4.4.1",
    "BOG-III.4.5.1",
    "BOR-1.2.б",
    "BOR-2.5.а",
    "BOR-2.6.а",
    "LOV-1.2.2",
    "LOV-COMP-7.1",
    "MIH-2.2.3",
    "MIH-3.2.3",
)
def assign_case(
    case: Case,
    body: Body,
    by: User | None,
    now: datetime,
    reason: str,
    user: User | None = None,
    co_bodies: Sequence[Body] = (),
    rule: Rule | None = None,
) -> Case:
    """Make a body responsible; the case leaves the tray."""
    _refuse_wrong_body(case, body)
    case = begin(case, "assign", by)
    put_assignment(case, body, now, reason, user, rule, co_bodies)
    stop_clocks(case, now, "назначено", ROUTING_CLOCKS)
    fields = {
        "body": body,
        "executor": user,
        "rule": rule,
        "body_reason": reason[:300],
        "needs_triage": False,
    }
    mechanism = None if case.fast_track else _mechanism_for(case, body)
    if mechanism is not None:
        fields |= {"fast_track": True, "rule": mechanism}
        start_fast_track(case, mechanism.stages)
    finish(case, "assign", "cases.assigned", by, now, reason, fields, {"body": body.key})
    leave_notice(case.municipality, f"Назначена карточка {case.number}", f"/cases/{case.number}/", body=body)
    return case


def _mechanism_for(case: Case, body: Body) -> Rule | None:
    """The fast-track mechanism in force that leads a case of this topic to this body: a person who sorts the tray
    puts the case on it as the auto-rule would have done."""
    if case.topic is None:
        return None
    working = Rule.objects.filter(
        municipality=case.municipality, replaced_at=None, is_on=True, fast_track=True
    )
    facts = facts_of(case, Knowledge(case.municipality), frozenset())
    for rule in working.filter(body=body).exclude(stages={}).order_by("position", "number"):
        if why_matches(Conditions.from_json(rule.conditions), facts) is not None:
            return rule
    return None


@carries_out("BOG-II.1.3", "DEM-1.1.3", "MIH-1.3.3")
def take_case(case: Case, by: User, now: datetime) -> Case:
    """The executor takes the case in work."""
    case = begin(case, "take", by)
    Assignment.objects.filter(case=case, until=None, is_main=True).update(user=by)
    finish(case, "take", "cases.taken", by, now, fields={"executor": by})
    return case


@carries_out("BOR-2.3.в", "DEM-3.3.3")
def pass_on(case: Case, body: Body, by: User, now: datetime, reason: str) -> Case:
    """Hand the case over to another body with the reason."""
    if not reason.strip():
        raise Refused("Напишите, почему передаёте: причина останется в истории.")
    _refuse_wrong_body(case, body)
    case = begin(case, "pass_on", by)
    put_assignment(case, body, now, reason)
    # Bodies of a mechanism hand its cases to one another: the case stays on the mechanism's clocks.
    rule = case.rule if case.rule and case.rule.stages else None
    fields = {"body": body, "executor": None, "rule": rule, "body_reason": reason[:300]}
    finish(case, "pass_on", "cases.passed_on", by, now, reason, fields, {"body": body.key})
    leave_notice(case.municipality, f"Передана карточка {case.number}", f"/cases/{case.number}/", body=body)
    return case


def return_case(case: Case, by: User, now: datetime, reason: str) -> Case:
    """Give the case back for routing: «не наше», with the reason."""
    if not reason.strip():
        raise Refused("Напишите, почему возвращаете: иначе карточка придёт к вам снова.")
    case = begin(case, "return_case", by)
    Assignment.objects.filter(case=case, until=None).update(until=now)
    fields = {
        "body": None,
        "executor": None,
        "needs_triage": True,
        "triage_reason": f"вернули: {reason}"[:300],
    }
    finish(case, "return_case", "cases.returned", by, now, reason, fields)
    leave_notice(
        case.municipality,
        f"Возвращена карточка {case.number}",
        f"/cases/{case.number}/",
        permission="cases.assign",
    )
    return case


def ask_applicant(case: Case, question: str, by: User, now: datetime) -> Case:
    """Ask the applicant; inner clocks pause, the law's clock runs on."""
    if not question.strip():
        raise Refused("Напишите, что уточнить у заявителя.")
    case = begin(case, "ask", by)
    if case.body is None:
        raise Refused("Сначала назначьте исполнителя: иначе некому принять уточнение.")
    pause_inner(case, now)
    outgoing = send_letter(case, letter("ask", case, question=question.strip()), by, now)
    rights = rights_for(case, by)
    add_question(case, question.strip(), outgoing, by, rights.title if rights else "", now)
    finish(case, "ask", "cases.applicant_asked", by, now, question, details={"question": question})
    return case


def take_reply(case: Case, text: str, now: datetime) -> Case:
    """The applicant's reply to a question; the inner clocks go on."""
    if not text.strip():
        raise Refused("Напишите ответ на вопрос.")
    case = resume_after_reply(case, now)
    add_reply(case, text.strip(), now)
    if case.body:
        leave_notice(
            case.municipality,
            f"Заявитель ответил: {case.number}",
            f"/cases/{case.number}/#talk",
            body=case.body,
        )
    return case


def close_case(case: Case, by: User | None, now: datetime, result: str = "") -> Case:
    """Close an answered case; clocks that still run are stopped."""
    case = begin(case, "close", by)
    stop_clocks(case, now, "закрыто")
    fields = {"closed_at": now, **({"result": result} if result else {})}
    finish(case, "close", "cases.closed", by, now, result, fields)
    return case


def close_unanswered(case: Case, ground: str, by: User, now: datetime, reason: str = "") -> Case:
    """Close a message that needs no answer, on a ground of `UNANSWERED_GROUNDS`; its clocks stop."""
    if ground not in UNANSWERED_GROUNDS:
        raise Refused("Выберите, почему ответ не нужен.")
    title, needs_words = UNANSWERED_GROUNDS[ground].title, UNANSWERED_GROUNDS[ground].needs_words
    if needs_words and not reason.strip():
        raise Refused(f"Поясните «{title}» словами: причина останется в истории.")
    case = begin(case, "close_unanswered", by)
    stop_clocks(case, now, "ответ не нужен")
    fields = {"closed_at": now, "result": "no_answer", "needs_triage": False}
    why = ": ".join(part for part in (title, reason.strip()) if part)
    finish(case, "close_unanswered", "cases.closed_unanswered", by, now, why, fields, {"ground": ground})
    return case


def reopen_case(case: Case, reason: str, by: User | None, now: datetime) -> Case:
    """Bring an ended case back to work; its body keeps it, its channel's clock starts anew."""
    if not reason.strip():
        raise Refused("Напишите, почему возобновляете.")
    case = begin(case, "reopen", by)
    assigned = case.body is not None
    fields = {
        "state": "assigned" if assigned else "registered",
        "needs_triage": not assigned,
        "closed_at": None,
        "joined_to": None,
        "result": "",
    }
    start_repeat(case, now, f"возобновлено: {reason}"[:300])
    finish(case, "reopen", "cases.reopened", by, now, reason, fields)
    if case.body:
        put_assignment(case, case.body, now, reason)
        leave_notice(
            case.municipality,
            f"Возобновлена карточка {case.number}",
            f"/cases/{case.number}/",
            body=case.body,
        )
    return case


def add_note(case: Case, text: str, by: User) -> Note:
    """A line to colleagues."""
    if not text.strip():
        raise Refused("Заметка пуста.")
    note = Note.objects.create(municipality=case.municipality, case=case, text=text.strip(), by=by)
    record(case, "cases.note_added", by, case.municipality)
    return note


@carries_out("LOV-3.5.2", "MIH-4.1.1.5")
def reveal_personal(case: Case, by: User, now: datetime, why: str = "") -> CaseText:
    """Show the text as it came and the applicant, by right and with a journal entry."""
    rights = rights_for(case, by)
    if rights is None or "cases.view_personal" not in rights.permissions:
        raise Refused("У вашей роли нет права видеть персональные данные.")
    record(case, "cases.personal_shown", by, case.municipality, why=why, title=rights.title)
    return CaseText.objects.get(case=case)


def last_question(case: Case) -> str:
    """What the applicant was asked last; empty when nothing."""
    move = Move.objects.filter(case=case, deed="ask").order_by("-at").first()
    return str(move.details.get("question", "")) if move else ""
