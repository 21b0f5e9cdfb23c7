"""Many voters at once on connections of their own: each person one vote, none lost, none after the closing."""

from collections.abc import Callable

import pytest
from django.db import transaction

from otklik.common.scope import within
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Admission, Ballot, Envelope, Poll
from otklik.outreach.polls.rules import Mark
from otklik.outreach.polls.services import Vote
from otklik.outreach.polls.services.voting import ALREADY
from otklik.outreach.polls.tests.cast import NOW, OPTIONS, Cast, receipt, said
from tests.at_once import at_once

MANY = 8


@pytest.fixture
def poll(committed: str) -> Poll:
    with transaction.atomic():
        return Cast().running()


@pytest.fixture
def marks(poll: Poll) -> list[Mark]:
    with within(poll.municipality_id):
        return said(poll, OPTIONS[0])


def voting(poll: Poll, voter: str, marks: list[Mark], kept: str) -> Callable[[], None]:
    def run() -> None:
        with within(poll.municipality_id):
            services.cast(poll, voter, Vote(marks, kept, network="10.0.0.1"), NOW)

    return run


def test_one_person_has_one_vote_however_often_and_however_fast(poll: Poll, marks: list[Mark]) -> None:
    """Different votes of one person: the first counts. One sending repeated: one vote, taken each time."""
    came = at_once(*(voting(poll, "device:1", marks, receipt()) for _ in range(MANY)))
    assert came == sorted(["done"] + [ALREADY] * (MANY - 1))
    kept = receipt()
    assert at_once(*(voting(poll, "device:2", marks, kept) for _ in range(MANY))) == ["done"] * MANY
    with within(poll.municipality_id):
        assert (Admission.objects.count(), Envelope.objects.count()) == (2, 2)


def test_votes_mixing_and_closing_at_once_lose_and_double_nothing(poll: Poll, marks: list[Mark]) -> None:
    kept = [receipt() for _ in range(MANY)]

    def stir() -> None:
        with within(poll.municipality_id):
            services.mix(poll)

    def shut() -> None:
        with within(poll.municipality_id):
            services.close(Poll.objects.get(pk=poll.pk), None, NOW, "срочно нужны ответы")

    deeds = [voting(poll, f"device:{n}", marks, one) for n, one in enumerate(kept)]
    came = at_once(*deeds, stir, shut)
    taken = came.count("done") - 2
    assert set(came) <= {"done", "Голоса больше не принимаем: опрос закрыт."}
    with within(poll.municipality_id):
        assert Poll.objects.get(pk=poll.pk).state == "closed"
        assert Ballot.objects.count() == Admission.objects.count() == taken
        assert not Envelope.objects.exists()
        assert set(Ballot.objects.values_list("receipt_hash", flat=True)) <= set(kept)
