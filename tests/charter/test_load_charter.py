"""Presets in the database: loading again changes nothing, a change adds rows, a person's word stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser

from otklik.charter import selectors
from otklik.charter.errors import CharterError
from otklik.charter.evidence import evidence_for
from otklik.charter.files import preset_folders
from otklik.charter.models import CharterVersion, Parameter
from otklik.charter.services import change_parameter, confirm_parameter, load_charter
from otklik.charter.tests.invented import CHARTER, CLAUSES, write_preset
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import within

TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Municipality]:
    """The invented municipality, loaded and in scope."""
    municipality = load_charter(write_preset(tmp_path)).municipality
    with within(municipality.id):
        yield municipality


@pytest.fixture
def operator() -> AbstractBaseUser:
    return get_user_model().objects.create_user("vera", "not-a-secret-here")


def counts(town: Municipality) -> tuple[int, int, int, int]:
    return (
        selectors.acts_of(town).count(),
        selectors.clauses_of(town).count(),
        Parameter.objects.filter(municipality=town).count(),
        CharterVersion.objects.filter(municipality=town).count(),
    )


@pytest.mark.parametrize("key", ["borovichi", "demyansk", "mikhaylovka", "lovozero", "bogotol"])
def test_it_loads_a_shipped_preset_and_gives_it_back(key: str) -> None:
    loaded = load_charter(preset_folders()[key])
    with within(loaded.municipality.id):
        charter = selectors.charter_of(loaded.municipality)
        assert charter.key == key
        assert charter.identity.time_zone == loaded.municipality.time_zone
        assert selectors.clauses_of(loaded.municipality).count() == loaded.clauses
        assert selectors.parameter(loaded.municipality, "fz59.review_days").value == 30


def test_loading_again_changes_nothing(town: Municipality, tmp_path: Path) -> None:
    before = counts(town)
    again = load_charter(tmp_path / "zarechye")
    assert (again.is_changed, again.new_parameters, again.municipality) == (False, 0, town)
    assert counts(town) == before


def test_a_sixth_municipality_needs_files_alone(town: Municipality) -> None:
    assert (town.short_name, town.time_zone) == ("Заречье", "Asia/Omsk")
    assert selectors.charter_of(town).channels["pigeons"].title == "Голубиная почта"
    assert [clause.clause_id for clause in selectors.clauses_of(town)] == ["ZAR-1", "ZAR-2"]


def test_a_changed_value_is_a_new_row_and_the_old_one_stays(town: Municipality, tmp_path: Path) -> None:
    load_charter(write_preset(tmp_path, CHARTER.replace("value = 5", "value = 4")))
    assert selectors.parameter(town, "pos.days_fast").value == 4
    assert [row.value for row in selectors.history_of(town, "pos.days_fast")] == [4, 5]


def test_a_changed_text_is_a_new_version_and_old_papers_see_the_old_one(
    town: Municipality, tmp_path: Path
) -> None:
    load_charter(write_preset(tmp_path, CHARTER.replace("Начальник центра", "Руководитель центра")))
    assert selectors.charter_of(town).roles["head"].title == "Руководитель центра"
    first = CharterVersion.objects.filter(municipality=town).earliest("id")
    CharterVersion.objects.filter(pk=first.pk).update(loaded_at=first.loaded_at - timedelta(days=9))
    selectors.forget_remembered()
    week_ago = first.loaded_at.date() - timedelta(days=7)
    assert selectors.charter_of(town, week_ago).roles["head"].title == "Начальник центра"


def test_a_duty_that_left_the_text_leaves_the_list(town: Municipality, tmp_path: Path) -> None:
    load_charter(write_preset(tmp_path, clauses="\n".join(CLAUSES.splitlines()[:2]) + "\n"))
    assert [clause.clause_id for clause in selectors.clauses_of(town)] == ["ZAR-1"]


def test_a_broken_file_changes_nothing(town: Municipality, tmp_path: Path) -> None:
    before = counts(town)
    with pytest.raises(CharterError):
        load_charter(write_preset(tmp_path, CHARTER.replace("Asia/Omsk", "Asia/Atlantis")))
    assert counts(town) == before


@pytest.mark.parametrize(
    ("on", "value"), [(date(2025, 3, 29), "register"), (date(2025, 3, 30), "explain"), (TODAY, "explain")]
)
def test_a_dated_parameter_changes_on_its_day(town: Municipality, on: date, value: str) -> None:
    assert selectors.parameter(town, "fz59.email_intake_policy", on).value == value


def test_confirming_takes_the_badge_off(town: Municipality, operator: AbstractBaseUser) -> None:
    assert selectors.parameter(town, "deadline.legal_shift").needs_confirmation
    confirm_parameter(town, "deadline.legal_shift", operator, TODAY)
    value = selectors.parameter(town, "deadline.legal_shift")
    assert (value.needs_confirmation, value.confirmed, value.confirmed_on) == (False, True, TODAY)
    with pytest.raises(Refused, match="уже подтверждён"):
        confirm_parameter(town, "deadline.legal_shift", operator, TODAY)


def test_a_file_never_overwrites_what_a_person_confirmed(
    town: Municipality, operator: AbstractBaseUser, tmp_path: Path
) -> None:
    confirm_parameter(town, "pos.days_fast", operator, TODAY)
    load_charter(write_preset(tmp_path, CHARTER.replace("value = 5", "value = 4")))
    assert selectors.parameter(town, "pos.days_fast").value == 5


def test_a_local_value_starts_on_its_day(
    town: Municipality, operator: AbstractBaseUser, tmp_path: Path
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    change_parameter(town, "pos.days_fast", 8, "распоряжение № 12", operator, TODAY, tomorrow)
    load_charter(write_preset(tmp_path, CHARTER.replace("value = 5", "value = 4")))
    assert selectors.parameter(town, "pos.days_fast", TODAY).value == 4
    local = selectors.parameter(town, "pos.days_fast", tomorrow)
    assert (local.value, local.is_local, local.needs_confirmation) == (8, True, False)


@pytest.mark.parametrize(
    ("key", "value", "source", "words"),
    [
        ("pos.days_fast", "восемь", "приказ", "того же вида"),
        ("pos.days_fast", 5, "приказ", "уже имеет это значение"),
        ("pos.days_fast", 8, "  ", "Укажите источник"),
        ("deadline.legal_shift", "sideways", "приказ", "одно из значений"),
    ],
)
def test_a_careless_change_is_refused(
    town: Municipality, operator: AbstractBaseUser, key: str, value: str | int, source: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        change_parameter(town, key, value, source, operator, TODAY)


def test_an_unknown_parameter_is_an_error(town: Municipality) -> None:
    with pytest.raises(selectors.CharterMissingError):
        selectors.parameter(town, "no.such_key")


def test_another_municipality_sees_nothing(town: Municipality) -> None:
    with within():
        assert selectors.clauses_of(town).count() == 0


def test_the_database_is_asked_once_for_many_parameters(
    town: Municipality, django_assert_num_queries: object
) -> None:
    selectors.forget_remembered()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [selectors.parameter(town, "pos.days_fast").value for _ in range(50)] == [5] * 50


def test_the_charter_proves_its_own_clauses(town: Municipality) -> None:
    evidence = evidence_for("charter.acts", town, Period(date(2026, 1, 1), TODAY))
    assert evidence is not None
    assert (evidence.count, evidence.link) == (1, "/charter/")
    before = evidence_for("charter.acts", town, Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert before is not None
    assert before.count == 0
