"""Reading a preset: what passes, and which file, key and line an error names."""

from pathlib import Path

import pytest

from otklik.charter.errors import CharterError
from otklik.charter.files import OWN_FOLDER, preset_folders, read_preset
from otklik.charter.tests.invented import CHARTER, CLAUSES, write_preset
from otklik.common.errors import Refused


def line_with(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


def test_it_reads_an_invented_municipality(tmp_path: Path) -> None:
    preset = read_preset(write_preset(tmp_path))
    assert preset.charter.key == "zarechye"
    assert preset.charter.roles["head"].permissions, "permissions come from common.toml"
    assert preset.charter.parameters["pos.days_fast"][0].value == 5
    assert preset.charter.parameters["fz59.review_days"][0].value == 30
    assert [clause.id for clause in preset.clauses] == ["ZAR-1", "ZAR-2"]


def test_its_digest_follows_the_files(tmp_path: Path) -> None:
    first = read_preset(write_preset(tmp_path)).digest
    assert read_preset(write_preset(tmp_path)).digest == first
    assert read_preset(write_preset(tmp_path, CHARTER.replace("Голубиная", "Соколиная"))).digest != first
    assert read_preset(write_preset(tmp_path, clauses=CLAUSES.replace("создан", "открыт"))).digest != first


@pytest.mark.parametrize(
    ("right", "wrong", "key", "line_of", "words"),
    [
        ('level = "municipal_okrug"', 'level = "village"', "identity.level", "level =", "нет в списке"),
        (
            'time_zone = "Asia/Omsk"',
            'time_zone = "Asia/Atlantis"',
            "identity.time_zone",
            "time_zone",
            "неизвестен",
        ),
        ("date = 2026-02-03", 'date = "2026-02-03"', "acts.creation.date", "date =", "дата без кавычек"),
        ("on = false", 'on = "no"', "rating.on", 'on = "no"', "true или false"),
        ('title = "Письмо главе"\n', "", "reports.letter.title", "[reports.letter]", "не хватает"),
        (
            'title = "Письмо"',
            'title = "Письмо"\ncolour = "red"',
            "channels.paper.colour",
            "colour =",
            "схеме нет",
        ),
        (
            'leader = "okrug_head"',
            'leader = "king"',
            "identity.leader",
            "leader = ",
            "нет должности с ключом king",
        ),
        (
            'post = "secretary"',
            'post = "clerk"',
            "roles.head.holders",
            "holders =",
            "нет должности с ключом clerk",
        ),
        (
            'approves = ["head"]',
            'approves = ["boss"]',
            "answers.0.approves",
            'approves = ["boss"]',
            "нет роли с ключом boss",
        ),
        ('channels = ["paper"]', 'channels = ["fax"]', "regime.rules.0.channels", "rules =", "нет канала"),
        ("catch_all = true", "catch_all = false", "blocks", "[blocks.everything]", "ровно один блок"),
    ],
)
def test_an_error_names_file_key_and_line(
    tmp_path: Path, right: str, wrong: str, key: str, line_of: str, words: str
) -> None:
    spoiled = CHARTER.replace(right, wrong, 1)
    with pytest.raises(CharterError) as caught:
        read_preset(write_preset(tmp_path, spoiled))
    fault = next(fault for fault in caught.value.faults if fault.key == key)
    assert fault.file == "zarechye/charter.toml"
    assert words in fault.words
    assert fault.line == line_with(spoiled, line_of)


def test_an_error_of_the_common_file_names_that_file(tmp_path: Path) -> None:
    spoiled = CHARTER.replace('[roles.head]\ntitle = "Начальник центра"', "[roles.head]").replace(
        "[polls]", "[pools]"
    )
    with pytest.raises(CharterError) as caught:
        read_preset(write_preset(tmp_path, spoiled))
    assert {fault.key for fault in caught.value.faults} == {"roles.head.title", "polls", "pools"}


def test_it_refuses_an_unknown_permission(tmp_path: Path) -> None:
    spoiled = CHARTER.replace(
        'title = "Начальник центра"', 'title = "Начальник"\npermissions = ["cases.burn"]'
    )
    with pytest.raises(CharterError, match="нет права с ключом"):
        read_preset(write_preset(tmp_path, spoiled))


def test_it_tells_the_line_of_a_text_that_is_no_toml(tmp_path: Path) -> None:
    spoiled = CHARTER.replace('number = "7"', 'number = "7')
    with pytest.raises(CharterError) as caught:
        read_preset(write_preset(tmp_path, spoiled))
    assert caught.value.faults[0].line == line_with(spoiled, 'number = "7')


@pytest.mark.parametrize(
    ("clauses", "line", "words"),
    [
        (CLAUSES.replace("title,", "name,"), 1, "в шапке"),
        (CLAUSES.replace("ZAR-2", "ZAR-1"), 3, "дважды"),
        (CLAUSES.replace("REPORT", "SINGING"), 3, "неизвестная способность"),
        (CLAUSES.replace("charter.acts", ""), 2, "нет ключа доказательства"),
        (CLAUSES.replace("Центр создан", ""), 2, "нет названия"),
    ],
)
def test_an_error_of_a_duty_names_its_line(tmp_path: Path, clauses: str, line: int, words: str) -> None:
    with pytest.raises(CharterError) as caught:
        read_preset(write_preset(tmp_path, clauses=clauses))
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("zarechye/clauses.csv", line)]
    assert words in str(caught.value)


def test_it_tells_faults_of_both_files_at_once(tmp_path: Path) -> None:
    with pytest.raises(CharterError) as caught:
        read_preset(
            write_preset(tmp_path, CHARTER.replace("Asia/Omsk", "Mars/Base"), CLAUSES.replace("RBAC", "X"))
        )
    assert {fault.file for fault in caught.value.faults} == {"zarechye/charter.toml", "zarechye/clauses.csv"}


def test_an_extra_folder_adds_a_municipality(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_preset(tmp_path)
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path))
    assert preset_folders()["zarechye"] == tmp_path / "zarechye"
    assert preset_folders()["borovichi"] == OWN_FOLDER / "borovichi"


@pytest.mark.parametrize(
    ("named", "words"),
    [("gone", "Папки .*gone нет: исправьте путь в OTKLIK_PRESETS"), ("a_file", "Папки .*a_file нет"),
     ("empty", "В папке .*empty нет положений: положите"), ("town/zarechye", "zarechye — само положение: назовите")],
)  # fmt: skip
def test_a_mistyped_extra_folder_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, words: str
) -> None:
    (tmp_path / "a_file").write_text("")
    for folder in ("empty/notes", "town"):
        (tmp_path / folder).mkdir(parents=True)
    write_preset(tmp_path / "town")
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path / named))
    with pytest.raises(Refused, match=words):
        preset_folders()


def test_a_file_of_another_encoding_is_named_with_its_line_and_the_mark_of_windows_is_no_fault(
    tmp_path: Path,
) -> None:
    folder = write_preset(tmp_path)
    (folder / "charter.toml").write_bytes(b"\xef\xbb\xbf" + CHARTER.replace("\n", "\r\n").encode())
    assert read_preset(folder).charter.key == "zarechye"
    (folder / "clauses.csv").write_bytes(CLAUSES.encode("cp1251"))
    with pytest.raises(CharterError, match=r"clauses.csv, строка 2, .* UTF-8"):
        read_preset(folder)
    (folder / "charter.toml").unlink()
    with pytest.raises(CharterError, match=r"charter.toml, строка 1, .* файла нет"):
        read_preset(folder)
