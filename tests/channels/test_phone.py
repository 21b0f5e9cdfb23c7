"""Stories of the line: a call is heard, listened to, written up by a clerk; people who waited are called back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases.models import Case
from otklik.cases.services.intake import register_waiting
from otklik.channels.models import CallTry, Feed, PhoneCall, RawMessage
from otklik.channels.services.calls import close_call, note_try
from otklik.common.errors import Refused
from tests.channels.ringing import SECRET, ring
from tests.channels.working import connect
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
TALK = {
    "id": "c-1",
    "number": "8 (900) 000-00-01",
    "status": "answered",
    "duration": 130,
    "operator": "Оператор 2",
}
MISSED = {"id": "c-2", "number": "+79000000002", "status": "no_answer"}


@pytest.fixture
def town() -> Town:
    cache.clear()
    return build_town()


@pytest.fixture
def feed(town: Town) -> Feed:
    return connect(town, "phone", {}, {"hmac": SECRET})


@pytest.fixture
def clerk(town: Town, client: Client) -> User:
    clerk = town.user_with("clerk", ["cases.register", "cases.view"])
    client.force_login(clerk, "django.contrib.auth.backends.ModelBackend")
    return clerk


def test_a_call_makes_no_case_until_a_clerk_writes_its_gist(
    town: Town, feed: Feed, client: Client, clerk: User
) -> None:
    recording = "https://line.example.org/records/1"
    assert ring(client, feed, {**TALK, "recording_url": recording}).json() == {"accepted": 1, "unread": 0}
    call = PhoneCall.objects.get()
    assert (call.number, call.state, call.seconds) == ("+79000000001", "new", 130)
    assert RawMessage.objects.count() == 0
    page = client.get(reverse("desk:calls")).content.decode()
    assert "2 мин 10 с" in page
    assert recording in page
    form = client.get(reverse("desk:new"), {"call": call.pk}).content.decode()
    assert 'value="+79000000001"' in form
    sent = {
        "call": call.pk,
        "way": "phone",
        "text": "На улице Гагарина у дома 12 яма.",
        "phone": call.number,
        "came_on": timezone.localtime(call.came_at).strftime("%Y-%m-%dT%H:%M"),
    }
    assert client.post(reverse("desk:new"), sent).status_code == 302
    register_waiting(town.municipality, timezone.now())
    case = Case.objects.get()
    call.refresh_from_db()
    assert (call.state, call.raw, call.closed_by) == ("done", case.raw, clerk)
    assert case.raw is not None
    assert case.raw.payload["columns"] == {"Запись разговора": recording}
    assert case.number in client.get(reverse("desk:calls")).content.decode()
    assert f'href="{recording}"' in client.get(reverse("desk:card", args=[case.number])).content.decode()


def test_a_call_told_twice_is_one_and_a_later_word_completes_it(feed: Feed, client: Client) -> None:
    for data in (
        MISSED,
        MISSED,
        {**MISSED, "status": "answered", "duration": 5, "recording_url": "https://x.org/1"},
    ):
        ring(client, feed, data)
    call = PhoneCall.objects.get()
    assert (call.state, call.outcome, call.recording) == ("new", "talk", "https://x.org/1")


def test_a_word_of_the_beginning_that_comes_late_takes_nothing_away(feed: Feed, client: Client) -> None:
    ring(client, feed, {**TALK, "recording_url": "https://calls.example/1.mp3"})
    ring(client, feed, {"id": TALK["id"], "number": TALK["number"], "status": "ringing"})
    call = PhoneCall.objects.get()
    assert (call.outcome, call.seconds, call.state, call.operator) == ("talk", 130, "new", "Оператор 2")
    assert call.recording.endswith("1.mp3")


@pytest.mark.parametrize(
    ("when", "secret"),
    [(timedelta(minutes=-6), SECRET), (timedelta(minutes=6), SECRET), (timedelta(0), "another")],
)
def test_a_call_without_the_right_signature_is_not_believed(
    feed: Feed, client: Client, when: timedelta, secret: str
) -> None:
    assert ring(client, feed, TALK, datetime.now(UTC) + when, secret).status_code == 403
    assert not PhoneCall.objects.exists()


def test_a_sheet_of_calls_is_read_by_the_mapping_of_the_channel(feed: Feed, client: Client) -> None:
    feed.channel.settings = {
        "list": "rows",
        "fields": {"id": "uuid", "number": "from.tel", "came_at": "at", "outcome": "res", "seconds": "bill"},
        "outcomes": {"ОТВЕЧЕН": "talk"},
    }
    feed.channel.save(update_fields=["settings"])
    rows = [
        {
            "uuid": 1,
            "from": {"tel": "9000000003"},
            "at": "20.10.2026 09:15",
            "res": "отвечен",
            "bill": "61.5",
        },
        {"uuid": 2, "from": {}, "at": "2026-10-20T09:15:00", "res": "странно", "bill": 0},
        {"uuid": 3, "at": "вчера"},
        {"from": {"tel": "1"}},
    ]
    assert ring(client, feed, {"rows": rows}).json() == {"accepted": 2, "unread": 2}
    first, second = PhoneCall.objects.order_by("outer_id")
    assert (first.number, first.state, first.seconds) == ("+79000000003", "new", 61)
    assert first.came_at == second.came_at == datetime.fromisoformat("2026-10-20T09:15:00+03:00")
    assert (second.number, second.state) == ("", "to_call")
    assert RawMessage.objects.filter(state="failed").count() == 2


def test_a_sheet_that_is_too_long_is_refused_whole(feed: Feed, client: Client) -> None:
    told = ring(client, feed, [{**MISSED, "id": f"c-{number}"} for number in range(501)])
    assert (told.status_code, PhoneCall.objects.count()) == (413, 0)
    assert "разделите выгрузку" in told.content.decode()


def test_a_call_nested_without_end_breaks_nothing(feed: Feed, client: Client) -> None:
    assert ring(client, feed, b"[" * 200_000).status_code == 400


def test_a_link_of_a_recording_is_a_link(feed: Feed, client: Client) -> None:
    ring(client, feed, {**TALK, "recording_url": "javascript:alert(1)"})
    assert PhoneCall.objects.get().recording == ""


def test_three_vain_tries_end_a_call(town: Town, feed: Feed, client: Client, clerk: User) -> None:
    ring(client, feed, MISSED)
    call = PhoneCall.objects.get()
    tried = reverse("desk:call_tried", args=[call.pk])
    for number in range(3):
        assert client.post(tried, {"reached": "no"}).status_code == 302, number
    call.refresh_from_db()
    assert (call.state, CallTry.objects.count()) == ("not_reached", 3)
    assert client.post(tried, {"reached": "no"}).status_code == 422
    assert "не дозвонились" in client.get(reverse("desk:calls")).content.decode()


def test_a_person_reached_waits_for_a_card(town: Town, feed: Feed, client: Client, clerk: User) -> None:
    ring(client, feed, MISSED)
    call = PhoneCall.objects.get()
    later = note_try(call, False, clerk, timezone.now())
    assert later.next_try_at is not None
    answer = client.post(reverse("desk:call_tried", args=[call.pk]), {"reached": "yes"})
    assert answer.headers["Location"] == f"{reverse('desk:new')}?call={call.pk}"
    client.post(reverse("desk:call_close", args=[call.pk]), {"why": "ошиблись номером"})
    call.refresh_from_db()
    assert (call.state, call.why) == ("done", "ошиблись номером")


def test_a_call_is_closed_once_and_with_a_reason(town: Town, feed: Feed, client: Client, clerk: User) -> None:
    ring(client, feed, TALK)
    call = PhoneCall.objects.get()
    with pytest.raises(Refused, match="почему"):
        close_call(call, " ", clerk, timezone.now())
    close_call(call, "проверка связи", clerk, timezone.now())
    with pytest.raises(Refused, match="уже занялись"):
        close_call(call, "ещё раз", clerk, timezone.now())
