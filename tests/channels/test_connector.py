"""An invented system is connected by a mapping alone: its messages become cards, the answer returns, all once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.adapters.connector.source import ConnectorSource
from otklik.channels.incoming import Incoming
from otklik.channels.models import Feed, Outgoing, RawMessage
from otklik.channels.services.accounts import account_of
from otklik.channels.services.feeding import turn
from otklik.channels.services.trying import try_read
from otklik.channels.tasks import send_waiting
from otklik.channels.tests.conftest import place as place  # the fixture
from otklik.common.models import Municipality
from otklik.common.words import NBSP
from tests.channels.working import Bare, answer, connect
from tests.fakes.connector import TOKEN, Connector
from tests.fakes.network import Network
from tests.town import Town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
MAPPING = """
title = "Городская система"

[auth]
kind = "header"
name = "X-Town-Key"
secret = "token"

[read]
address = "{base}/json"
items = "data.records"
since = "updated_after"
since_format = "%d.%m.%Y %H:%M"
params = {{ by = "{by}" }}
paging = {{ kind = "{kind}", parameter = "{parameter}", size_parameter = "size", size = 2, next = "meta.{next}" }}

[fields]
outer_id = "number"
text = "body.text"
received_at = "registered"
changed_at = "updated"
topic = "category"
author = "applicant.name"
phone = "applicant.phones.0"
status = "state"
score = "mark"

[dates]
format = "%d.%m.%Y %H:%M"
zone = "Europe/Moscow"

[statuses]
new = {{ title = "Новое" }}
done = {{ title = "Закрыто", closed = true }}

