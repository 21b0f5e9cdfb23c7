"""Marks that people put, and cases that follow their settlement to its point."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from otklik.audit.models import JournalEntry
from otklik.cases import services
from otklik.cases.models import Case, CaseFile, Move
from otklik.cases.selectors.marks import marks_of
from otklik.cases.services.points import follow_points
from otklik.cases.services.sorting import PlaceChoice
from otklik.channels.files import store_file
from otklik.channels.models import StoredFile
from otklik.places.cells import cell_of
from otklik.places.models import Settlement, Street
from otklik.places.services import put_point
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
LATER = NOW + timedelta(days=1)
HOME, MOVED, PIN = (58.43, 33.98), (58.44, 33.99), (58.431, 33.981)
TEXT = "В деревне Ёгла нет света уже третий день. Когда дадут?"


@pytest.fixture
def town(settings: Any, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT = settings.MAP_BOUNDARIES = tmp_path
    return build_town()


@pytest.fixture
def home(town: Town) -> Settlement:
    return Settlement.objects.get(municipality=town.municipality, name="Ёгла")


def photo(town: Town, case: Case, lat: float, lon: float) -> None:
    stored = store_file(f"photo {case.pk} {lat}".encode(), "foto.txt", town.municipality)
    StoredFile.objects.filter(pk=stored.pk).update(lat=lat, lon=lon)
    CaseFile.objects.create(municipality=town.municipality, case=case, file=stored)


def point(case: Case) -> tuple[float | None, float | None, str, bool]:
    case.refresh_from_db()
    return case.lat, case.lon, case.h3, case.point_given


def test_marks_are_pins_and_photos_and_never_what_we_derived(town: Town, home: Settlement) -> None:
    bare, pinned = town.case(TEXT), town.case(TEXT, lat=PIN[0], lon=PIN[1])
    assert (bare.settlement, pinned.settlement, pinned.point_given) == (home, home, True)
    photo(town, pinned, 58.5, 33.5)  # the pin of the same case outweighs it
    pictured = town.case(TEXT)
    photo(town, pictured, 58.45, 33.95)
    photo(town, pictured, 58.46, 33.96)
    sorted_by_hand = town.case(TEXT)
    choice = PlaceChoice(home, lat=58.44, lon=33.94, point_given=True)
    services.set_place(sorted_by_hand, choice, town.vera, NOW)
    Street.objects.create(
        municipality=town.municipality, settlement=home, name="Печная", lat=58.47, lon=33.97
    )
    derived = town.case(TEXT)
    services.set_place(derived, PlaceChoice(home, "Печная", lat=58.47, lon=33.97), town.vera, NOW)
    marks = marks_of(town.municipality, [home.pk])
    assert sorted(marks[home.pk]) == [PIN, (58.44, 33.94), (58.45, 33.95)]
    follow_points(town.municipality, put_point(home, HOME, "hand", town.vera, NOW), town.vera, NOW)
    assert point(bare)[:2] == HOME
    assert marks_of(town.municipality, [home.pk]) == marks
    assert marks_of(town.municipality, []) == {}


def test_cases_follow_their_settlement_and_better_points_stay(town: Town, home: Settlement) -> None:
    Street.objects.create(
        municipality=town.municipality, settlement=home, name="Печная", lat=58.47, lon=33.97
    )
    bare, pinned = town.case(TEXT), town.case(TEXT, lat=PIN[0], lon=PIN[1])
    on_street, on_old_point = town.case(TEXT), town.case(TEXT)
    Case.objects.filter(pk=on_street.pk).update(street="Безвестная")
    Case.objects.filter(pk=on_old_point.pk).update(street="печная", lat=58.0, lon=33.0)
    elsewhere = town.case("В Боровичах на улице Гоголя, 15 течёт крыша.")
    told_elsewhere = point(elsewhere)
    moved = put_point(home, HOME, "hand", town.vera, NOW)
    assert follow_points(town.municipality, moved, town.vera, NOW) == 1
    assert point(bare) == (*HOME, cell_of(*HOME), False)
    assert point(pinned)[:2] == PIN
    assert point(on_street) == (None, None, "", False)
    assert follow_points(town.municipality, {home.pk: (58.0, 33.0)}, town.vera, NOW) == 0
    assert point(on_old_point)[:2] == (58.0, 33.0)
    assert point(elsewhere) == told_elsewhere
    move = Move.objects.filter(case=bare).latest("id")
    assert (move.deed, move.by, move.details["before"]) == (
        "give_point",
        None,
        {"lat": None, "lon": None, "h3": ""},
    )
    entry = JournalEntry.objects.get(code="cases.points_given")
    assert entry.details == {"cases": 1} and "1\u00a0карточка" in entry.why
    new = town.case(TEXT)
    assert point(new) == (*HOME, cell_of(*HOME), False)
    # A wrong click put right takes along those that it had moved.
    again = put_point(home, MOVED, "hand", town.vera, LATER)
    assert again == {home.pk: HOME}
    assert follow_points(town.municipality, again, town.vera, LATER) == 2
    assert point(bare)[:2] == point(new)[:2] == MOVED
    assert point(pinned)[:2] == PIN
    assert follow_points(town.municipality, {home.pk: MOVED}, town.vera, LATER) == 0
