"""Stories of exchange with a document system: a container in, a case, containers out; a broken one is told of."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.models import Feed, Outgoing, RawMessage
from otklik.channels.services.feeding import turn
from otklik.channels.tasks import send_waiting
from tests.channels.working import answer, connect
from tests.fakes.edms import GOVERNMENT, OLDER, Edms, zipped
from tests.town import Town

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"


@pytest.fixture
def edms(town: Town, settings: Settings) -> Edms:
    return Edms(Path(settings.EXCHANGE_ROOT) / town.municipality.key / "edms")


@pytest.fixture
def feed(town: Town, edms: Edms) -> Feed:
    given = {"folder_in": "edms/in", "folder_out": "edms/out", "organization_uid": "town-uid"}
    return connect(town, "edms", given)


def read(feed: Feed) -> list[Case]:
    """Two looks: a container is taken when it has not changed between them; then its case."""
    for step in range(2):
        turn(feed, NOW + timedelta(minutes=step))
    take_in()
    return list(Case.objects.filter(channel=feed.channel).order_by("id"))


@pytest.mark.parametrize(
    ("family", "encoding", "packed", "space"),
    [
        ("newer", "utf-8", False, ""),
        ("newer", "windows-1251", True, "http://minsvyaz.ru/container"),
        ("older", "windows-1251", False, ""),
        ("older", "utf-8", True, f"{OLDER}/2.6"),
    ],
)
def test_a_container_becomes_a_case_and_is_answered_in_its_own_shape(
    town: Town, edms: Edms, feed: Feed, family: str, encoding: str, packed: bool, space: str
) -> None:
    uid = edms.say(YAMA, family, encoding=encoding, packed=packed, space=space, person="Анна Ивановна")
    (case,) = read(feed)
    assert (case.kind, case.outer_id) == ("appeal", uid)
    assert case.applicant is not None
    assert case.applicant.name == "Анна Ивановна"
    assert case.raw is not None
    columns = case.raw.payload["columns"]
    assert (columns["Исходящий номер"], columns["Отправитель"]) == ("01-15/77", GOVERNMENT)
    assert [file.name for file in case.raw.files.all()] == ["text.txt"]
    case = answer(town, case, NOW)
    assert case.state == "sent"
    kinds = {one.texts.get("notice", one.kind): one for one in edms.taken()}
    document = kinds["Документ" if family == "older" else "Транспортный контейнер"]
    assert "document.pdf" in document.files
    assert document.answers == uid
    assert kinds["Доклад направлен"].answers == kinds["Зарегистрирован"].answers == uid
    assert kinds["Зарегистрирован"].texts["number"] in ("01-15/77", case.number)
    before = sorted(one.name for one in edms.taken())
    Outgoing.objects.filter(about=case.number).update(state="waiting", next_try_at=NOW)
    send_waiting()
    assert sorted(one.name for one in edms.taken()) == before


def test_a_container_is_moved_only_after_its_case_is_saved(town: Town, edms: Edms, feed: Feed) -> None:
    uid = edms.say(YAMA)
    turn(feed, NOW)
    assert RawMessage.objects.count() == 0
    turn(feed, NOW)
    assert (RawMessage.objects.count(), edms.lying()) == (1, [uid])
    Feed.objects.filter(pk=feed.pk).update(cursor={"seen": feed.cursor["seen"]})
    feed.refresh_from_db()
    turn(feed, NOW)
    turn(feed, NOW)
    assert RawMessage.objects.count() == 1
    turn(feed, NOW)
    assert (edms.lying(), edms.moved("прочитано")) == ([], [uid])


def test_the_same_container_brought_twice_is_one_case(town: Town, edms: Edms, feed: Feed) -> None:
    uid = edms.say(YAMA)
    assert len(read(feed)) == 1
    turn(feed, NOW)
    edms.say(YAMA, uid=uid)
    assert len(read(feed)) == 1
    turn(feed, NOW)
    assert edms.moved("прочитано") == [uid, f"{uid}-2"]


@pytest.mark.parametrize(
    ("name", "files", "words"),
    [
        ("no-passport", {"text.txt": b"1"}, "passport.xml"),
        ("no-xml", {"passport.xml": b"this is no xml"}, "не XML"),
        ("no-number", {"passport.xml": b"<container/>"}, "номера контейнера"),
        (
            "bomb",
            {"passport.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><container uid="1">&b;</container>'},
            "запрещённые",
        ),
        ("broken-archive", {"document.edc.zip": b"PK\x03\x04nonsense"}, "повреждён"),
    ],
)
def test_a_broken_container_goes_to_the_tray_with_words(
    town: Town, edms: Edms, feed: Feed, name: str, files: dict[str, bytes], words: str
) -> None:
    edms.put(name, files)
    good = edms.say(YAMA)
    assert len(read(feed)) == 1
    raw = RawMessage.objects.get(state="failed")
    assert words in raw.error
    assert raw.payload["unread"]["container"] == name
    turn(feed, NOW)
    assert (edms.moved("не прочитано"), edms.moved("прочитано")) == ([name], [good])


def test_a_container_still_being_copied_is_waited_for(town: Town, edms: Edms, feed: Feed) -> None:
    (edms.inbox / "half").mkdir()
    for step in range(3):
        turn(feed, NOW + timedelta(minutes=step))
    assert RawMessage.objects.count() == 0
    assert edms.lying() == ["half"]


def test_names_of_an_archive_lead_nowhere(town: Town, edms: Edms, feed: Feed, tmp_path: Path) -> None:
    bad = {"../../../evil.txt": b"evil"}
    edms.say(YAMA, more={"files.zip": zipped(bad)})
    assert len(read(feed)) == 1
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_notification_of_theirs_makes_no_case(town: Town, edms: Edms, feed: Feed) -> None:
    page = (
        f'<x:communication xmlns:x="{OLDER}" x:version="2.5"><x:header x:type="Уведомление" x:uid="n-1">'
        f"<x:source><x:organization>{GOVERNMENT}</x:organization></x:source></x:header>"
        '<x:notification x:type="Зарегистрирован" x:uid="ours"><x:documentAccepted><x:num><x:number>55</x:number>'
        "</x:num></x:documentAccepted></x:notification></x:communication>"
    )
    edms.put("notice", {"document.xml": page.encode()})
    assert read(feed) == []
    raw = RawMessage.objects.get()
    assert (raw.state, raw.payload["columns"]["theirs"]) == ("skipped", "55")


def test_a_folder_outside_the_place_of_exchange_is_refused(town: Town, edms: Edms, feed: Feed) -> None:
    feed.channel.settings["folder_in"] = "../../../etc"
    feed.channel.save(update_fields=["settings"])
    assert turn(feed, NOW) == 0
    assert "вне места обмена" in feed.error
