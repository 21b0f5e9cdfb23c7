"""Which conversation a letter goes on: by the ids it answers, else by the number of the case in its subject.

Asked of the database once for a whole turn of reading. A number in the subject counts only from the address that we
wrote to about this case: otherwise anyone could write into another's conversation.
"""

import re
from collections.abc import Sequence

from otklik.channels.adapters.email.letter import Letter
from otklik.channels.models import Channel, Outgoing, RawMessage
from otklik.common.scope import within

NUMBER = re.compile(r"(?:№|N|#|No\.?)\s?([\w./-]*\d[\w/-]*)", re.IGNORECASE)


def numbers_in(subject: str) -> list[str]:
    """Numbers of cases the subject may name."""
    return [found.strip(".-/") for found in NUMBER.findall(subject)]


def threads_of(letters: Sequence[Letter], channel: Channel) -> dict[str, str]:
    """Message-ID of each letter -> the id of the first letter of its conversation."""
    with within(channel.municipality_id):
        known = _threads_of_ours(letters, channel)
        kept = _threads_kept([*{one for letter in letters for one in letter.answers}], channel)
    found: dict[str, str] = {}
    for letter in letters:
        by_ids = next((known[one] for one in reversed(letter.answers) if one in known), "")
        before = next(
            (found.get(one) or kept.get(one, "") for one in letter.answers if one in found or one in kept), ""
        )
        marks = [_mark(number, letter.address) for number in numbers_in(letter.subject)]
        by_number = next((known[mark] for mark in marks if mark in known), "")
        found[letter.message_id] = by_ids or before or by_number or letter.root
    return found


def _mark(number: str, address: str) -> str:
    return f"{number} {address.lower()}"


def _threads_of_ours(letters: Sequence[Letter], channel: Channel) -> dict[str, str]:
    """Ids of letters we sent, and «number address» of those we wrote to -> the thread they belong to."""
    ids = {one for letter in letters for one in letter.answers}
    numbers = {number for letter in letters for number in numbers_in(letter.subject)}
    if not ids and not numbers:
        return {}
    ours = Outgoing.objects.filter(municipality_id=channel.municipality_id, channel=channel).exclude(
        reply_to=""
    )
    rows = [
        *ours.filter(proof__in=ids).values_list("proof", "about", "recipient", "reply_to"),
        *ours.filter(about__in=numbers).values_list("proof", "about", "recipient", "reply_to"),
    ]
    threads = _threads_kept([reply_to for *_, reply_to in rows], channel)
    known: dict[str, str] = {}
    for proof, about, recipient, reply_to in rows:
        known[proof] = known[_mark(about, recipient)] = threads.get(reply_to, reply_to)
    return known


def _threads_kept(ids: Sequence[str], channel: Channel) -> dict[str, str]:
    kept = RawMessage.objects.filter(channel=channel, outer_id__in=ids)
    return {
        outer_id: str(thread or outer_id)
        for outer_id, thread in kept.values_list("outer_id", "payload__thread")
    }
