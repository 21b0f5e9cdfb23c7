"""What polls say becomes proposals of problems."""

import pytest

from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.tests.cast import AFTER, OPTIONS, Cast, vote
from otklik.problems.models import Problem
from otklik.problems.polled import polled
from otklik.problems.proposing import look

pytestmark = pytest.mark.django_db


def test_what_a_poll_says_is_proposed_as_a_problem_once() -> None:
    cast = Cast()
    poll = cast.running(form="vote")
    for number in range(11):
        vote(poll, f"device:{number}", OPTIONS[0], (), "1")
    services.close(poll, None, AFTER)
    services.sum_up(poll, "За сквер у школы.", cast.head, AFTER)
    found = list(polled(poll.municipality, AFTER))
    assert [one.title for one in found] == [
        f"Что обновить первым — {OPTIONS[0]}",
        "Низкая оценка: Довольны ли вы дворами",
    ]
    assert all(one.source == "polls" and one.ground_link == f"/polls/{poll.pk}/" for one in found)
    made = look(poll.municipality, AFTER)
    assert {one.title for one in made} == {one.title for one in found}
    assert look(poll.municipality, AFTER) == []
    Poll.objects.filter(pk=poll.pk).update(is_training=True)
    Problem.objects.all().delete()
    assert not list(polled(poll.municipality, AFTER))
