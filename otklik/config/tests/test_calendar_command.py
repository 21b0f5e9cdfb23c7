"""`otklik calendar check` says totals, acts, and which years want a person."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from otklik.accounts.models import Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.charter.files import preset_folders
from otklik.charter.services import load_charter
from otklik.common.errors import Refused
from otklik.common.scope import within
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


def test_a_keeper_confirms_a_year_and_adds_a_day_of_the_region() -> None:
    load_calendar()
    town = load_charter(preset_folders()["bogotol"]).municipality
    with within(town.id):
        role = Role.objects.create(
            municipality=town, key="keeper", title="хранитель", permissions=["deadlines.manage"]
        )
        keeper = User.objects.create_user("keeper", "long-enough-password")
        give_role(keeper, Appointment(role, date(2026, 1, 1)), None)
    where = ["--municipality", "bogotol", "--by", "keeper"]
    confirmed = CliRunner().invoke(
        command, ["confirm", "--year", "2027", "--act", "Постановление № 1", *where]
    )
    assert "2027 года подтверждён" in confirmed.output
    changed = CliRunner().invoke(
        command, ["day", "--date", "2027-03-19", "--kind", "off", "--why", "закон края", *where]
    )
    assert "19.03.2027 — выходной" in changed.output
    assert (
        json.loads(CliRunner().invoke(command, ["check", "--year", "2027", "--json"]).output)["unconfirmed"]
        == []
    )


def test_a_stranger_changes_nothing() -> None:
    load_charter(preset_folders()["bogotol"])
    User.objects.create_user("stranger", "long-enough-password")
    words = ["confirm", "--year", "2027", "--act", "акт", "--municipality", "bogotol", "--by", "stranger"]
    refused = CliRunner().invoke(command, words).exception
    assert isinstance(refused, Refused)
    assert "нет права" in str(refused)


def test_it_speaks_plainly_without_json() -> None:
    output = CliRunner().invoke(command, ["check", "--year", "2025"]).output
    assert "247 рабочих дней, по кварталам 58/59/66/64" in output.replace("\u00a0", " ")
