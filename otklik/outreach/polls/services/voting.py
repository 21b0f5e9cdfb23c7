"""A vote is taken: admission and sealed envelope in one transaction, once for a person, nothing in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.today import day_in
from otklik.outreach.polls.fraud import SPAN_MINUTES
from otklik.outreach.polls.marks import mark_of
from otklik.outreach.polls.models import Ballot, Envelope, Poll
from otklik.outreach.polls.rules import Mark
from otklik.outreach.polls.services.box import sealed_vote
from otklik.outreach.polls.services.guard import hold_box

SHARDS = 8
"""A counter of a span is kept in so many rows: voters of one moment wait for one another less."""
ALREADY = "Ваш голос уже принят: второй раз проголосовать нельзя."


@dataclass(frozen=True)
class Vote:
    """What is put into the box: marks already read by the rules, groups the voter named, the receipt's fingerprint."""

    marks: Sequence[Mark]
    receipt_hash: str
    age: str = ""
    area: str = ""
    network: str = ""


@carries_out("BOR-1.1.1.2", "MIH-1.1.2.2", "BOG-I.2.1.2")
def cast(poll: Poll, voter: str, vote: Vote, now: datetime) -> Poll:
    """Take one vote of `voter`, a text that is the same for the same person in this poll.

    The same vote sent again (the same receipt) is taken as taken. Raises Refused for another vote of the same person
    and when the poll takes none.
    """
    with transaction.atomic():
        held = opened(poll, now)
        if not admit(held, mark_of(held, "ballot", voter), "ballot", now):
            if was_cast(held, vote.receipt_hash):
                return held
            raise Refused(ALREADY)
        Envelope.objects.create(
            municipality_id=held.municipality_id,
            poll=held,
            receipt_hash=vote.receipt_hash,
            sealed=sealed_vote(list(vote.marks), vote.age, vote.area),
        )
        _count(held, vote.network, now)
    return held


def opened(poll: Poll, now: datetime) -> Poll:
    """The poll as it stands with the box open till the end of the transaction. Raises Refused when it is shut."""
    hold_box(poll.pk, alone=False)
    held = Poll.objects.select_related("municipality").get(pk=poll.pk)
    if not held.takes_votes_on(day_in(held.municipality, now)):
        raise Refused("Голоса больше не принимаем: опрос закрыт.")
    return held


def was_cast(poll: Poll, receipt_hash: str) -> bool:
    """Whether a vote with this receipt is in the box, shut or opened."""
    return any(
        box.objects.filter(poll=poll, receipt_hash=receipt_hash).exists() for box in (Envelope, Ballot)
    )


def admit(poll: Poll, mark: UUID, kind: str, now: datetime) -> bool:
    """Write the admission; False when the mark is there already. Two at once: the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO polls_admission (mark, municipality_id, poll_id, kind, "on") VALUES (%s, %s, %s, %s, %s)'
            " ON CONFLICT DO NOTHING",
            [mark, poll.municipality_id, poll.pk, kind, day_in(poll.municipality, now)],
        )
        return bool(cursor.rowcount)


def _count(poll: Poll, network: str, now: datetime) -> None:
    """Counters for signs of fraud, last of all: their rows are shared with other voters."""
    moment = timezone.localtime(now, ZoneInfo(poll.municipality.time_zone))
    span = moment.replace(minute=moment.minute - moment.minute % SPAN_MINUTES)
    rows = [("minute", f"{span:%Y-%m-%dT%H:%M}/{randbelow(SHARDS)}")]
    if network:
        rows.insert(0, ("network", mark_of(poll, "network", network).hex))
    with connection.cursor() as cursor:
        for kind, key in rows:
            cursor.execute(
                "INSERT INTO polls_pulse (municipality_id, poll_id, kind, key, count) VALUES (%s, %s, %s, %s, 1)"
                " ON CONFLICT (poll_id, kind, key) DO UPDATE SET count = polls_pulse.count + 1",
                [poll.municipality_id, poll.pk, kind, key],
            )
