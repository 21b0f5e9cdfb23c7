"""What leaves about a case: notices by the machine, the signed answer by a person. Only a row is written here;
`channels.tasks.send_waiting` delivers it after the commit.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from otklik.accounts.models import User
from otklik.cases.letters import Letter
from otklik.cases.models import Case, Thread, Utterance
from otklik.cases.services.ways import chosen_way, refuse_unfit
from otklik.channels.models import Outgoing
from otklik.channels.services import Waiting, keep_many_outgoing, keep_outgoing
from otklik.channels.standing import leaves_by_itself
from otklik.channels.style import Way, way_in

# Outer systems publish by a person's hand, until their channel is connected: the answer waits for «размещено».
BY_HAND = frozenset(
    {"incident", "pos", "edms", "ecpur", "portal_gov", "vk", "ok", "telegram", "max", "public_pages"}
)
# What the author of a public comment writes from when answered in private: a thread not seen yet.
PRIVATE = "@message"


def is_placed_by_hand(case: Case) -> bool:
    """Whether the answer is published in an outer system by a person."""
    return case.channel.kind in BY_HAND and not leaves_by_itself(case.channel)


def recipient_of(case: Case) -> str:
    """Where the answer goes: mail when it was given, else the postal address, else the outer item."""
    person = case.applicant
    if person is None:
        return case.outer_link or case.outer_id
    return person.email or person.address or case.outer_link or person.phone


def send_letter(case: Case, letter: Letter, by: User | None, now: datetime, way: str = "") -> Outgoing:
    """Put a notice in the queue of the case's channel; the same notice of the same version goes once.

    `way` is chosen by a person; without it the letter goes as the message came. Raises Refused for a text that the
    way does not take: too long, or with personal data where everybody reads it.
    """
    taken = chosen_way(case, way)
    if taken:
        refuse_unfit(letter.body, taken, case.channel)
    private = taken is not None and not taken.is_public
    recipient = _peer_of(case) if private else recipient_of(case)
    reply_to = _answered(case, taken.key) if taken else case.outer_id
    outgoing = keep_outgoing(_waiting(case, letter, taken, recipient, reply_to, now))
    if taken and not taken.is_public and way_in(case.channel.kind, case.outer_id) == "comment":
        _expect_in_private(case, now)
    return outgoing


def send_receipts(told: Iterable[tuple[Case, Letter]], now: datetime) -> None:
    """Notices of registration of many fresh cases at once, each as its message came and in answer to it."""
    known = list(told)
    talks = _private_keys([case for case, _ in known])
    waiting = []
    for case, letter in known:
        taken = chosen_way(case)
        private = taken is not None and not taken.is_public
        recipient = _peer(case, talks.get(case.pk, ())) if private else recipient_of(case)
        waiting.append(_waiting(case, letter, taken, recipient, case.outer_id, now))
    keep_many_outgoing(waiting)


def _waiting(
    case: Case, letter: Letter, taken: Way | None, recipient: str, reply_to: str, now: datetime
) -> Waiting:
    return Waiting(
        channel=case.channel,
        kind=letter.kind,
        about=case.number,
        recipient=recipient,
        subject=letter.subject,
        body=letter.body,
        key=f"{case.number}:{letter.kind}:{case.version}",
        reply_to=reply_to,
        now=now,
        way=taken.key if taken else "",
    )


def _peer_of(case: Case) -> str:
    """The private conversation where there is one, else the author's own address in the network."""
    return _peer(case, _private_keys([case]).get(case.pk, ()))


def _private_keys(cases: Sequence[Case]) -> dict[int, list[str]]:
    """Case -> keys of private conversations in its own channel, the newest first."""
    channels = {case.pk: case.channel for case in cases}
    threads = Thread.objects.filter(case__in=channels).order_by("-since", "-id")
    found: dict[int, list[str]] = {}
    for case_id, channel_id, key in threads.values_list("case_id", "channel_id", "key"):
        channel = channels[case_id]
        if channel_id == channel.pk and way_in(channel.kind, key) == "message":
            found.setdefault(case_id, []).append(key)
    return found


def _peer(case: Case, keys: Iterable[str]) -> str:
    author = case.applicant.outer_author if case.applicant else ""
    return next((key for key in keys if key != PRIVATE), author)


def _answered(case: Case, way: str) -> str:
    """The newest message of the applicant that came this way; the first one where none did."""
    said = Utterance.objects.filter(case=case, said_by="applicant", raw__channel=case.channel)
    ids = said.order_by("-at", "-id").values_list("raw__outer_id", flat=True)
    return next((one for one in ids if way_in(case.channel.kind, one) == way), case.outer_id)


def _expect_in_private(case: Case, now: datetime) -> None:
    """What the author writes to us from now on in private belongs to this case."""
    author = case.applicant.fingerprint if case.applicant else ""
    if author:
        Thread.objects.get_or_create(
            case=case,
            channel=case.channel,
            key=PRIVATE,
            defaults={"municipality": case.municipality, "author": author, "since": now},
        )
