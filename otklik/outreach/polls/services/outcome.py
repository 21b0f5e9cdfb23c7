"""After the box: results are summed up, brought from ПОС, turned into a decision whose execution voters see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import may, rights_of
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.today import day_in
from otklik.outreach.polls import rules
from otklik.outreach.polls.models import Decision, DecisionStep, OuterResult, Poll, Proposal, Pulse, Sign
from otklik.outreach.polls.results import questions_of, results, summary_of
from otklik.outreach.polls.services.guard import check_authorised, check_right, locked


@carries_out("BOR-1.1.1.2", "MIH-1.1.2.2", "BOG-I.2.1.2")
def sum_up(poll: Poll, words: str, by: User, now: datetime) -> Poll:
    """Fix the figures and say what they mean. Raises Refused while a sign of fraud has not been looked at.

    The key of marks is erased: from now on nobody can tell who took part.
    """
    check_right(by, poll.municipality)
    said = rules.check_verdict(words, 3000, "Напишите, что показали ответы: одним-двумя предложениями.")
    with transaction.atomic():
        held = locked(poll)
        held.state = rules.check_deed("sum_up", held.state)
        if Sign.objects.filter(poll=held, looked_at=None).exists():
            raise Refused("Есть неразобранные признаки накрутки: напишите по каждому, что выяснили.")
        if Proposal.objects.filter(poll=held).exclude(state="refused").filter(answer="").exists():
            raise Refused("Есть предложения без проверки или ответа: на каждое отвечают до итогов.")
        held.summed_at, held.summed_words, held.voter_key = now, said, ""
        held.summary = summary_of(results(held))
        held.save(update_fields=["state", "summed_at", "summed_words", "voter_key", "summary"])
        Pulse.objects.filter(poll=held, kind="network").delete()
        record(held, "polls.summed", by, held.municipality, why=f"№ {held.number}. {said}"[:300])
    return held


@dataclass(frozen=True)
class DecisionText:
    """The decision, how the answers were taken into account, the document and its address."""

    text: str
    ground: str
    act: str = ""
    link: str = ""


def decide(poll: Poll, text: DecisionText, by: User, now: datetime) -> Decision:
    """Say what was decided by the results; shown to those who voted. Raises Refused."""
    if not may(by, "outreach.approve_polls", poll.municipality):
        raise Refused("Решение по итогам записывает тот, кто утверждает опросы: передайте ему.")
    said = rules.check_verdict(text.text, 3000, "Напишите, что решено.")
    ground = rules.check_verdict(
        text.ground, 3000, "Напишите, как учли ответы жителей, даже если решили иначе."
    )
    with transaction.atomic():
        held = locked(poll)
        held.state = rules.check_deed("decide", held.state)
        held.save(update_fields=["state"])
        made = Decision.objects.create(
            municipality=held.municipality,
            poll=held,
            text=said,
            ground=ground,
            act=text.act.strip()[:300],
            link=text.link.strip()[:500],
            by=by,
            by_title=rights_of(by, held.municipality).title[:200],
            at=now,
        )
        record(held, "polls.decided", by, held.municipality, why=f"№ {held.number}. {said}"[:300])
    return made


def add_step(decision: Decision, text: str, due_on: date, by: User, post: Post | None = None) -> DecisionStep:
    """Add a step of execution with its date and post."""
    check_right(by, decision.municipality)
    said = rules.check_verdict(text, 300, "Напишите, что будет сделано.")
    with transaction.atomic():
        made = DecisionStep.objects.create(
            municipality=decision.municipality,
            decision=decision,
            position=decision.steps.count(),
            text=said,
            post=post,
            due_on=due_on,
        )
        record(decision.poll, "polls.step_added", by, decision.municipality, why=said)
    return made


def finish_step(step: DecisionStep, proof: str, by: User, now: datetime, link: str = "") -> DecisionStep:
    """Say what was done and what proves it. Raises Refused without words and for a step done already."""
    check_right(by, step.municipality)
    said = rules.check_verdict(proof, 500, "Напишите, что сделано и чем подтверждается.")
    with transaction.atomic():
        changed = DecisionStep.objects.filter(pk=step.pk, done_on=None).update(
            done_on=day_in(step.municipality, now), proof=said, link=link.strip()[:500]
        )
        if not changed:
            raise Refused("Этот шаг уже исполнен: обновите страницу.")
        step.refresh_from_db()
        record(step.decision.poll, "polls.step_done", by, step.municipality, why=f"{step.text}. {said}"[:300])
    return step


@carries_out("BOG-III.4.4.5", "MIH-3.2.8", "MIH-3.2.8.1", "MIH-3.2.8.2")
def publish_outside(poll: Poll, link: str, by: User, now: datetime) -> Poll:
    """It has been published in ПОС: keep the address and count it as open there. Raises Refused."""
    check_authorised(by, poll.municipality)
    if not link.strip().startswith(("https://", "http://")):
        raise Refused("Вставьте адрес опубликованного опроса: он начинается с https://.")
    with transaction.atomic():
        held = locked(poll)
        if held.place != "pos":
            raise Refused("Этот опрос проводится здесь: адрес ПОС ему не нужен.")
        held.state = rules.check_deed("open", held.state)
        held.outer_link, held.opened_at = link.strip()[:500], now
        held.save(update_fields=["state", "outer_link", "opened_at"])
        record(held, "polls.published_outside", by, held.municipality, why=held.outer_link[:300])
    return held


Counts = Mapping[tuple[int, int | None, int | None], int]
"""(key of the question, key of the option or None, number of the scale or None) -> votes."""


@carries_out("BOG-III.4.4.5", "MIH-3.2.8", "MIH-3.2.8.1", "MIH-3.2.8.2")
def bring_results(poll: Poll, people: int, counts: Counts, by: User, now: datetime) -> Poll:
    """Keep the figures ПОС gave and close the poll here; brought again before the summing up they replace these."""
    check_authorised(by, poll.municipality)
    if people < 0 or any(votes < 0 for votes in counts.values()):
        raise Refused("Голосов не бывает меньше нуля: проверьте таблицу.")
    with transaction.atomic():
        held = locked(poll)
        if held.place != "pos" or held.state not in ("open", "closed"):
            raise Refused("Итоги вносят по опросу, который идёт или закрыт в ПОС.")
        _keep_outer(held, counts, people)
        held.state, held.outer_count = "closed", people
        held.closed_at = held.closed_at or now
        held.save(update_fields=["state", "outer_count", "closed_at"])
        record(held, "polls.results_brought", by, held.municipality, details={"people": people})
    return held


def _keep_outer(poll: Poll, counts: Counts, people: int) -> None:
    questions = {one.pk: one for one in questions_of(poll)}
    rows: list[OuterResult] = []
    for (question, option, scale), votes in counts.items():
        asked = questions.get(question)
        known: Sequence[int | None] = [None, *(one.pk for one in asked.options.all())] if asked else []
        if asked is None or option not in known:
            raise Refused("В таблице есть вопрос или ответ, которого нет в опросе: сверьте её с черновиком.")
        if votes > people:
            raise Refused(f"За один ответ голосов больше, чем участников ({people}): проверьте таблицу.")
        rows.append(
            OuterResult(
                municipality=poll.municipality,
                poll=poll,
                question=asked,
                option_id=option,
                number=scale,
                votes=votes,
            )
        )
    OuterResult.objects.filter(poll=poll).delete()
    OuterResult.objects.bulk_create(rows)
