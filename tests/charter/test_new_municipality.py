"""`otklik charter new` and `compare` from the first word to the last: what they write is a town that works."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from otklik.accounts.models import Role
from otklik.charter.selectors import clauses_of
from otklik.charter.tests.invented import CHARTER, CLAUSES, write_preset
from otklik.common.errors import Refused
from otklik.config.cli.charter import charter
from tests.town import build_town

pytestmark = pytest.mark.django_db
FILE = """\
name = "Зареченский муниципальный округ"
short_name = "Заречье"
region = "Приозёрная область"
level = "municipal_okrug"
time_zone = "Asia/Omsk"
key = "zarechye"
prefix = "ZAR"
act_number = "7"
leader = "Глава округа"
curator = "заместитель главы"
head = "начальник отдела"
channels = ["pos", "incident", "web_form", "paper"]
parts = ["quality", "analysis", "note", "meetings"]
"""
TYPED = [
    "Зареченский муниципальный округ", "Заречье", "Приозёрная область", "", "Asia/Atlantis", "Asia/Omsk", "Заречье",
    "zarechye", "ZAR", "", "Глава округа", "заместитель главы", "начальник отдела", "pos,pigeons", "pos, paper", "",
]  # fmt: skip


def run(folder: Path, answers: str = "", typed: str = "") -> Result:
    words = ["new", str(folder)]
    if answers:
        file = folder / "answers.toml"
        file.write_text(answers, encoding="utf-8")
        words += ["--answers", str(file)]
    return CliRunner().invoke(charter, words, input=typed)


def test_answers_of_a_file_make_a_town_that_takes_a_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run(tmp_path, FILE)
    assert result.exit_code == 0, result.output
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path))
    checked = CliRunner().invoke(charter, ["check", "zarechye"])
    assert checked.exit_code == 0 and "неизвестных ключей 0" in checked.stdout
    town = build_town("zarechye")
    case = town.case("На улице Гагарина яма.", "web_form", timezone.now())
    assert case.number and case.terms.exists()
    assert {"curator", "head", "signer", "executor"} <= set(Role.objects.values_list("key", flat=True))
    assert clauses_of(town.municipality).filter(clause_id="ZAR-1").exists()


def test_it_asks_again_after_an_answer_that_will_not_do(tmp_path: Path) -> None:
    result = run(tmp_path, typed="\n".join(TYPED) + "\n")
    assert result.exit_code == 0, result.output
    for words in ("Asia/Atlantis", "Ключ «Заречье» не подходит", "нет ответа «pigeons»"):
        assert words in result.output
    assert "[channels.paper]" in (tmp_path / "zarechye" / "charter.toml").read_text(encoding="utf-8")


def test_it_ends_with_one_sentence_when_nobody_answers(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert isinstance(result.exception, Refused)
    assert "Муниципалитет полностью" in str(result.exception) and "--answers" in str(result.exception)
    half = run(tmp_path, typed="\n".join(TYPED[:4]) + "\n")
    assert isinstance(half.exception, Refused) and "Часовой пояс" in str(half.exception)
    assert not (tmp_path / "zarechye").exists()


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        (FILE.replace("zarechye", "bogotol"), "уже занят"),
        (FILE.replace('key = "', 'klyuch = "'), "лишнее: klyuch"),
        ("name = ", "не читается как TOML"),
        (FILE.replace('["pos", ', '["pigeons", '), "нет ответа «pigeons»"),
        (FILE.replace("Глава округа", "Глава\\nокруга"), "leader: Должность главы: в ответе перенос строки"),
    ],
)
def test_it_refuses_a_file_before_it_asks_or_writes(tmp_path: Path, spoiled: str, words: str) -> None:
    result = run(tmp_path, spoiled)
    assert isinstance(result.exception, Refused) and words in str(result.exception)
    assert not (tmp_path / "zarechye").exists()


def test_a_folder_that_stands_already_is_left_alone(tmp_path: Path) -> None:
    assert run(tmp_path, FILE).exit_code == 0
    before = (tmp_path / "zarechye" / "charter.toml").read_bytes()
    again = run(tmp_path, FILE.replace("Заречье", "Другое"))
    assert isinstance(again.exception, Refused) and "уже есть" in str(again.exception)
    assert (tmp_path / "zarechye" / "charter.toml").read_bytes() == before


def test_a_folder_where_nobody_may_write_is_named(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(FILE, encoding="utf-8")
    result = CliRunner().invoke(charter, ["new", str(file / "inside"), "--answers", str(file)])
    assert isinstance(result.exception, Refused) and "не создаётся" in str(result.exception)


def test_compare_tells_every_difference_and_loads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "now").mkdir()
    (tmp_path / "next").mkdir()
    write_preset(tmp_path / "now")
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path / "now"))
    town = build_town("zarechye")
    changed = CHARTER.replace("Начальник центра", "Заведующий центром").replace('"weekly"', '"monthly"')
    folder = write_preset(tmp_path / "next", changed, CLAUSES.replace("ZAR-1", "ZAR-9"))
    result = CliRunner().invoke(charter, ["compare", "zarechye", str(folder)])
    assert result.exit_code == 0, result.output
    for words in (
        "Пункты, ZAR-9",
        "Роли, head",
        "каждую неделю",
        "каждый месяц",
        "Потеряют подтверждение: ZAR-1",
    ):
        assert words in result.output
    assert clauses_of(town.municipality).filter(clause_id="ZAR-1").exists()
    same = CliRunner().invoke(charter, ["compare", "zarechye", str(tmp_path / "now" / "zarechye")])
    assert "Изменений нет." in same.output
