"""Proposals of a discussion: sent, moderated by the published rules, supported, answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Max

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.services import channel_of_kind, make_outgoing
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.language.personal import mask
from otklik.outreach.polls import rules
from otklik.outreach.polls.marks import mark_of
from otklik.outreach.polls.models import Poll, Proposal
from otklik.outreach.polls.services.guard import check_right, page_of
from otklik.outreach.polls.services.voting import admit, opened
from otklik.outreach.polls.words import VERDICTS

TITLE_LIMIT, TEXT_LIMIT, PLACE_LIMIT = 150, 3000, 200


@dataclass(frozen=True)
class ProposalText:
    """What a resident sends; `follow_hash` is the fingerprint of the code the resident keeps."""

    title: str
    text: str
    follow_hash: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    contact: str = ""


def propose(poll: Poll, said: ProposalText, now: datetime) -> Proposal:
    """Take a proposal for moderation. The same one sent again is taken once. Raises Refused."""
    title = rules.check_verdict(said.title, TITLE_LIMIT, "Назовите предложение: хватит одной строки.")
    text = rules.check_verdict(said.text, TEXT_LIMIT, "Напишите, что предлагаете и зачем.")
    with transaction.atomic():
        held = opened(poll, now)
        if held.form != "discussion":
            raise Refused("Предложения принимают в общественном обсуждении.")
        with connection.cursor() as cursor:
            words = [f"polls.proposals:{held.pk}"]
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", words)
        kept = Proposal.objects.filter(poll=held)
        if twin := kept.filter(follow_hash=said.follow_hash).first():
            return twin
        made = Proposal.objects.create(
            municipality=held.municipality,
            poll=held,
            number=(kept.aggregate(last=Max("number"))["last"] or 0) + 1,
            title=title,
            text=text,
            place=said.place.strip()[:PLACE_LIMIT],
            lat=said.lat,
            lon=said.lon,
            contact=said.contact.strip()[:254],
            follow_hash=said.follow_hash,
            came_at=now,
        )
        notice = f"Предложение на проверке: {held.title}"[:300]
        leave_notice(held.municipality, notice, f"{page_of(held)}proposals/", permission="outreach.polls")
    return made


def show_proposal(proposal: Proposal, by: User, now: datetime) -> Proposal:
    """Publish it with persons masked, as all we publish. Raises Refused when it has been decided already."""
    with transaction.atomic():
        shown = _moderate(proposal, "shown", "", by, now)
        shown.title = mask(shown.title).text[:TITLE_LIMIT]
        shown.text = mask(shown.text).text
        shown.place = mask(shown.place).text[:PLACE_LIMIT]
        shown.save(update_fields=["title", "text", "place"])
    return shown


def refuse_proposal(proposal: Proposal, reason: str, by: User, now: datetime) -> Proposal:
    """Keep it back by the published rules; the reason is told to the author. Criticism is no reason."""
    said = rules.check_verdict(reason, 500, "Назовите пункт правил, который нарушен: автор увидит эти слова.")
    return _moderate(proposal, "refused", said, by, now)


def _moderate(proposal: Proposal, state: str, reason: str, by: User, now: datetime) -> Proposal:
    check_right(by, proposal.municipality)
    with transaction.atomic():
        changed = Proposal.objects.filter(pk=proposal.pk, state="waiting").update(
            state=state, reason=reason, moderated_by=by, moderated_at=now
        )
        if not changed:
            raise Refused("Это предложение уже проверено: обновите страницу.")
        proposal.refresh_from_db()
        why = f"№ {proposal.number}. {reason}".strip()[:300]
        record(proposal, f"polls.proposal_{state}", by, proposal.municipality, why=why)
        words = (
            f"Не опубликовано. Причина: {reason}" if reason else "Опубликовано: его могут поддержать другие."
        )
        _tell(proposal, words, state, now)
    return proposal


@carries_out("MIH-3.2.8")
def answer_proposal(proposal: Proposal, verdict: str, answer: str, by: User, now: datetime) -> Proposal:
    """Give the official answer, seen by all; a later one replaces it and both stay in the journal. Raises Refused."""
    check_right(by, proposal.municipality)
    if verdict not in VERDICTS:
        raise Refused("Выберите решение: принято, учтено частично, отклонено, принято к сведению.")
    said = rules.check_verdict(answer, TEXT_LIMIT, "Напишите ответ: что решено и почему.")
    with transaction.atomic():
        held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if held.state != "shown":
            raise Refused("Отвечают на опубликованное предложение: сначала проверьте его.")
        held.verdict, held.answer, held.answered_by, held.answered_at = verdict, said, by, now
        held.answered_title = rights_of(by, held.municipality).title[:200]
        held.save(update_fields=["verdict", "answer", "answered_by", "answered_at", "answered_title"])
        words = f"{VERDICTS[verdict].capitalize()}. {said}"
        record(held, "polls.proposal_answered", by, held.municipality, why=f"№ {held.number}. {words}"[:300])
        _tell(held, words, f"answer:{now:%Y%m%d%H%M%S}", now)
    return held


def support(proposal: Proposal, voter: str, now: datetime) -> bool:
    """Count one more supporter; False when the person has supported it already. Raises Refused.

    No row says who supported what: the mark hashes both, the proposal keeps the number alone.
    """
    with transaction.atomic():
        held = opened(proposal.poll, now)
        if not Proposal.objects.filter(pk=proposal.pk, poll=held, state="shown").exists():
            raise Refused("Поддержать можно опубликованное предложение: обновите страницу.")
        if not admit(held, mark_of(held, "support", f"{proposal.pk}:{voter}"), "support", now):
            return False
        Proposal.objects.filter(pk=proposal.pk).update(supports=F("supports") + 1)
    return True


def _tell(proposal: Proposal, words: str, step: str, now: datetime) -> None:
    """Write to the author who left a mail; others see it by their code."""
    if not proposal.contact:
        return
    make_outgoing(
        channel_of_kind(proposal.municipality, "email"),
        "notice",
        f"proposal:{proposal.pk}",
        proposal.contact,
        f"Ваше предложение № {proposal.number}",
        f"«{proposal.title}»\n\n{words}\n\n{proposal.poll.title}",
        f"proposal:{proposal.pk}:{step}",
        now=now,
    )
