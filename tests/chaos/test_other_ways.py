"""Ways in that are no networks (folders, disks, calls of other systems) in the same storm: kept once, whatever dies."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from otklik.channels import steps
from otklik.channels.importing.tests.making import MAPPING, as_csv, table
from otklik.channels.models import Feed, ImportRun, PhoneCall, RawMessage
from otklik.channels.rules import LEASE, TURN_LEASE
from otklik.channels.services import make_outgoing
from otklik.channels.services.delivery import deliver_waiting
from otklik.channels.services.feeding import claim, turn
from otklik.channels.tasks import take_in_files
from otklik.common.models import Municipality
from tests.channels.ringing import SECRET, ring
from tests.channels.working import Bare, connect
from tests.chaos.worker import Death, death_at
from tests.fakes import webdav
from tests.fakes.edms import Edms
from tests.fakes.network import Network

YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
FOLDERS = {"folder_in": "edms/in", "folder_out": "edms/out"}


@pytest.fixture(scope="module")
def disk() -> Iterator[webdav.Webdav]:
    with Network(webdav.Webdav()) as network:
        found = network.services["webdav"]
        assert isinstance(found, webdav.Webdav)
        yield found


@pytest.fixture
def town(place: Municipality, settings: Settings, tmp_path: Path) -> Bare:
    settings.EXCHANGE_ROOT = tmp_path / "exchange"
    return Bare(place)


@pytest.fixture
def edms(town: Bare, settings: Settings) -> Edms:
    return Edms(Path(settings.EXCHANGE_ROOT) / town.municipality.key / "edms")


def test_tables_of_a_disk_are_each_taken_once_in_a_storm(town: Bare, disk: webdav.Webdav) -> None:
    settings = {"columns": MAPPING, "depot": "webdav", "base_url": disk.url, "user": webdav.USER}
    feed = connect(town, "file", settings, {"password": webdav.PASSWORD})
    for number in range(6):
        disk.put_file(f"{number}.csv", as_csv(table(3, first=1 + 3 * number)))
    now = timezone.now()
    turn(feed, now)
    disk.faults.storm(0.5, seed=3)
    for _ in range(8):
        turn(feed, now)
    disk.faults.clear()
    for _ in range(3):
        turn(feed, now)
    take_in_files()
    assert (ImportRun.objects.count(), RawMessage.objects.count(), feed.error) == (6, 18, "")


def test_a_page_of_a_gateway_in_the_place_of_a_table_is_asked_for_again(
    town: Bare, disk: webdav.Webdav
) -> None:
    disk.files.clear()
    settings = {"columns": MAPPING, "depot": "webdav", "base_url": disk.url, "user": webdav.USER}
    feed = connect(town, "file", settings, {"password": webdav.PASSWORD})
    disk.put_file("a.csv", as_csv(table(3)))
    turn(feed, timezone.now())
    disk.faults.wrong_json(1, only="/a.csv")
    turn(feed, timezone.now())
    assert "попробуем снова" in feed.error
    turn(feed, timezone.now())
    assert (ImportRun.objects.count(), feed.error) == (1, "")


@pytest.mark.parametrize("step", steps.READING)
def test_a_container_is_read_once_though_the_reader_dies(step: steps.Step, town: Bare, edms: Edms) -> None:
    feed = connect(town, "edms", FOLDERS)
    uid = edms.say(YAMA)
    now = timezone.now()
    again(feed, now)  # the first look only learns that the container is there
    with death_at(step), pytest.raises(Death):
        again(feed, now + timedelta(minutes=1))
    for times in (1, 2, 3):
        again(feed, now + TURN_LEASE * 2 * times)
    assert list(RawMessage.objects.values_list("outer_id", flat=True)) == [uid]
    assert (edms.lying(), edms.moved("прочитано")) == ([], [uid])


def again(feed: Feed, now: datetime) -> None:
    """A turn of a process that has just been born."""
    born = Feed.objects.select_related("channel__municipality", "municipality").get(pk=feed.pk)
    assert claim(born, now)
    turn(born, now)


@pytest.mark.slow
@pytest.mark.parametrize("step", steps.SENDING)
def test_a_container_leaves_once_though_the_sender_dies(step: steps.Step, town: Bare, edms: Edms) -> None:
    feed = connect(town, "edms", FOLDERS)
    uid, now = edms.say(YAMA), timezone.now()
    for minute in range(2):
        again(feed, now + timedelta(minutes=minute))
    outgoing = make_outgoing(
        feed.channel, "answer", "2026-1", "", "Ответ", "Заделали.", "1:answer", reply_to=uid, now=now
    )
    with death_at(step), pytest.raises(Death):
        deliver_waiting(town.municipality, now)
    for times in (2, 4):
        deliver_waiting(town.municipality, now + LEASE * times)
    outgoing.refresh_from_db()
    documents = [one for one in edms.taken() if "document.pdf" in one.files]
    # A sending that was cut waits for a person, who looks whether it has left.
    state = "sent" if step == "outgoing marked" else "dead"
    assert (outgoing.state, len(documents)) == (state, int(step != "outgoing claimed"))


@pytest.mark.parametrize("step", steps.HEARING)
def test_a_call_is_kept_once_though_we_die_before_the_answer(
    step: steps.Step, town: Bare, client: Client
) -> None:
    cache.clear()
    feed = connect(town, "phone", {}, {"hmac": SECRET})
    told = {"id": "c-1", "number": "+79000000001", "status": "answered", "duration": 70}
    with death_at(step), pytest.raises(Death):
        ring(client, feed, told)
    assert ring(client, feed, told).status_code == 200
    assert PhoneCall.objects.count() == 1
