"""Deeds of proposals: to the head, or that a body takes part in solving a problem (ЛОВ 3.3); and decisions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Body, User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.common.words import table_day
from otklik.language.official import official_text
from otklik.office.coordination.models import Proposal
from otklik.office.coordination.services.common import TITLE, allowed, day_of
from otklik.office.coordination.services.plans import local_link
from otklik.office.coordination.words import PROPOSALS


@dataclass(frozen=True)
class ProposalText:
    """What is proposed about which problem, by which figures; `body` is who would take part."""

    kind: str
    problem: str
    text: str
    figures: str
    link: str = ""
    body: Body | None = None


@carries_out("LOV-3.3.2")
def propose(town: Municipality, said: ProposalText, by: User, now: datetime) -> Proposal:
    """Hand a proposal over for a decision. Raises Refused: without figures there is nothing to decide by."""
    rights = allowed(
        by, town, "Предложения готовит участник центра.", "problems.recommend", "office.organise"
    )
    if said.kind not in dict(Proposal.KINDS):
        raise Refused("Выберите, кому предложение: главе или об участии в решении проблемы.")
    if said.kind == "participation" and said.body is None:
        raise Refused("Выберите орган, чьё участие предлагаете.")
    if not any(letter.isdecimal() for letter in said.figures):
        raise Refused("В основании нет ни одного числа: напишите, сколько и за какие дни.")
    with transaction.atomic():
        made = Proposal.objects.create(
            municipality=town,
            number=next_number(Proposal, town),
            kind=said.kind,
            problem=official_text("Какая проблема", said.problem, 300),
            text=official_text("Что предлагается", said.text),
            figures=official_text("Цифры", said.figures, 1000),
            link=local_link(said.link),
            body=said.body,
            made_at=now,
            made_by=by,
            made_title=rights.title[:TITLE],
        )
    record(made, "coordination.proposed", by, town, title=str(made), details={"kind": said.kind})
    leave_notice(town, f"{made} ждёт решения: {made.problem}"[:300], PROPOSALS, permission="office.errands")
    return made


def decide(
    proposal: Proposal, decision: str, words: str, due: date | None, by: User, now: datetime
) -> Proposal:
    """Accept or decline, with words. The author does not decide the own proposal."""
    town = proposal.municipality
    rights = allowed(by, town, "Решает тот, кто даёт поручения.", "office.errands")
    if decision not in dict(Proposal.DECISIONS):
        raise Refused("Выберите решение: принято или отклонено.")
    with transaction.atomic():
        found = Proposal.objects.select_for_update(of=("self",)).select_related("body").get(pk=proposal.pk)
        if found.decided_at:
            raise Refused(f"Решение уже есть: {found.get_decision_display()}, {found.decided_title}.")
        if found.made_by_id == by.pk:
            raise Refused("Своё предложение решает другой: глава или куратор.")
        if due and due < day_of(now, town):
            raise Refused(f"Срок {table_day(due)} уже прошёл: выберите день позже.")
        found.decision, found.decision_words = decision, official_text("Решение", words, 1000)
        found.due = due if decision == "accepted" else None
        found.decided_at, found.decided_by, found.decided_title = now, by, rights.title[:TITLE]
        found.save()
    record(found, "coordination.proposal_decided", by, town, why=found.decision_words[:300], title=str(found))
    said = f"{found}: {found.get_decision_display()}. {found.decision_words}"[:300]
    leave_notice(town, said, PROPOSALS, user=found.made_by)
    if found.body and decision == "accepted":
        leave_notice(town, said, PROPOSALS, body=found.body)
    return found
