"""The calendar's story on a real database: load, load again, confirm a year, a day of the region."""

import pytest

from otklik.accounts.models import User
from otklik.audit.models import JournalEntry
from otklik.charter.files import preset_folders
from otklik.charter.services import load_charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.deadlines.models import CalendarDay, CalendarYear
from otklik.deadlines.plans import plan_year
from otklik.deadlines.rules import due
from otklik.deadlines.selectors import (
    calendar_alarm,
    calendar_of,
    parameters_of,
    unconfirmed_keys,
    year_plans,
)
from otklik.deadlines.services import confirm_year, load_calendar, set_day
from otklik.deadlines.tests.days import at, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def bogotol() -> Municipality:
    load_calendar()
    return load_charter(preset_folders()["bogotol"]).municipality


@pytest.fixture
def administrator() -> User:
    return User.objects.create_user("administrator", "long-enough-password")


def test_a_second_load_changes_nothing() -> None:
    assert load_calendar() == 4
    before = list(CalendarDay.objects.values_list("pk", "date", "kind"))
    assert load_calendar() == 0
    assert list(CalendarDay.objects.values_list("pk", "date", "kind")) == before
    assert [len(year_plans()[year].working) for year in (2024, 2025, 2026, 2027)] == [248, 247, 247, 247]


def test_a_spoilt_year_is_mended_by_the_next_load() -> None:
    load_calendar()
    CalendarDay.objects.filter(date=day("31.12.2026")).delete()
    assert load_calendar() == 1
    assert not calendar_is_working("31.12.2026")


def calendar_is_working(text: str) -> bool:
    return day(text) in year_plans()[day(text).year].working


def test_a_person_confirms_a_year_and_the_alarm_ends(bogotol: Municipality, administrator: User) -> None:
    today = day("20.11.2026")
    assert "2027" in calendar_alarm(today)
    with within(bogotol.id):
        confirm_year(2027, "Постановление от 01.10.2026 № 1", "сайт Правительства", administrator, bogotol)
        assert JournalEntry.objects.get().code == "deadlines.year_confirmed"
    assert calendar_alarm(today) == ""
    load_calendar()
    assert CalendarYear.objects.get(year=2027).is_confirmed


def test_a_year_is_not_confirmed_without_an_act(bogotol: Municipality, administrator: User) -> None:
    with within(bogotol.id), pytest.raises(Refused, match="акт"):
        confirm_year(2027, " ", "", administrator, bogotol)
    assert not CalendarYear.objects.get(year=2027).is_confirmed


def test_a_day_of_the_region_counts_only_there(bogotol: Municipality, administrator: User) -> None:
    other = load_charter(preset_folders()["borovichi"]).municipality
    with within(bogotol.id, other.id):
        set_day(day("20.03.2026"), "off", "закон края", administrator, bogotol)
        assert not calendar_of(bogotol).is_working(day("20.03.2026"))
        assert calendar_of(other).is_working(day("20.03.2026"))
        with pytest.raises(Refused, match="основание"):
            set_day(day("21.03.2026"), "working", "", administrator, bogotol)


def test_a_year_grows_from_its_draft_by_days_of_the_country(
    bogotol: Municipality, administrator: User
) -> None:
    draft = year_plans().get(2028) or plan_year(2028)
    with within(bogotol.id):
        set_day(day("10.01.2028"), "off", "перенос с 08.01.2028", administrator, bogotol, for_all=True)
    assert year_plans()[2028].working == draft.working - {day("10.01.2028")}
    assert not year_plans()[2028].is_confirmed
    assert "2028" in calendar_alarm(day("01.11.2027"))


def test_a_day_set_by_a_person_outlives_a_load(bogotol: Municipality, administrator: User) -> None:
    with within(bogotol.id):
        set_day(day("20.02.2027"), "off", "новый акт", administrator, bogotol, for_all=True)
    load_calendar()
    assert not calendar_is_working("20.02.2027")
    assert not calendar_is_working("31.12.2027")


def test_it_counts_under_the_loaded_charter(bogotol: Municipality) -> None:
    with within(bogotol.id):
        calendar, parameters = calendar_of(bogotol), parameters_of(bogotol)
        term = due("im.first_answer_hours", at("30.10.2026 16:00", calendar), calendar, parameters)
        assert "deadline.legal_shift" in unconfirmed_keys(bogotol)
    assert calendar.zone.key == "Asia/Krasnoyarsk"
    assert term.control_at == at("02.11.2026 15:00", calendar)
