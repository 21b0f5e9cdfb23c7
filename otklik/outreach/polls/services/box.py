"""The box: envelopes are mixed while it is shut, and become ballots in random order all at once when it is opened."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from random import SystemRandom
from typing import Any

from django.db import connection, transaction

from otklik.channels.sealing import open_sealed, seal
from otklik.common.errors import Refused
from otklik.language.personal import mask
from otklik.outreach.polls.models import Ballot, Choice, Envelope, Poll
from otklik.outreach.polls.rules import Mark, padded
from otklik.outreach.polls.services.guard import hold_box

AT_ONCE = 2000
LOST = "Урна запечатана прежним ключом установки: впишите его в SECRET_KEY_FALLBACKS, иначе её не вскрыть."
chance = SystemRandom()


def sealed_vote(marks: list[Mark], age: str, area: str) -> str:
    """A vote under the installation's seal; all short votes have one length."""
    rows = [[one.question, one.option, one.number, one.text, one.lat, one.lon] for one in marks]
    return seal(padded(json.dumps([age, area, rows], ensure_ascii=False, separators=(",", ":"))))


def mix(poll: Poll) -> int:
    """Write the envelopes anew in random order, so that neither place nor transaction ties them to admissions."""
    with transaction.atomic():
        hold_box(poll.pk, alone=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH taken AS (DELETE FROM polls_envelope WHERE poll_id = %s"
                " RETURNING municipality_id, poll_id, receipt_hash, sealed)"
                " INSERT INTO polls_envelope (id, municipality_id, poll_id, receipt_hash, sealed)"
                " SELECT gen_random_uuid(), municipality_id, poll_id, receipt_hash, sealed"
                " FROM taken ORDER BY random()",
                [poll.pk],
            )
            return int(cursor.rowcount)


def open_box(poll: Poll) -> int:
    """Make ballots of all envelopes in one transaction, which the caller holds; returns how many there are.

    Persons named in free answers are masked before they are kept. Raises Refused when the seal's key is lost.
    """
    envelopes = list(Envelope.objects.filter(poll=poll).values_list("receipt_hash", "sealed"))
    chance.shuffle(envelopes)
    for start in range(0, len(envelopes), AT_ONCE):
        _write(poll, envelopes[start : start + AT_ONCE])
    Envelope.objects.filter(poll=poll).delete()
    poll.seal = seal_of(poll)
    poll.save(update_fields=["seal"])
    return len(envelopes)


def _write(poll: Poll, envelopes: list[tuple[str, str]]) -> None:
    ballots: list[Ballot] = []
    choices: list[Choice] = []
    for receipt_hash, sealed in envelopes:
        age, area, rows = json.loads(_opened(sealed))
        ballot = Ballot(
            municipality_id=poll.municipality_id, poll=poll, receipt_hash=receipt_hash, age=age, area=area
        )
        ballots.append(ballot)
        choices += _choices(ballot, rows)
    Ballot.objects.bulk_create(ballots)
    Choice.objects.bulk_create(choices)


def _opened(sealed: str) -> str:
    try:
        return open_sealed(sealed)
    except Refused as lost:
        raise Refused(LOST) from lost


def _choices(ballot: Ballot, rows: list[list[Any]]) -> Iterator[Choice]:
    for question, option, number, text, lat, lon in rows:
        yield Choice(
            id=uuid.uuid4(),
            municipality_id=ballot.municipality_id,
            ballot=ballot,
            question_id=question,
            option_id=option,
            number=number,
            text=mask(str(text)).text if text else "",
            lat=lat,
            lon=lon,
        )


def seal_of(poll: Poll) -> str:
    """The fingerprint of the opened box: of all receipts in order. A ballot added or removed later changes it."""
    found = hashlib.sha256()
    for receipt in (
        Ballot.objects.filter(poll=poll).order_by("receipt_hash").values_list("receipt_hash", flat=True)
    ):
        found.update(f"{receipt}\n".encode())
    return found.hexdigest()
