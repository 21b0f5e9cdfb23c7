"""`otklik charter check`: the counts, the exit code, the words of a mistake, what was never done."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from otklik.charter.evidence import evidence_keys
from otklik.charter.files import preset_folders, read_preset
from otklik.charter.selectors import clauses_of
from otklik.charter.tests.invented import CHARTER, CLAUSES, write_preset
from otklik.config.cli.charter import charter
from tests.town import build_town

pytestmark = pytest.mark.django_db
COUNTS = {"borovichi": 140, "demyansk": 104, "mikhaylovka": 133, "lovozero": 83, "bogotol": 134}


def test_it_counts_all_five_presets_and_knows_every_key() -> None:
    result = CliRunner().invoke(charter, ["check", "--all", "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert list(found) == ["clauses", "with_query", "unknown", "presets"]
    assert (found["clauses"], found["with_query"], found["unknown"]) == (594, 594, 0)
    assert {key: one["clauses"] for key, one in found["presets"].items()} == COUNTS
    for key, one in found["presets"].items():
        assert list(one) == ["clauses", "with_evidence_key", "with_query", "unknown_keys", "never_exercised"]
        assert len(one["never_exercised"]) == COUNTS[key], "no town lives in this database"
        assert one["with_evidence_key"] == COUNTS[key]
        assert one["with_query"] == COUNTS[key]
        assert one["unknown_keys"] == []


def test_it_checks_one_preset_by_name() -> None:
    result = CliRunner().invoke(charter, ["check", "bogotol", "--json"])
    assert json.loads(result.stdout)["clauses"] == 134


def test_it_names_the_duties_without_a_record() -> None:
    town = build_town("bogotol")
    first = never("bogotol")
    town.case("На улице Гагарина яма.", now=timezone.now())
    done = first - never("bogotol")
    assert done and done <= first
    assert {
        one.clause_id for one in clauses_of(town.municipality) if one.evidence_key == "cases.gist"
    } <= done


def never(preset: str) -> set[str]:
    result = CliRunner().invoke(charter, ["check", preset, "--json"])
    return set(json.loads(result.stdout)["presets"][preset]["never_exercised"])


def test_an_unknown_evidence_key_is_an_error_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_preset(tmp_path, clauses=CLAUSES.replace("reports.note", "reports.nothing"))
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path))
    result = CliRunner().invoke(charter, ["check", "zarechye", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["presets"]["zarechye"]["unknown_keys"] == ["reports.nothing"]
    assert "zarechye/clauses.csv, строка 3, ключ evidence" in result.stderr


def test_a_broken_charter_is_an_error_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_preset(tmp_path, CHARTER.replace("Asia/Omsk", "Asia/Atlantis"))
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path))
    result = CliRunner().invoke(charter, ["check", "--all"])
    assert result.exit_code == 1
    assert "zarechye/charter.toml, строка 6, ключ identity.time_zone" in result.stderr
    assert "всего пунктов 594" in result.stdout


def test_every_key_of_the_catalogue_proves_some_duty() -> None:
    used = {clause.evidence for folder in preset_folders().values() for clause in read_preset(folder).clauses}
    assert set(evidence_keys()) - used == set()


def test_a_title_is_short_and_stands_once_in_a_preset() -> None:
    for folder in preset_folders().values():
        titles = [clause.title for clause in read_preset(folder).clauses]
        assert max(map(len, titles)) <= 70
        assert len(set(titles)) == len(titles), folder.name
