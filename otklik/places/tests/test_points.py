"""What marks propose, what a boundary holds, what a person may type; and a point put by hand in the tables."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.audit.models import JournalEntry
from otklik.charter.files import preset_folders, read_charter
from otklik.common.errors import Refused
from otklik.places.models import Settlement
from otklik.places.points import Point, Proposal, is_inside, propose_point, typed_point
from otklik.places.selectors import gazetteer_of
from otklik.places.services import load_gazetteer, load_settlements, put_point
from tests.town import build_town

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
HOME = (58.4, 33.9)
# A thousandth of a degree of latitude is 111 m, of longitude here 58 m.
FIVE = [(58.4, 33.9), (58.401, 33.9), (58.402, 33.9), (58.403, 33.9), (58.404, 33.9)]
FAR = (55.75, 37.62)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], None),
        (FIVE[:4], None),
        (FIVE, (58.402, 33.9, 5, 222)),
        ([*FIVE, FAR], (58.4015, 33.9, 6, 278)),
        ([HOME] * 5, (58.4, 33.9, 5, 0)),
        ([(58.4 + step / 100, 33.9) for step in range(5)], (58.42, 33.9, 5, 2224)),
        ([(58.4 + step / 70, 33.9) for step in range(5)], None),
        ([(58.4, 33.9 + step / 100) for step in range(9)], (58.4, 33.94, 9, 2331)),
        ([HOME, HOME, HOME, FAR, FAR, FAR], None),
    ],
)
def test_it_proposes_the_middle_of_marks_that_lie_together(
    marks: list[Point], expected: tuple[float, float, int, int] | None
) -> None:
    found = propose_point(marks)
    assert expected == (found and (found.lat, found.lon, found.marks, round(found.spread)))


NEAR_MARKS = st.lists(st.tuples(st.floats(58.40, 58.41), st.floats(33.90, 33.91)), min_size=5, max_size=40)
ANYWHERE = st.tuples(st.floats(41.0, 82.0), st.floats(19.0, 179.0))


@given(NEAR_MARKS, st.data())
def test_a_quarter_of_strangers_moves_no_proposal_out_of_the_village(
    marks: list[Point], data: st.DataObject
) -> None:
    strangers = data.draw(st.lists(ANYWHERE, max_size=(len(marks) - 1) // 3))
    whole = data.draw(st.permutations([*marks, *strangers]))
    found = propose_point(whole)
    assert found is not None
    assert found == propose_point(sorted(whole))
    assert 58.39999 <= found.lat <= 58.41001 and 33.89999 <= found.lon <= 33.91001
    assert found.marks == len(whole) and 0 <= found.spread < 1_300


HORSESHOE = [(0.0, 0.0), (0.0, 3.0), (3.0, 3.0), (3.0, 2.0), (1.0, 2.0), (1.0, 1.0), (3.0, 1.0), (3.0, 0.0)]


@pytest.mark.parametrize(
    ("point", "expected"),
    [((0.5, 1.5), True), ((2.0, 0.5), True), ((2.0, 2.5), True), ((2.0, 1.5), False), ((4.0, 0.5), False)],
)
@pytest.mark.parametrize("ring", [HORSESHOE, [*HORSESHOE, HORSESHOE[0]]], ids=["open", "closed"])
def test_a_boundary_holds_what_lies_inside(ring: list[Point], point: Point, expected: bool) -> None:
    assert is_inside([ring], *point) is expected
    assert is_inside([[(8.0, 8.0), (8.0, 9.0), (9.0, 9.0)], ring], *point) is expected


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("58.4", "33.9"),
        (" 58,4 ", "33,9"),
        ("58.4, 33.9", ""),
        ("58.4,33.9", " "),
        ("58,4 33,9", ""),
        ("58,4; 33,9", ""),
        ("58°24′", "33°54′ в. д."),
    ],
)
def test_it_reads_what_people_type_and_copy(lat: str, lon: str) -> None:
    assert typed_point(lat, lon) == pytest.approx(HOME)


@pytest.mark.parametrize(
    ("lat", "lon", "words"),
    [
        ("", "", "Щёлкните"),
        ("58,4", "", "Щёлкните"),
        ("север", "33", "не число"),
        ("33,9", "58,4", "вне России"),
    ],
)
def test_it_refuses_what_is_no_point(lat: str, lon: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        typed_point(lat, lon)


@pytest.mark.django_db
def test_a_point_put_by_hand_is_known_at_once_and_outlives_lists_and_the_preset(
    settings: Any, tmp_path: Path
) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    town = build_town()
    home = Settlement.objects.get(municipality=town.municipality, name="Ёгла")
    keeper = town.user_with("Хранитель", ["places.manage"])
    assert put_point(home, HOME, "hand", keeper, NOW) == {home.pk: None}
    fact = gazetteer_of("borovichi").settlement("Ёгла")
    assert fact is not None and (fact.lat, fact.lon) == HOME
    file = tmp_path / "list.csv"
    file.write_text("название;вид;широта;долгота;население\nЁгла;д;58.5;33.8;310\n", encoding="utf-8")
    assert load_settlements(file, town.municipality, keeper).moved == {}
    load_gazetteer(read_charter(preset_folders()["borovichi"]), town.municipality)
    home.refresh_from_db()
    assert (home.point, home.population) == (HOME, 310)
    assert (home.point_from, home.point_at, home.point_title) == ("hand", NOW, "Хранитель")
    entry = JournalEntry.objects.get(code="places.point_put")
    assert "58,40000; 33,90000" in entry.why and entry.details["was"] is None


@pytest.mark.django_db
def test_a_point_outside_of_the_municipality_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    town = build_town()
    ring = [[33.0, 58.0], [34.0, 58.0], [34.0, 59.0], [33.0, 59.0], [33.0, 58.0]]
    (tmp_path / "borovichi.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    home = Settlement.objects.get(municipality=town.municipality, name="Ёгла")
    with pytest.raises(Refused, match="вне границ муниципалитета"):
        put_point(home, (57.9, 33.5), "hand", town.vera, NOW)
    assert not JournalEntry.objects.filter(code="places.point_put").exists()
    put_point(home, (58.9, 33.5), "hand", town.vera, NOW)


def test_a_proposal_says_whole_centimetres_are_not_known() -> None:
    assert propose_point([(58.123456789, 33.987654321)] * 5) == Proposal(58.12346, 33.98765, 5, 0.0)
