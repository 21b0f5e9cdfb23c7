"""`otklik import`: a table becomes cases of a real preset; again changes nothing; newer states reach the cards."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from otklik.cases.models import Case
from otklik.channels.importing.run import Tell, take_in
from otklik.channels.importing.tests.making import MAPPING, as_csv, as_gzip, as_xlsx, table
from otklik.channels.models import ImportRun
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.config.cli.import_ import command
from tests.town import build_town

KEYS = ["rows", "raw", "new", "updated", "unchanged", "errors", "seconds", "per_second"]
COLUMNS = ",".join(f"{field}={heading}" for field, heading in MAPPING.items())


@pytest.fixture
def files(db: None, settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    build_town("bogotol")
    return tmp_path


def call(path: Path, *words: str) -> dict[str, Any]:
    result = CliRunner().invoke(
        command, [str(path), "--municipality", "bogotol", "--json", *words], catch_exceptions=False
    )
    answer: dict[str, Any] = json.loads(result.stdout)
    assert list(answer) == KEYS
    return answer


def figures(answer: dict[str, Any]) -> list[int]:
    return [answer[key] for key in KEYS[:6]]


def test_it_makes_cases_once_and_brings_newer_states_to_them(files: Path) -> None:
    first, newer = files / "t.csv.gz", files / "new.xlsx"
    first.write_bytes(as_gzip(as_csv([*table(6), ("Т-7", "нет даты", "Яма", "новое")], "cp1251")))
    newer.write_bytes(as_xlsx(table(7, "закрыто")))
    assert figures(call(first, "--columns", COLUMNS)) == [7, 6, 6, 0, 0, 1]
    assert figures(call(first, "--columns", COLUMNS)) == [7, 0, 0, 0, 6, 1]
    assert figures(call(newer, "--columns", COLUMNS)) == [7, 1, 1, 6, 0, 0]
    assert Case.objects.filter(channel__kind="file").count() == 7
    assert set(Case.objects.values_list("outer_status", flat=True)) == {"закрыто"}


def test_it_recognises_an_export_of_incidents(files: Path) -> None:
    path = files / "выгрузка.xlsx"
    head = ("ID", "Номер инцидента", "Дата создания", "Текст инцидента", "Текущий шаг инцидента")
    path.write_bytes(
        as_xlsx([head, (1, 10, "2026-10-20 20:06:02", "'Не чистят дорогу на улице Лесной", "В работе")])
    )
    assert figures(call(path)) == [1, 1, 1, 0, 0, 0]
    assert Case.objects.get().channel.kind == "incident"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--municipality", "nowhere"], "Муниципалитета «nowhere» нет"),
        (["--municipality", "bogotol", "--preset", "pos", "--columns", "text=Текст"], "Укажите одно"),
        (["--municipality", "bogotol", "--columns", "text"], "не разобрано"),
        (["--municipality", "bogotol", "--columns", "text=Суть"], "нет столбца «Суть»"),
        (["--municipality", "bogotol", "--preset", "pos"], "нет столбца"),
        (["--municipality", "bogotol"], "не похожа на известные"),
    ],
)
def test_it_answers_a_wrong_call_with_one_sentence(
    words: list[str], sentence: str, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    Municipality.objects.create(key="bogotol", name="Боготол", short_name="Боготол", region="Край")
    path = tmp_path / "t.csv"
    path.write_bytes(as_csv(table(2)))
    with pytest.raises(Refused, match=sentence):
        CliRunner().invoke(command, [str(path), *words], catch_exceptions=False)


def test_it_ends_the_portion_at_ctrl_c_and_goes_on_by_the_same_command(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files / "t.csv"
    path.write_bytes(as_csv(table(8)))

    def told_to_stop(run: ImportRun, tell: Tell) -> ImportRun:
        def after(done: int, total: int) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            tell(done, total)

        return take_in(run, after, portion=3)

    monkeypatch.setattr("otklik.config.cli.import_.take_in", told_to_stop)
    assert figures(call(path, "--columns", COLUMNS)) == [3, 3, 3, 0, 0, 0]
    assert ImportRun.objects.get().state == "stopped"
    monkeypatch.undo()
    assert figures(call(path, "--columns", COLUMNS)) == [8, 8, 5, 0, 0, 0]
    assert Case.objects.filter(channel__kind="file").count() == 8
