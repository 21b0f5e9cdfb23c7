"""Depots of every kind: what is taken out of letters, what is put and how, what a dry run shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.channels.depots.opening import open_depot
from otklik.channels.importing.tests.making import MAPPING, as_csv, table
from otklik.channels.models import Channel, Feed, ImportRun, RawMessage
from otklik.channels.services import channel_of_kind
from otklik.channels.services.accounts import account_of, set_secret
from otklik.channels.services.feeding import turn
from otklik.channels.services.trying import try_read
from otklik.channels.tasks import take_in_files
from otklik.channels.tests.conftest import place as place  # the fixture
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.words import NBSP
from tests.fakes import sftp, webdav
from tests.fakes.mail import PASSWORD, Mail
from tests.fakes.network import Network

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
OPERATOR = "operator@system.example"
CSV = "text/csv"


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Mail(), webdav.Webdav()) as network:
        yield network


@pytest.fixture
def mail(network: Network) -> Mail:
    mail = network.services["mail"]
    assert isinstance(mail, Mail)
    mail.reset()
    return mail


@pytest.fixture
def channel(place: Municipality, settings: Settings, tmp_path: Path) -> Channel:
    settings.EXCHANGE_ROOT = tmp_path / "exchange"
    return channel_of_kind(place, "file")


def given(channel: Channel, password: str, **settings: object) -> Feed:
    channel.settings = {**channel.settings, "columns": MAPPING, **settings}
    channel.save(update_fields=["settings"])
    if password:
        set_secret(channel, "password", password)
    return Feed.objects.create(municipality=channel.municipality, channel=channel, is_on=True)


def test_it_takes_tables_out_of_letters_of_named_senders_alone(channel: Channel, mail: Mail) -> None:
    feed = given(channel, PASSWORD, depot="mail", senders=OPERATOR, **mail.settings)
    mail.say(OPERATOR, "Выгрузка во вложении", files=[("a.csv", CSV, as_csv(table(3)))])
    mail.say("stranger@example.net", "И моя", files=[("b.csv", CSV, as_csv(table(9)))])
    mail.say(OPERATOR, "Таблицы не будет")
    two = [("c.csv", CSV, as_csv(table(2, first=10))), ("d.csv", CSV, as_csv(table(2, first=20)))]
    mail.say(OPERATOR, "Две сразу", files=two)
    turn(feed, NOW)
    turn(feed, NOW)
    assert (feed.error, ImportRun.objects.count()) == ("", 2)
    take_in_files()
    assert RawMessage.objects.count() == 7
    turn(feed, NOW)
    assert ImportRun.objects.count() == 2


def test_it_reads_nobody_until_senders_are_named(channel: Channel, mail: Mail) -> None:
    feed = given(channel, PASSWORD, depot="mail", **mail.settings)
    turn(feed, NOW)
    assert "senders" in feed.error


@contextmanager
def server() -> Iterator[sftp.Sftp]:
    with sftp.Sftp() as server:
        yield server


def test_it_puts_a_file_whole_over_sftp(channel: Channel) -> None:
    with server() as there:
        given(
            channel,
            sftp.PASSWORD,
            depot="sftp",
            host=sftp.HOST,
            port=there.port,
            user=sftp.USER,
            host_key=there.host_key,
            folder="/bi",
        )
        with open_depot(account_of(channel)) as depot:
            assert depot.put("facts.csv", b"one") == "SFTP /bi/facts.csv"
            depot.put("facts.csv", b"two")
        assert there.files == {"facts.csv": b"two"}


def test_it_puts_a_file_over_webdav_and_into_a_folder(
    channel: Channel, network: Network, tmp_path: Path
) -> None:
    disk = network.services["webdav"]
    assert isinstance(disk, webdav.Webdav)
    given(channel, webdav.PASSWORD, depot="webdav", base_url=disk.url, user=webdav.USER)
    with open_depot(account_of(channel)) as depot:
        depot.put("таблица.csv", b"one")
    assert disk.files["таблица.csv"] == b"one"
    folder = tmp_path / "exchange" / channel.municipality.key / "bi"
    channel.settings = {"depot": "folder", "folder": "bi"}
    with open_depot(account_of(channel)) as depot:
        depot.put("facts.csv", b"one")
        depot.put("facts.csv", b"two")
        assert [left.name for left in depot.look()] == ["facts.csv"]
    assert (folder / "facts.csv").read_bytes() == b"two"


def test_a_dry_run_shows_what_would_come_and_keeps_nothing(channel: Channel, tmp_path: Path) -> None:
    folder = tmp_path / "exchange" / channel.municipality.key / "in"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(as_csv(table(3)))
    feed = given(channel, "", depot="folder", folder="in")
    turn(feed, NOW)
    assert try_read(channel) == [
        f"0{NBSP}сообщений, 1{NBSP}таблица, не прочитано: 0",
        "таблица «a.csv», разметка columns",
    ]
    assert ImportRun.objects.count() == 0
    with pytest.raises(Refused, match="читать нечем"):
        try_read(channel_of_kind(channel.municipality, "oral"))
