"""Open311 as applications of other towns use it: by an independent public client and by plain calls."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from georeport import GeoReport
from requests import HTTPError, Request, Response

from otklik.cases.models import Case
from otklik.cases.services.intake import register_waiting
from otklik.channels.models import Channel, MediaFetch, RawMessage
from otklik.channels.services import make_key
from tests.channels.working import answer
from tests.chaos.worker import Death, death_at
from tests.town import Town, build_town

BASE = "/api/open311/v2"
PIT = {
    "description": "Большая яма во дворе, звоните +7 900 000-00-01",
    "service_code": "",
    "lat": "58.3881",
    "long": "33.9155",
    "first_name": "Анна",
    "phone": "+79000000001",
}
ROW = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    cache.clear()
    town = build_town()
    Channel.objects.filter(pk=town.channel("api").pk).update(settings={"open311": True})
    yield town


@pytest.fixture
def key(town: Town) -> str:
    return make_key(town.channel("api"), "Приложение «Город»")[1]


def code(client: Client) -> str:
    """A service of roads."""
    rows = client.get(f"{BASE}/services.json").json()
    return next(
        str(row["service_code"]) for row in rows if "ям" in row["service_name"].lower() or row["group"]
    )


def post(client: Client, key: str, **more: str) -> Any:
    data = {**PIT, "service_code": code(client), "api_key": key, **more}
    return client.post(f"{BASE}/requests.json", {name: value for name, value in data.items() if value})


def test_a_request_gets_a_token_then_its_number(client: Client, town: Town, key: str) -> None:
    answer = post(client, key, media_url="https://example.org/pit.jpg", **{"attribute[danger]": "yes"})
    token = answer.json()[0]["token"]
    assert (answer.status_code, answer.json()[0]["account_id"]) == (201, None)
    waiting = client.get(f"{BASE}/tokens/{token}.json").json()
    assert waiting == [{"token": token, "service_request_id": None}]
    register_waiting(town.municipality, timezone.now())
    number = client.get(f"{BASE}/tokens/{token}.json").json()[0]["service_request_id"]
    row = client.get(f"{BASE}/requests/{number}.json").json()[0]
    assert set(row) == ROW
    assert (row["status"], row["lat"], row["description"]) == ("open", 58.388, None)
    assert "Опасно" in RawMessage.objects.get().payload["text"]
    assert MediaFetch.objects.get().url.endswith("pit.jpg")
    own = client.get(f"{BASE}/requests/{number}.json", {"api_key": key}).json()[0]
    assert own["lat"] == 58.3881
    assert "900" not in json.dumps(own, ensure_ascii=False)
    assert "Анна" not in json.dumps(own, ensure_ascii=False)


def test_a_request_sent_again_after_a_cut_line_is_one(client: Client, town: Town, key: str) -> None:
    told = {**PIT, "service_code": code(client), "api_key": key}
    sent = [
        client.post(f"{BASE}/requests.json", told, headers={"Idempotency-Key": "app-7"}) for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
    assert RawMessage.objects.count() == 1
    other = {**told, "description": "Упало дерево"}
    clash = client.post(f"{BASE}/requests.json", other, headers={"Idempotency-Key": "app-7"})
    assert (clash.status_code, RawMessage.objects.count()) == (409, 1)


def test_a_request_is_kept_once_though_we_die_before_the_answer(client: Client, town: Town, key: str) -> None:
    told = {**PIT, "service_code": code(client), "api_key": key}
    with death_at("call kept"), pytest.raises(Death):
        client.post(f"{BASE}/requests.json", told, headers={"Idempotency-Key": "app-8"})
    assert RawMessage.objects.count() == 0
    client.post(f"{BASE}/requests.json", told, headers={"Idempotency-Key": "app-8"})
    assert RawMessage.objects.count() == 1


def test_an_answered_request_is_closed(client: Client, town: Town, key: str) -> None:
    token = post(client, key).json()[0]["token"]
    register_waiting(town.municipality, timezone.now())
    case = answer(town, Case.objects.get(raw__outer_id=token), timezone.now() - timedelta(hours=2))
    row = client.get(f"{BASE}/requests/{case.number}.json").json()[0]
    assert (row["status"], row["status_notes"], row["expected_datetime"]) == ("closed", "отправлено", None)
    assert [one["status"] for one in client.get(f"{BASE}/requests.json", {"status": "closed"}).json()] == [
        "closed"
    ]


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "otk_1_none"}, 403, "не действует"),
        ({"service_code": "no_such"}, 404, "service_code"),
        ({"lat": "", "long": ""}, 400, "address_string"),
        ({"lat": "95"}, 400, "широт"),
        ({"lat": "север"}, 400, "WGS84"),
        ({"media_url": "ftp://example.org/1"}, 400, "https"),
        ({"description": "я" * 4001}, 400, "4000"),
        ({"attribute[settlement]": "Нигде"}, 400, "Нигде"),
        ({"jurisdiction_id": "nowhere"}, 404, "jurisdiction_id"),
    ],
)
def test_a_wrong_request_is_told_by_the_standards_error(
    client: Client, town: Town, key: str, wrong: dict[str, str], status: int, words: str
) -> None:
    answer = post(client, key, **wrong)
    assert answer.status_code == status
    assert answer.json()[0]["code"] == status
    assert words in answer.json()[0]["description"]
    assert not RawMessage.objects.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400),
        ({"start_date": "yesterday"}, 400),
        ({"end_date": "0001-01-01"}, 400),
        ({"status": "lost"}, 400),
        ({"page": "0"}, 400),
        ({"page_size": "1001"}, 400),
        ({"start_date": "2026-01-01T00:00:00 03:00"}, 200),
    ],
)
def test_a_list_is_asked_within_bounds(
    client: Client, town: Town, query: dict[str, str], status: int
) -> None:
    assert client.get(f"{BASE}/requests.json", query).status_code == status


def test_lists_have_pages_status_and_service(client: Client, town: Town, key: str) -> None:
    for number in range(3):
        post(client, key, description=f"Яма номер {number} у дома")
    register_waiting(town.municipality, timezone.now())
    ask = f"{BASE}/requests.json"
    pages = [client.get(ask, {"page": page, "page_size": 2}).json() for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert len(client.get(ask, {"status": "open"}).json()) == 3
    assert client.get(ask, {"status": "closed"}).json() == []
    numbers = ",".join(row["service_request_id"] for row in pages[0])
    assert len(client.get(ask, {"service_request_id": numbers, "status": "closed"}).json()) == 2
    assert client.get(ask, {"service_code": "no_such"}).json() == []


def test_xml_says_the_same(client: Client, town: Town, key: str) -> None:
    post(client, key)
    register_waiting(town.municipality, timezone.now())
    page = client.get(f"{BASE}/requests.xml")
    assert page.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = fromstring(page.content)
    assert root.tag == "service_requests"
    assert {one.tag for one in root[0]} == ROW
    fault = fromstring(client.get(f"{BASE}/requests/no-such.xml").content)
    assert (fault.tag, fault.findtext("error/code")) == ("errors", "404")
    assert client.get(f"{BASE}/services.txt").status_code == 404
    found = fromstring(client.get("/api/open311/discovery.xml").content)
    assert found.findtext("endpoints/endpoint/specification", "").endswith("GeoReport_v2")


def test_only_what_came_by_this_door_is_seen(client: Client, town: Town, key: str) -> None:
    case = town.case("На улице Гагарина у дома 12 яма.")
    assert client.get(f"{BASE}/requests/{case.number}.json").status_code == 404
    assert client.get(f"{BASE}/requests.json").json() == []
    Case.objects.filter(pk=case.pk).update(channel=town.channel("api"), kind="appeal")
    assert client.get(f"{BASE}/requests/{case.number}.json").status_code == 404


def test_a_crowd_of_strangers_is_held_off(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("otklik.api.open311.door.PER_MINUTE", 2)
    asked = [client.get(f"{BASE}/services.json").status_code for _ in range(3)]
    assert asked == [200, 200, 429]


def test_a_town_that_has_not_opened_the_door_has_none(client: Client, town: Town) -> None:
    Channel.objects.filter(pk=town.channel("api").pk).update(settings={})
    answer = client.get(f"{BASE}/services.json")
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)


@pytest.fixture
def wire(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `requests` would send over the wire goes to this very application."""

    def get(url: str, params: dict[str, str] | None = None) -> Response:
        sent = Request("GET", url, params=params).prepare().url or ""
        told = client.get(sent.removeprefix("https://town.example"))
        answer = Response()
        answer.status_code, answer._content, answer.url = told.status_code, told.content, sent
        answer.headers["Content-Type"] = told.headers["Content-Type"]
        return answer

    monkeypatch.setattr("georeport.georeport.requests.get", get)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_independent_client_reads_everything(
    client: Client, town: Town, key: str, wire: None, form: str
) -> None:
    for text in ("Яма у дома", "Вторая яма у школы"):
        post(client, key, description=text)
    register_waiting(town.municipality, timezone.now())
    public = GeoReport(f"https://town.example{BASE}", town.municipality.key, output_format=form)
    services = public.get_service_list()
    assert {"service_code", "service_name", "metadata", "type"} <= set(services[0])
    told = public.get_service_definition(services[0]["service_code"])
    assert told["service_code"] == services[0]["service_code"]
    rows = public.get_service_requests(status="open")
    assert len(rows) == 2
    assert set(rows[0]) == ROW
    one = public.get_service_request(rows[0]["service_request_id"])
    found = one if isinstance(one, dict) else one[0]
    assert found["service_request_id"] == rows[0]["service_request_id"]
    with pytest.raises(HTTPError):
        public.get_service_request("no-such")
