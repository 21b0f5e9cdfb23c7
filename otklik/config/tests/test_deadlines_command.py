"""`otklik deadlines count` on tables a person could really bring."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from otklik.common.errors import Refused
from otklik.config.cli.deadlines import command

HEAD = "municipality,kind,channel,key,start"


def run(tmp_path: Path, text: str, *words: str, encoding: str = "utf-8") -> Result:
    path = tmp_path / "rows.csv"
    path.write_bytes(text.encode(encoding))
    return CliRunner().invoke(command, ["count", "--file", str(path), *words])


def test_it_counts_by_the_preset_of_each_row(tmp_path: Path) -> None:
    rows = [
        "borovichi,appeal,paper,fz59.review_days,2025-12-05",
        "bogotol,message,vk,im.first_answer_hours,2026-10-30T16:00",
        "mikhaylovka,message,vk,im.route_minutes,2026-10-30T16:50:00",
        "lovozero,message,pos,pos.days_ordinary,2025-12-05T10:00",
        "demyansk,message,vk,im.first_answer_hours,2026-10-30T12:00:00Z",
    ]
    result = run(tmp_path, "\n".join([HEAD, *rows]), "--json")
    assert result.exit_code == 0
    counted = json.loads(result.output)
    assert [(row["control"], row["legal"]) for row in counted] == [
        ("2025-12-30", "2026-01-12"),
        ("2026-11-02T15:00:00", "2026-10-31T16:00:00"),
        ("2026-11-02T08:20:00", "2026-11-02T08:20:00"),
        ("2025-12-30", "2026-01-12"),
        ("2026-11-02T14:00:00+03:00", "2026-10-31T15:00:00+03:00"),
    ]
    assert set(counted[0]) == {*HEAD.split(","), "control", "legal"}


def test_it_keeps_a_bad_row_with_one_sentence_and_counts_the_rest(tmp_path: Path) -> None:
    rows = [
        "nowhere,appeal,paper,fz59.review_days,2025-12-05",
        "borovichi,letter,paper,fz59.review_days,2025-12-05",
        "borovichi,appeal,paper,fz59.unknown,2025-12-05",
        "borovichi,appeal,paper,fz59.review_days,05.12.2025",
        "borovichi,appeal,paper,fz59.review_days,",
        "borovichi,appeal,paper,fz59.review_days,9999-12-31",
        "borovichi,appeal",
        "borovichi,appeal,paper,fz59.review_days,2025-12-05",
    ]
    result = run(tmp_path, "\n".join([HEAD, *rows]), "--json")
    assert result.exit_code == 1
    *bad, good = json.loads(result.output)
    assert all(row["error"].endswith(".") and "control" not in row for row in bad)
    assert good["control"] == "2025-12-30"


def test_it_reads_what_excel_saves(tmp_path: Path) -> None:
    text = f"{HEAD},примечание\nborovichi,appeal,paper,fz59.forward_days,2026-10-20,ёлка\n".replace(",", ";")
    for encoding in ("cp1251", "utf-8-sig"):
        row = json.loads(run(tmp_path, text, "--json", encoding=encoding).output)[0]
        assert (row["control"], row["примечание"]) == ("2026-10-27", "ёлка")


def test_it_speaks_plainly_without_json(tmp_path: Path) -> None:
    result = run(tmp_path, f"{HEAD}\nborovichi,appeal,paper,fz59.forward_days,2026-10-20\n")
    assert result.output == "borovichi fz59.forward_days 2026-10-20: контроль 2026-10-27, срок 2026-10-27\n"


def test_it_names_missing_columns_and_a_missing_file(tmp_path: Path) -> None:
    refused = run(tmp_path, "municipality,key\n").exception
    assert isinstance(refused, Refused)
    assert "kind, channel, start" in str(refused)
    missing = CliRunner().invoke(command, ["count", "--file", str(tmp_path / "no.csv")])
    assert isinstance(missing.exception, Refused)


@pytest.mark.parametrize("text", ["", "\n", HEAD])
def test_an_empty_table_is_no_surprise(tmp_path: Path, text: str) -> None:
    result = run(tmp_path, text, "--json")
    assert isinstance(result.exception, Refused) or json.loads(result.output) == []


def test_what_is_no_table_is_one_sentence(tmp_path: Path) -> None:
    result = run(tmp_path, HEAD + '\n"' + "я" * 1_100_000)
    assert isinstance(result.exception, Refused)
    assert "не читается как CSV" in str(result.exception)
