"""A next version beside the one in force, and a new municipality by questions: both end, and nothing is written."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.charter.files import preset_folders, read_preset
from otklik.charter.models import CharterVersion, Clause
from otklik.charter.questions import QUESTIONS
from tests.town import Town

Enter = Callable[[User], Client]
SAID = {
    "name": "Зареченский муниципальный округ",
    "short_name": "Заречье",
    "region": "Приозёрная область",
    "level": "municipal_okrug",
    "time_zone": "Asia/Omsk",
    "key": "zarechye",
    "prefix": "ZAR",
    "act_number": "7",
    "leader": "Глава округа",
    "curator": "заместитель главы",
    "head": "начальник отдела",
    "channels": ["pos", "paper"],
    "parts": ["quality", "meetings"],
}


@pytest.fixture
def desk(town: Town, enter: Enter) -> Client:
    return enter(town.user_with("reader", ["charter.view"]))


def preset_files(town: Town, **replaced: str) -> Iterator[IO[bytes]]:
    """The files of the town with words replaced: `charter` and `clauses` are «old words -> new words»."""
    folder = preset_folders()[town.municipality.key]
    for name in ("charter.toml", "clauses.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        old, _, new = replaced.get(name.partition(".")[0], "").partition(" -> ")
        yield SimpleUploadedFile(name, (text.replace(old, new) if old else text).encode())


def compared(desk: Client, town: Town, **replaced: str) -> str:
    answer = desk.post(reverse("desk:charter_compare"), {"files": list(preset_files(town, **replaced))})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_same_files_change_nothing(desk: Client, town: Town) -> None:
    assert "Выберите, с чем сравнить" in desk.get(reverse("desk:charter_compare")).content.decode()
    assert "Версии не различаются" in compared(desk, town)
    folder = desk.get(reverse("desk:charter_compare"), {"with": "folder"}).content.decode()
    assert "Версии не различаются" in folder


def kept(town: Town) -> tuple[int, int]:
    """Versions and duties of the town."""
    models = (CharterVersion, Clause)
    versions, clauses = (one.objects.filter(municipality=town.municipality).count() for one in models)
    return versions, clauses


def test_it_says_what_would_change_and_what_work_it_would_touch(desk: Client, town: Town) -> None:
    town.case("На улице Гагарина яма.", "web_form", timezone.now())
    before = kept(town)
    told = compared(
        desk, town, charter="[channels.web_form] -> [channels.page]", clauses="BOR-1.2.а, -> BOR-1.2.ю,"
    )
    assert "открытая карточка" in told and "которого не станет" in told
    assert "BOR-1.2.ю" in told and "потеряет" in told
    assert kept(town) == before


def test_it_takes_a_zip_and_a_former_version(desk: Client, town: Town) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for one in preset_files(town, clauses="2 раза в месяц -> ежемесячно"):
            packed.writestr(f"borovichi/{one.name}", one.read())
    files = {"files": SimpleUploadedFile("new.zip", archive.getvalue())}
    assert "ежемесячно" in desk.post(reverse("desk:charter_compare"), files).content.decode()
    now = CharterVersion.objects.filter(municipality=town.municipality).latest("pk")
    data = {**now.data, "clauses": now.data["clauses"][1:]}
    CharterVersion.objects.create(municipality=town.municipality, digest="next", data=data)
    told = desk.get(reverse("desk:charter_compare"), {"with": now.pk}).content.decode()
    assert now.data["clauses"][0]["id"] in told


def spoiled_zip() -> bytes:
    """An archive whose list is whole and whose packed bytes are not."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("charter.toml", "name = 1\n" * 50)
        packed.writestr("clauses.csv", "id\n" * 50)
    content = bytearray(archive.getvalue())
    start = 30 + len("charter.toml")
    content[start : start + 6] = b"\xff" * 6
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("charter.toml", b"[identity", "Нет файла clauses.csv"),
        ("new.zip", b"not a zip", "не открывается"),
        ("new.zip", spoiled_zip(), "не открывается"),
        ("charter.toml", b"x" * 2_000_001, "больше 2 МБ"),
    ],
)
def test_it_refuses_what_is_no_charter(desk: Client, name: str, content: bytes, words: str) -> None:
    files = {"files": SimpleUploadedFile(name, content)}
    answer = desk.post(reverse("desk:charter_compare"), files)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_it_names_the_line_of_a_fault(desk: Client, town: Town) -> None:
    files = list(preset_files(town, charter="Europe/Moscow -> Asia/Atlantis"))
    answer = desk.post(reverse("desk:charter_compare"), {"files": files})
    assert answer.status_code == 422
    assert "identity.time_zone" in answer.content.decode() and "строка" in answer.content.decode()


def ask(desk: Client, screen: str, **said: Any) -> Any:
    return desk.get(reverse(f"desk:{screen}"), said)


def test_the_wizard_goes_from_the_first_question_to_a_charter_that_passes(
    desk: Client, tmp_path: Path
) -> None:
    said: dict[str, object] = {}
    for step in range(1, 5):
        shown = ask(desk, "charter_new", step=step, **said).content.decode()
        asked = [one.key for one in QUESTIONS if one.step == step]
        assert all(f'name="{key}"' in shown for key in asked)
        said |= {key: SAID[key] for key in asked}
    ready = ask(desk, "charter_new", step=5, **said).content.decode()
    assert "проверка пройдена" in ready and "[identity]" in ready
    answer = ask(desk, "charter_new_zip", **said)
    assert answer["Content-Type"] == "application/zip" and "zarechye.zip" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    preset = read_preset(tmp_path / "zarechye")
    assert preset.charter.identity.short_name == "Заречье" and list(preset.charter.channels) == [
        "pos",
        "paper",
    ]
    assert {row.id.partition("-")[0] for row in preset.clauses} == {"ZAR"}


def test_the_wizard_stays_where_an_answer_will_not_do(desk: Client) -> None:
    said = {**SAID, "key": "Заречье"}
    shown = ask(desk, "charter_new", step=4, **said).content.decode()
    assert "не подходит" in shown and 'name="key"' in shown
    assert "уже занят" in ask(desk, "charter_new", step=2, **{**SAID, "key": "bogotol"}).content.decode()
    assert (
        "Не отвечено: «Каналы»"
        in ask(desk, "charter_new", step=4, **{**SAID, "channels": [""]}).content.decode()
    )
    assert ask(desk, "charter_new_zip", **said).status_code == 302
    assert ask(desk, "charter_new", step="x").status_code == 200
