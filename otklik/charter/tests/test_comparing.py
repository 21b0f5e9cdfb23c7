"""What a next version would change, told before it is loaded."""

from pathlib import Path

from otklik.charter.comparing import Change, compare
from otklik.charter.evidence import answered_keys
from otklik.charter.files import Preset, read_preset
from otklik.charter.tests.invented import CHARTER, CLAUSES, write_preset


def version(root: Path, charter: str = CHARTER, clauses: str = CLAUSES) -> Preset:
    root.mkdir(exist_ok=True)
    return read_preset(write_preset(root, charter, clauses))


def test_the_same_files_change_nothing(tmp_path: Path) -> None:
    old = version(tmp_path)
    told = compare(old, old, {"charter.acts": 1}, answered_keys())
    assert told.is_same and told.lost == []


def test_it_tells_of_duties_roles_papers_and_terms(tmp_path: Path) -> None:
    old = version(tmp_path / "old")
    charter = CHARTER.replace("Начальник центра", "Заведующий центром").replace(
        'cadence = "weekly"', 'cadence = "monthly"'
    )
    new = version(
        tmp_path / "new", charter.replace("value = 5", "value = 7"), CLAUSES.replace("ZAR-2", "ZAR-3")
    )
    told = compare(old, new, {"reports.note": 4}, answered_keys())
    assert [one.key for one in told.duties] == ["ZAR-2", "ZAR-3"]
    assert [one.key for one in told.roles] == ["head"]
    assert [one.key for one in told.reports] == ["letter"]
    assert Change("pos.days_fast", "5", "7") in told.terms
    assert told.lost == ["ZAR-2"]


def test_a_proof_is_lost_when_the_duty_is_to_be_proved_by_what_was_never_done(tmp_path: Path) -> None:
    old = version(tmp_path / "old")
    new = version(tmp_path / "new", clauses=CLAUSES.replace("charter.acts", "charter.blocks"))
    counts = {"charter.acts": 1}
    assert compare(old, new, counts, answered_keys()).lost == ["ZAR-1"]
    assert compare(old, new, {**counts, "charter.blocks": 3}, answered_keys()).lost == []
