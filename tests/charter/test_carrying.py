"""Deeds name the duties they carry out: no deed names a duty that no charter has, and the page can say them."""

import importlib
import pkgutil

import otklik
from otklik.charter.carrying import carried_out, carries_out, deeds_of
from otklik.charter.files import preset_folders, read_clauses

LEAST = 60
OURS = "TST-1"


def known() -> set[str]:
    return {row.id for folder in preset_folders().values() for row in read_clauses(folder / "clauses.csv")}


def load_services() -> None:
    for found in pkgutil.walk_packages(otklik.__path__, "otklik."):
        if ".services" in found.name and ".tests" not in found.name:
            importlib.import_module(found.name)


def test_no_deed_carries_out_a_duty_that_no_charter_has() -> None:
    load_services()
    assert carried_out() - known() - {OURS} == set()
    assert len(carried_out()) > LEAST


def test_every_charter_has_duties_with_deeds() -> None:
    load_services()
    for key, folder in preset_folders().items():
        ids = {row.id for row in read_clauses(folder / "clauses.csv")}
        assert len(ids & carried_out()) >= 5, key


def test_the_mark_leaves_the_deed_as_it_is() -> None:
    def deed(number: int) -> int:
        """Add one."""
        return number + 1

    marked = carries_out(OURS)(deed)
    assert marked is deed and marked(1) == 2
    assert [one.promise for one in deeds_of(OURS)] == ["Add one."]
