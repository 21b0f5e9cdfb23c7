"""Two people at one draft of a poll: nothing is overwritten, nothing typed is lost, a question keeps its place."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.desk.tests.test_polls import RUNS, WHERE, head_form, page_of
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.services import PollText
from tests.town import Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]


@pytest.fixture
def runner(town: Town) -> User:
    return town.user_with("runner", [RUNS])


def test_a_draft_another_has_changed_is_not_overwritten_and_what_was_typed_stays(
    town: Town, runner: User, enter: Enter
) -> None:
    client = enter(runner)
    client.post(reverse("desk:poll_new"), head_form())
    poll = Poll.objects.get(municipality=town.municipality)
    edit = reverse("desk:poll_edit", args=[poll.pk])
    assert 'name="version" value="1"' in page_of(client, "poll_edit", poll.pk)
    assert client.post(edit, head_form(why="Первая правка", version=1)).status_code == 302
    again = client.post(edit, head_form(why="Вторая правка", version=1))
    said = again.content.decode().replace("\xa0", " ")
    poll.refresh_from_db()
    assert (again.status_code, poll.why, poll.version) == (422, "Первая правка", 2)
    assert "черновик изменил кто-то другой" in said and "Вторая правка" in said
    assert 'name="version" value="2"' in said
    faulty = client.post(edit, head_form(title="", version=1)).content.decode()
    assert 'name="version" value="1"' in faulty, "a fault of a field is no leave to write over another"
    assert client.post(edit, head_form(why="Вторая правка", version=2)).status_code == 302


def test_a_question_written_beside_another_keeps_its_own_place(
    town: Town, runner: User, enter: Enter
) -> None:
    client = enter(runner)
    poll = services.draft(
        town.municipality, PollText("poll", "Парк", questions=[WHERE]), runner, timezone.now()
    )

    def send(place: int, text: str, version: int, **more: str) -> str:
        said = {"kind": "text", "text": text, "version": version, **more}
        answer = client.post(reverse("desk:poll_question", args=[poll.pk, place]), said)
        return "" if answer.status_code == 302 else answer.content.decode().replace("\xa0", " ")

    def texts() -> list[str]:
        return [one.text for one in poll.questions.order_by("position")]

    assert send(1, "Первый пишет", 1, new="1") == ""
    refused = send(1, "Второй пишет", 1, new="1")
    assert "изменил кто-то другой" in refused and "Второй пишет" in refused and 'name="new"' in refused
    assert send(1, "Второй пишет", 2, new="1") == ""
    assert texts() == ["Где начать?", "Первый пишет", "Второй пишет"]
    assert "Сейчас на этом месте: «Где начать?»" in send(0, "Откуда начать?", 2)
    old = client.post(reverse("desk:poll_question_deed", args=[poll.pk, 0, "drop"]), {"version": 2})
    assert (old.status_code, len(texts())) == (422, 3)
    client.post(reverse("desk:poll_question_deed", args=[poll.pk, 2, "drop"]), {"version": 3})
    assert 'name="new"' in send(2, "Править пропавший", 3)
    assert send(2, "Править пропавший", 4, new="1") == ""
    assert texts()[2] == "Править пропавший"
