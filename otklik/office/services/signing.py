"""After a meeting: the protocol is signed and frozen, every decision becomes an errand, extracts go to posts.

A protocol is signed by whoever leads: the chair of the charter or the deputy recorded for this meeting (BOG-III.2.7).
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.adapters.email.adapter import is_address
from otklik.channels.services import channel_of_kind, make_outgoing
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.words import tie
from otklik.language.official import official_text
from otklik.language.personal import find_personal
from otklik.office import rules
from otklik.office.errands.services import Order, Source, give
from otklik.office.models import AgendaItem, Decision, Dispatch, Meeting
from otklik.office.protocol import Protocol, compose, digest_of, protocol_of
from otklik.office.selectors import Numbered, attendance_of, items_of, name_of, numbered, page_of
from otklik.office.services.guard import CHAIR, check_writes, is_chair, locked, meetings_of, needs

KIND = "protocol"
NOTICE_LIMIT = 300


@carries_out("BOG-III.2.7", "BOG-III.3.3")
def sign(meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Sign and freeze the protocol; each errand of it is given at once. Raises Refused naming the unfinished line."""
    held, rights = locked(meeting), rights_of(by, meeting.municipality)
    if not is_chair(held, by, rights):
        needs(by, held.municipality, CHAIR)
    state = rules.next_state(meetings_of(held.municipality), "sign", held.state)
    items = items_of(held)
    lines = numbered(items)
    quorum = attendance_of(held, held.participants.all())
    rules.check_ready([(one.number, one.line) for one in lines], quorum)
    _check_personal(items)
    held.signed_title = rights.title[:200] if not held.chair_for else held.chair_title
    paper = compose(held, items)
    data = {**paper.to_data(), "signature": list(_signature(held, now))}
    held.state, held.signed_by, held.signed_at = state, by, now
    held.frozen, held.digest = data, digest_of(data)
    held.save(update_fields=["state", "signed_by", "signed_title", "signed_at", "frozen", "digest"])
    record(held, "office.signed", by, held.municipality, why=name_of(held), details={"digest": held.digest})
    for one in lines:
        if one.decision.kind == "errand":
            _give(held, one, by, now)
    return held


@carries_out("BOG-III.2.8")
def send(meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Send to each post the extract of what it has to do (BOG-III.2.8).

    By letter where the post or its body has a mailbox, by a notice always; other ways are written down by a person.
    """
    check_writes(meeting, by)
    held = locked(meeting)
    state = rules.next_state(meetings_of(held.municipality), "send", held.state)
    paper = protocol_of(held)
    posts: dict[int, list[Decision]] = {}
    for one in numbered(items_of(held)):
        if one.decision.kind == "errand" and one.decision.post_id:
            posts.setdefault(one.decision.post_id, []).append(one.decision)
    for post_id, decisions in posts.items():
        post = decisions[0].post
        if post is not None:
            _dispatch(held, post, paper.for_post(post_id), now)
    _tell_members(held)
    held.state, held.sent_at = state, now
    held.save(update_fields=["state", "sent_at"])
    record(held, "office.sent", by, held.municipality, why=name_of(held), details={"posts": len(posts)})
    return held


def hand_over(dispatch: Dispatch, how: str, by: User, now: datetime) -> Dispatch:
    """An extract given outside the system: by СЭД, against a signature."""
    check_writes(dispatch.meeting, by)
    dispatch.how = official_text("Как передано", how, 120)
    dispatch.at = now
    dispatch.save(update_fields=["how", "at"])
    record(
        dispatch.meeting,
        "office.handed",
        by,
        dispatch.municipality,
        why=f"{dispatch.title}: {dispatch.how}"[:300],
    )
    return dispatch


def extract_words(paper: Protocol) -> str:
    """The extract as plain text for a letter."""
    lines = [f"Выписка из протокола № {paper.number} от {paper.day}", paper.centre, ""]
    for question in paper.questions:
        lines += [f"{question.number}. {question.title}", "РЕШИЛИ:"]
        lines += [f"{one.number}. {one.text}" for one in question.lines]
        lines.append("")
    return tie("\n".join([*lines, *paper.signature]))


def _give(held: Meeting, one: Numbered, by: User, now: datetime) -> None:
    decision = one.decision
    if decision.post is None or decision.due is None:
        return
    words = f"протокол № {held.number}, п. {one.number}"
    source = Source("protocol", decision.pk, page_of(held), words)
    order = Order(
        decision.what, decision.post, decision.due, decision.result, decision.control, source=source
    )
    try:
        errand = give(held.municipality, order, by, now)
    except Refused as refusal:
        raise Refused(f"Решение {one.number}: {refusal}") from refusal
    Decision.objects.filter(pk=decision.pk).update(errand=errand)


def _dispatch(held: Meeting, post: Post, paper: Protocol, now: datetime) -> None:
    numbers = [line.number for question in paper.questions for line in question.lines]
    address = _address(held, post)
    outgoing = None
    if address:
        outgoing = make_outgoing(
            channel=channel_of_kind(held.municipality, "email"),
            kind=KIND,
            about=f"meeting-{held.pk}",
            recipient=address,
            subject=f"Выписка из протокола № {paper.number} от {paper.day}",
            body=extract_words(paper),
            key=f"protocol:{held.pk}:{post.pk}",
            now=now,
        )
    told = _tell(held, post, numbers)
    how = f"письмо и {told}" if outgoing else told
    Dispatch.objects.create(
        municipality=held.municipality, meeting=held, post=post, title=post.title, numbers=numbers,
        outgoing=outgoing, how=how, at=now,
    )  # fmt: skip


def _address(held: Meeting, post: Post) -> str:
    """The mailbox of whoever holds the post, else of its body."""
    mails = [one.user.email for one in held_posts(held.municipality).filter(post=post).select_related("user")]
    return next((one for one in [*mails, post.body.email] if is_address(one)), "")


def _tell(held: Meeting, post: Post, numbers: list[str]) -> str:
    """A notice to who holds the post; a post nobody holds is told through its body. Returns how it was told."""
    said = f"{name_of(held)}: вам {'пункты' if len(numbers) > 1 else 'пункт'} {', '.join(numbers)} протокола"
    people = {one.user for one in held_posts(held.municipality).filter(post=post).select_related("user")}
    for user in people:
        leave_notice(held.municipality, said[:NOTICE_LIMIT], page_of(held), user=user)
    if not people:
        leave_notice(held.municipality, said[:NOTICE_LIMIT], page_of(held), body=post.body)
    return "уведомление" if people else "уведомление органу"


def _tell_members(held: Meeting) -> None:
    said = f"{name_of(held)}: протокол подписан"
    for one in held.participants.filter(kind="member").select_related("user"):
        leave_notice(held.municipality, said[:NOTICE_LIMIT], page_of(held), user=one.user)


def _signature(held: Meeting, now: datetime) -> tuple[str, ...]:
    moment = now.astimezone(ZoneInfo(held.municipality.time_zone))
    who = (
        f"{held.signed_title} (исполняет обязанности: {held.chair_for})"
        if held.chair_for
        else held.signed_title
    )
    return f"Подписано в системе {moment:%d.%m.%Y %H:%M}", who


def _check_personal(items: list[AgendaItem]) -> None:
    for place, item in enumerate(items, 1):
        texts = [item.heard, item.spoke, *(one.what for one in item.decisions.all())]
        if any(find_personal(text) for text in texts if text):
            raise Refused(
                f"В вопросе {place} есть личные данные: замените их должностями и номерами карточек."
            )
