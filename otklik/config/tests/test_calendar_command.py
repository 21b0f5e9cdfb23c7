"""`otklik calendar check` says totals, acts, and which years want a person."""

import json

import pytest
from click.testing import CliRunner

from otklik.config.cli.calendar import command
from otklik.deadlines.services import load_calendar

pytestmark = pytest.mark.django_db


def test_it_tells_totals_and_unconfirmed_years() -> None:
    load_calendar()
    answer = json.loads(CliRunner().invoke(command, ["check", "--json"]).output)
    years = {year["year"]: year for year in answer["years"]}
    assert (years[2026]["working"], years[2026]["off"], years[2026]["quarters"]) == (
        247,
        118,
        [55, 62, 66, 64],
    )
    assert years[2026]["confirmed"]
    assert years[2026]["warning"] == ""
    assert 2027 in answer["unconfirmed"]


def test_it_counts_a_year_nobody_loaded_and_says_so() -> None:
    answer = json.loads(CliRunner().invoke(command, ["check", "--year", "2031", "--json"]).output)
    assert answer["missing"] == [2031]
    assert "2031" in answer["years"][0]["warning"]


def test_it_speaks_plainly_without_json() -> None:
    output = CliRunner().invoke(command, ["check", "--year", "2025"]).output
    assert "247 рабочих дней, по кварталам 58/59/66/64" in output.replace("\u00a0", " ")