[write]
address = "{base}/answers/{{outer_id}}"
body = {{ reply = "{{text}}" }}
proof = "result.link"
"""
PAGINGS = {
    "page": ("page", "page", "mark"),
    "offset": ("offset", "offset", "mark"),
    "cursor": ("cursor", "mark", "mark"),
    "link": ("link", "mark", "next"),
}


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Connector()) as network:
        yield network


@pytest.fixture
def system(network: Network) -> Connector:
    system = network.services["connector"]
    assert isinstance(system, Connector)
    system.records.clear()
    system.posted.clear()
    system.asked.clear()
    system.faults.clear()
    system.most, system.beyond, system.deaf = 1000, 0, False
    return system


@pytest.fixture
def bare(place: Municipality) -> Bare:
    return Bare(place)


def connected(town: Town | Bare, mapping: str) -> Feed:
    return connect(town, "ecpur", {"mapping": mapping}, {"token": TOKEN})


def by_json(system: Connector, paging: str = "page") -> str:
    kind, parameter, following = PAGINGS[paging]
    return MAPPING.format(base=system.url, by=paging, kind=kind, parameter=parameter, next=following)


def read(feed: Feed, turns: int = 4) -> list[str]:
    """Turns until the pages end; numbers that were kept."""
    for _ in range(turns):
        turn(feed, NOW)
    return sorted(RawMessage.objects.filter(channel=feed.channel).values_list("outer_id", flat=True))


def test_it_carries_a_message_of_an_invented_system_to_its_answer(town: Town, system: Connector) -> None:
    feed = connected(town, by_json(system))
    record = system.say("42/7", YAMA)
    read(feed, 1)
    take_in()
    case = Case.objects.get(outer_id="42/7")
    assert (case.outer_status, case.channel.kind) == ("Новое", "ecpur")
    assert case.came_at == datetime.fromisoformat("2026-10-20T09:30:00+03:00")
    case = answer(town, case, NOW)
    assert [(one.place, one.text.count("Яму заделали")) for one in system.posted] == [("42/7", 1)]
    assert (
        Outgoing.objects.get(about=case.number, kind="answer").proof == "https://town.example/messages/42/7"
    )
    assert case.state == "sent"
    for state, at, told in (
        ("done", "11:00", "Закрыто"),
        ("new", "11:30", "Новое"),
        ("done", "11:40", "Закрыто"),
    ):
        record |= {"state": state, "mark": 5, "updated": f"20.10.2026 {at}"}
        read(feed, 2)
        take_in()
        case.refresh_from_db()
        assert (case.outer_status, case.score) == (told, 5)


def test_it_answers_once_though_the_line_was_cut(town: Town, system: Connector) -> None:
    feed = connected(town, by_json(system))
    system.say("1", YAMA)
    read(feed, 1)
    take_in()
    system.faults.lose_answer(only="/answers/")
    answer(town, Case.objects.get(outer_id="1"), NOW)
    assert Outgoing.objects.get(kind="answer").state == "waiting"
    Outgoing.objects.update(next_try_at=NOW - timedelta(days=1))
    send_waiting()
    assert Outgoing.objects.get(kind="answer").state == "sent"
    assert len(system.posted) == 1


@pytest.mark.parametrize("paging", PAGINGS)
def test_it_reads_every_page_whatever_the_paging(bare: Bare, system: Connector, paging: str) -> None:
    feed = connected(bare, by_json(system, paging))
    for number in range(1, 6):
        system.say(str(number), f"{YAMA} Дом {number}.")
    # After numbered pages an empty one is the end.
    assert read(feed, 4 if paging in ("page", "offset") else 3) == ["1", "2", "3", "4", "5"]
    asked = len(system.asked)
    read(feed, 1)
    assert system.asked[asked]["updated_after"] == "20.10.2026 09:20"


@pytest.mark.parametrize("paging", ["page", "offset"])
@pytest.mark.parametrize("beyond", [0, 404])
def test_it_reads_on_where_pages_are_shorter_than_it_asked(
    bare: Bare, system: Connector, paging: str, beyond: int
) -> None:
    feed = connected(bare, by_json(system, paging).replace("size = 2", "size = 100"))
    system.most, system.beyond = 2, beyond
    for number in range(1, 6):
        system.say(str(number), f"{YAMA} Дом {number}.")
    assert read(feed, 4) == ["1", "2", "3", "4", "5"]
    assert (feed.cursor.get("page"), feed.error) == (None, "")


def test_it_does_not_read_one_page_for_ever(bare: Bare, system: Connector) -> None:
    feed = connected(bare, by_json(system))
    system.deaf = True
    for number in range(1, 4):
        system.say(str(number), YAMA)
    read(feed, 2)
    assert (feed.cursor.get("page"), feed.cursor.get("since") is None) == (None, False)


def test_it_begins_again_where_the_system_has_forgotten_its_mark(bare: Bare, system: Connector) -> None:
    feed = connected(bare, by_json(system, "cursor"))
    for number in range(1, 6):
        system.say(str(number), f"{YAMA} Дом {number}.")
    read(feed, 1)
    system.faults.fail(410)
    read(feed, 1)
    assert "не знает метки" in feed.error
    assert read(feed, 4) == ["1", "2", "3", "4", "5"]
    assert feed.error == ""


def test_a_date_of_tomorrow_hides_nothing_that_comes_after(bare: Bare, system: Connector) -> None:
    feed = connected(bare, by_json(system))
    system.say("1", YAMA, at="20.10.2099 09:30")
    read(feed, 2)
    assert datetime.fromisoformat(feed.cursor["since"]) < timezone.now()


def test_it_loses_nothing_among_faults(bare: Bare, system: Connector) -> None:
    feed = connected(bare, by_json(system))
    for number in range(1, 8):
        system.say(str(number), f"{YAMA} Дом {number}.")
    system.faults.storm(0.5, seed=4)
    read(feed, 12)
    system.faults.clear()
    assert read(feed, 5) == [str(number) for number in range(1, 8)]


XML = """
[auth]
kind = "header"
name = "X-Town-Key"
[read]
address = "{base}/xml"
format = "xml"
items = "m:message"
[fields]
outer_id = "@id"
text = "m:text"
received_at = "m:when"
topic = "m:topic/@code"
[namespaces]
m = "urn:town:messages"
"""
CSV = """
[auth]
kind = "header"
name = "X-Town-Key"
[read]
address = "{base}/csv"
format = "csv"
[fields]
outer_id = "Номер"
text = "Текст"
received_at = "Дата"
"""


@pytest.mark.parametrize(("mapping", "topic"), [(XML, "7"), (CSV, "")])
def test_it_reads_xml_and_tables_too(bare: Bare, system: Connector, mapping: str, topic: str) -> None:
    feed = connected(bare, mapping.format(base=system.url))
    system.say("9", YAMA)
    system.say("10", "Не горит фонарь у дома 3.")
    assert read(feed, 2) == ["10", "9"]
    kept = Incoming.from_payload(RawMessage.objects.get(outer_id="9").payload)
    assert (kept.text, kept.outer_topic) == (YAMA, topic)


def test_it_keeps_an_item_it_cannot_read_and_goes_on(bare: Bare, system: Connector) -> None:
    feed = connected(bare, by_json(system))
    system.say("1", YAMA, at="вчера")
    system.say("2", YAMA)
    read(feed, 2)
    failed = RawMessage.objects.get(state="failed")
    assert "не по образцу" in failed.error
    assert RawMessage.objects.filter(state="new").get().outer_id == "2"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('kind = "header"', 'kind = "magic"'), "ключ auth.kind"),
        (("X-Town-Key", "X-Other"), "не приняла ключ"),
        (("data.records", "data"), "не список"),
        (
            ("data.records", "data.rows"),
            "Пути «data.rows» в ответе нет: проверьте items в [read]; там есть «records».",
        ),
        (("data.records", "rows"), "там есть «data», «meta»."),
        (("/json", "/nowhere"), "Адреса в системе нет"),
        (
            ('text = "body.text"', 'text = "body.words"'),
            "У записи «1» нет текста: проверьте text в [fields].",
        ),
    ],
)
def test_it_says_what_to_mend(bare: Bare, system: Connector, change: tuple[str, str], words: str) -> None:
    system.say("1", YAMA)
    feed = connected(bare, by_json(system).replace(*change))
    turn(feed, NOW)
    assert words in feed.error


def test_it_follows_no_link_to_another_server(bare: Bare, system: Connector) -> None:
    feed = connected(bare, by_json(system, "link"))
    feed.cursor = {"page": "https://elsewhere.example/steal"}
    feed.save(update_fields=["cursor"])
    turn(feed, NOW)
    assert "другой сервер" in feed.error


def test_it_leaves_answers_to_a_person_where_the_mapping_takes_none(town: Town, system: Connector) -> None:
    feed = connected(town, by_json(system).partition("[write]")[0])
    system.say("1", YAMA)
    read(feed, 1)
    take_in()
    case = answer(town, Case.objects.get(outer_id="1"), NOW)
    assert case.state == "placing"
    assert ConnectorSource().fetch(account_of(feed.channel), {}).incomings[0].outer_id == "1"


def test_a_dry_run_shows_messages_without_persons(bare: Bare, system: Connector) -> None:
    feed = connected(bare, by_json(system))
    system.say("1", f"{YAMA} Звоните 8 900 000-00-01, Иванова Мария Петровна.")
    first, message = try_read(feed.channel)
    assert first.startswith(f"1{NBSP}сообщение")
    assert message.startswith("1 от 20.10.2026 13:30 [Дороги] (Новое): На улице Гагарина")
    assert not any(word in message for word in ("900", "Мария", "Заявитель"))
    assert RawMessage.objects.count() == 0
    feed.refresh_from_db()
    assert feed.cursor == {}
