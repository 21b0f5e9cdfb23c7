"""The whole loop of exports: a file in a depot -> cards -> a table of answers -> «размещено» by the next export."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.files import path_of
from otklik.channels.forget import erase_old
from otklik.channels.given import answers_not_placed, answers_to_give, sheets_of
from otklik.channels.importing.tests.making import Table, as_csv, as_zip
from otklik.channels.models import Channel, Feed, ImportRun, Outgoing
from otklik.channels.services import give_answers, give_back, make_outgoing, set_answer_columns
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeding import turn
from otklik.channels.tasks import take_in_files
from otklik.channels.tests.conftest import place as place  # the fixture
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from tests.channels.working import Bare, answer, connect
from tests.fakes import sftp, webdav
from tests.fakes.network import Network
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
HEADINGS = (
    "Номер", "Дата поступления", "Стадия", "Статус", "Текст сообщения", "Ответ", "Оценка ответа заявителем",
    "Дата планируемого завершения работ",
)  # fmt: skip
YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
MUSOR = "Третий день не вывозят мусор с площадки на улице Ленина, 5."


def pos(*rows: tuple[str, ...]) -> Table:
    return [HEADINGS, *rows]


FIRST = pos(
    ("П-1", "20.10.2026 08:00", "На рассмотрении", "Новое", YAMA, "", "", "30.10.2026"),
    ("П-2", "20.10.2026 08:10", "На рассмотрении", "Новое", MUSOR, "", "", "30.10.2026"),
)


@pytest.fixture
def town(place: Municipality, settings: Settings, tmp_path: Path) -> Bare:
    settings.EXCHANGE_ROOT = tmp_path / "exchange"
    return Bare(place)


@pytest.fixture
def whole_town(settings: Settings, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT, settings.EXCHANGE_ROOT = tmp_path / "files", tmp_path / "exchange"
    return build_town()


def feed_of(town: Town | Bare, **given: object) -> Feed:
    return connect(town, "pos", given)


@pytest.fixture
def folder(town: Bare, tmp_path: Path) -> Path:
    return made(town, tmp_path)


def made(town: Town | Bare, tmp_path: Path) -> Path:
    found = tmp_path / "exchange" / town.municipality.key / "pos"
    found.mkdir(parents=True)
    return found


def look(feed: Feed, times: int = 2) -> Feed:
    """A file is believed whole at the second look."""
    for _ in range(times):
        turn(feed, NOW)
    return feed


def test_it_carries_an_export_to_placed_answers(whole_town: Town, tmp_path: Path) -> None:
    town, folder = whole_town, made(whole_town, tmp_path)
    feed = feed_of(town, depot="folder", folder="pos")
    (folder / "выгрузка.csv").write_bytes(as_csv(FIRST, "cp1251"))
    look(feed)
    assert take_in_files() == 1
    take_in()
    case = Case.objects.get(outer_id="П-1")
    assert case.outer_due_at == datetime.fromisoformat("2026-10-30T00:00:00+03:00")
    answer(town, case, NOW)

    channel = feed.channel
    sheet = give_answers(channel, town.vera, NOW)
    assert (sheet.count, answers_to_give(channel).count()) == (1, 0)
    assert [one.about for one in answers_not_placed(channel)] == [case.number]
    with pytest.raises(Refused, match="нет"):
        give_answers(channel, town.vera, NOW)

    newer = ("П-1", "20.10.2026 08:00", "Завершено", "Решено", YAMA, "Яму заделали.", "5", "02.11.2026")
    (folder / "выгрузка-2.csv").write_bytes(as_csv(pos(newer)))
    look(feed)
    take_in_files()
    take_in()
    case.refresh_from_db()
    assert (case.state, case.score) == ("sent", 5)
    assert case.outer_status.startswith("Решено")
    assert case.outer_due_at == datetime.fromisoformat("2026-11-02T00:00:00+03:00")
    assert answers_not_placed(channel).count() == 0
    assert Outgoing.objects.get(about=case.number, kind="answer").state == "sent"
    assert list(sheets_of(channel)) == [sheet]


def test_it_takes_each_content_once_under_any_name(town: Bare, folder: Path) -> None:
    feed = feed_of(town, depot="folder", folder="pos")
    content = as_csv(FIRST)
    (folder / "a.csv").write_bytes(content)
    look(feed, 3)
    (folder / "b.csv").write_bytes(content)
    look(feed, 3)
    (folder / "a.csv").unlink()
    look(feed)
    assert ImportRun.objects.count() == 1
    assert list(feed.cursor["files"]) == ["b.csv"]


def test_it_waits_for_a_file_that_is_still_written(town: Bare, folder: Path) -> None:
    feed, whole = feed_of(town, depot="folder", folder="pos"), as_csv(FIRST)
    (folder / "a.csv").write_bytes(whole[:100])
    turn(feed, NOW)
    (folder / "a.csv").write_bytes(whole)
    turn(feed, NOW)
    (folder / "b.csv.part").write_bytes(whole)
    assert ImportRun.objects.count() == 0
    turn(feed, NOW)
    assert ImportRun.objects.get().file_name == "a.csv"


def test_it_says_in_one_sentence_what_is_wrong_with_a_file(town: Bare, folder: Path) -> None:
    feed = feed_of(town, depot="folder", folder="pos")
    (folder / "счёт.csv").write_bytes(as_csv([("Товар", "Цена"), ("хлеб", "40")]))
    (folder / "выгрузка.csv").write_bytes(as_csv(FIRST))
    look(feed, 3)
    assert feed.error == (
        "Файл «счёт.csv» не взят. Таблица не похожа на известные: задайте столбцы настройкой columns."
    )
    assert ImportRun.objects.get().file_name == "выгрузка.csv"
    (folder / "счёт.csv").unlink()
    look(feed, 1)
    assert feed.error == ""


@pytest.mark.parametrize("name", ["../other", "/etc"])
def test_it_reads_no_folder_outside_the_place_of_exchange(town: Bare, name: str) -> None:
    feed = look(feed_of(town, depot="folder", folder=name), 1)
    assert "вне места обмена" in feed.error


@pytest.fixture(scope="module")
def disk() -> Iterator[webdav.Webdav]:
    service = webdav.Webdav()
    with Network(service):
        yield service


@pytest.fixture(scope="module")
def server() -> Iterator[sftp.Sftp]:
    with sftp.Sftp() as server:
        yield server


def over_webdav(town: Bare, disk: webdav.Webdav) -> Feed:
    disk.files.clear()
    feed = feed_of(town, depot="webdav", base_url=disk.url, user=webdav.USER)
    set_secret(feed.channel, "password", webdav.PASSWORD)
    return feed


def over_sftp(town: Bare, server: sftp.Sftp) -> Feed:
    server.files.clear()
    feed = feed_of(
        town, depot="sftp", host=sftp.HOST, port=server.port, user=sftp.USER, host_key=server.host_key
    )
    set_secret(feed.channel, "password", sftp.PASSWORD)
    return feed


def test_it_reads_exports_over_webdav_and_survives_its_faults(town: Bare, disk: webdav.Webdav) -> None:
    feed = over_webdav(town, disk)
    disk.put_file("Выгрузка ПОС.csv", as_csv(FIRST))
    disk.faults.fail(503)
    disk.faults.half_body(only="/disk/exchange/")
    look(feed, 2)
    assert (ImportRun.objects.count(), feed.failures) == (0, 2)
    look(feed, 3)
    assert (ImportRun.objects.get().file_name, feed.failures, feed.error) == ("Выгрузка ПОС.csv", 0, "")
    set_secret(feed.channel, "password", "wrong")
    assert "имя и пароль" in look(feed, 1).error


def test_it_reads_exports_over_sftp_and_believes_no_other_server(town: Bare, server: sftp.Sftp) -> None:
    feed = over_sftp(town, server)
    server.files["pos.zip"] = as_zip(a_csv=as_csv(FIRST))
    look(feed)
    assert (ImportRun.objects.get().file_name, feed.error) == ("pos.zip", "")
    set_secret(feed.channel, "password", "wrong")
    assert "имя и пароль" in look(feed, 1).error
    stranger = sftp.Sftp()
    feed.channel.settings["host_key"] = stranger.host_key
    feed.channel.save(update_fields=["settings"])
    assert "чужой ключ" in look(feed, 1).error


def test_it_gives_the_table_in_the_columns_of_the_channel(town: Bare) -> None:
    channel = town.channel("pos")
    given = signed(channel)
    text = "Регномер = outer_id\nТекст = text\nКогда = signed_on"
    set_answer_columns(channel, text, "csv", None)
    sheet = give_answers(channel, None, NOW + timedelta(hours=2))
    assert sheet.file.name == "otvety-pos-2026-10-20-1500.csv"
    content = path_of(sheet.file).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[0] == ["Регномер", "Текст", "Когда"]
    assert rows[1] == ["77", "'=Сделали.", "20.10.2026"]
    give_back(given, None)
    assert give_answers(channel, None, NOW).count == 1
    erase_old(town.municipality, NOW + timedelta(days=365 * 6))
    assert {one.file.path for one in sheets_of(channel)} == {""}


@pytest.mark.parametrize(("text", "words"), [("Номер", "Строка 1"), ("Номер = outer_id", "outer_id и text")])
def test_it_refuses_columns_that_would_lose_an_answer(town: Bare, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        set_answer_columns(town.channel("pos"), text, "xlsx", None)


def signed(channel: Channel) -> Outgoing:
    """A signed answer that waits for the operator."""
    given = make_outgoing(channel, "answer", "1", "", "Ответ", "=Сделали.", "1", reply_to="77", now=NOW)
    Outgoing.objects.update(state="by_hand", created_at=NOW)
    return given
