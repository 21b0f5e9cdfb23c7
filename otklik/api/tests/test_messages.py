"""The API as another system uses it."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from otklik.cases.services.intake import register_waiting
from otklik.channels.models import RawMessage
from otklik.channels.services import make_key, revoke_key
from tests.town import Town, build_town

URL = "/api/v1/messages"
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
PIT = {"text": "На улице Гагарина у дома 12 большая яма. Когда заделаете?", "outer_id": "A-1"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


@pytest.fixture
def key(town: Town) -> str:
    return make_key(town.channel("api"), "Портал области")[1]


def post(client: Client, key: str, data: Any, address: str = URL, **headers: str) -> Any:
    body = data if isinstance(data, bytes) else json.dumps(data)
    return client.post(address, body, content_type="application/json", headers={"X-API-Key": key, **headers})


def test_a_message_is_kept_once_and_becomes_a_case(client: Client, town: Town, key: str) -> None:
    first, second = post(client, key, PIT), post(client, key, PIT)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert client.get(f"{URL}/A-1", headers={"X-API-Key": key}).json()["state"] == "принято"
    register_waiting(town.municipality, NOW)
    state = client.get(f"{URL}/A-1", headers={"X-API-Key": key}).json()
    assert state["number"]
    assert state["answer"] is None


def test_an_idempotency_key_stands_for_a_missing_number(client: Client, key: str) -> None:
    data = {"text": PIT["text"]}
    answers = [post(client, key, data, **{"Idempotency-Key": "k-1"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]


@pytest.mark.parametrize("wrong", ["", "otk_1_nonsense", "otk_999999_x", "совсем не ключ".encode().hex()])
def test_a_wrong_key_is_refused_in_words(client: Client, town: Town, wrong: str) -> None:
    answer = post(client, wrong, PIT)
    assert answer.status_code == 401
    assert "ключ" in answer.json()["error"]
    assert not RawMessage.objects.exists()


def test_a_revoked_key_is_refused(client: Client, town: Town) -> None:
    row, text = make_key(town.channel("api"), "Портал области")
    revoke_key(row)
    assert post(client, text, PIT).status_code == 401


def test_a_key_sees_only_its_own_channel(client: Client, town: Town, key: str) -> None:
    post(client, key, PIT)
    other = make_key(town.channel("ecpur"), "Другая система")[1]
    assert client.get(f"{URL}/A-1", headers={"X-API-Key": other}).status_code == 404


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"{", 400, "JSON"),
        ({"text": ""}, 422, "text"),
        ({"subject": "без текста"}, 422, "обязательно"),
        ({"text": "яма", "received_at": "вчера"}, 422, "ISO 8601"),
        ({"text": "яма", "lat": 95}, 422, "lat"),
        ([1, 2], 422, "объект JSON"),
        ({"text": "я" * 20_001}, 422, "20000"),
    ],
)
def test_bad_input_gets_one_sentence(client: Client, key: str, data: Any, status: int, words: str) -> None:
    answer = post(client, key, data)
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_another_text_under_a_known_number_is_refused_and_nothing_is_lost_silently(
    client: Client, key: str
) -> None:
    post(client, key, PIT)
    clash = post(client, key, {**PIT, "text": "Не горит фонарь у школы."})
    assert clash.status_code == 409
    assert "другим текстом" in clash.json()["error"]
    same = {"text": "Не горит фонарь у школы."}
    people = [post(client, key, {**same, "author": name}).status_code for name in ("Анна", "Борис", "Анна")]
    assert people == [201, 201, 200]


def test_a_runaway_loop_is_slowed_down(client: Client, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("otklik.api.keys.PER_MINUTE", 2)
    assert [post(client, key, PIT).status_code for _ in range(3)] == [201, 200, 429]


def test_unread_input_is_kept_with_its_error(client: Client, key: str) -> None:
    post(client, key, {"subject": "без текста"})
    raw = RawMessage.objects.get()
    assert raw.state == "failed"
    assert raw.payload["unread"] == {"subject": "без текста"}
    assert "обязательно" in raw.error


def test_a_batch_is_taken_whole_or_not_at_all(client: Client, key: str) -> None:
    good = [{"text": f"Яма номер {number} на дороге", "outer_id": f"B-{number}"} for number in range(3)]
    bad = post(client, key, {"messages": [*good, {"outer_id": "B-9"}]}, f"{URL}/batch")
    assert bad.status_code == 422
    assert "Сообщение 4" in bad.json()["error"]
    assert not RawMessage.objects.filter(state="new").exists()
    done = post(client, key, {"messages": good}, f"{URL}/batch").json()
    assert (done["accepted"], done["repeated"]) == (3, 0)
    assert post(client, key, {"messages": good}, f"{URL}/batch").json()["repeated"] == 3


def test_the_page_and_the_description_need_no_key(client: Client, db: None) -> None:
    assert "X-API-Key" in client.get("/api/docs").content.decode()
    assert client.get("/api/v1/openapi.json").json()["info"]["title"] == "Отклик"
