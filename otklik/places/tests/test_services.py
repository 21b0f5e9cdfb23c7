"""Loading lists into the tables and reading them back as a gazetteer."""

from pathlib import Path

import pytest

from otklik.charter.files import preset_folders, read_charter
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.places.files import read_boundary, read_folder
from otklik.places.models import Settlement, Street
from otklik.places.rules import find_place
from otklik.places.selectors import forget_remembered, gazetteer_of
from otklik.places.services import load_gazetteer, load_streets

pytestmark = pytest.mark.django_db
PRESETS = sorted(preset_folders())


@pytest.fixture
def town() -> Municipality:
    forget_remembered()
    town, _ = Municipality.objects.get_or_create(
        key="borovichi",
        defaults={"name": "Боровичский район", "short_name": "Боровичи", "region": "Новгородская область"},
    )
    return town


@pytest.fixture
def charter() -> Charter:
    return read_charter(preset_folders()["borovichi"])


def test_it_loads_twice_without_doubles(town: Municipality, charter: Charter) -> None:
    with within(town.id):
        loaded = load_gazetteer(charter, town)
        before = (Settlement.objects.count(), Street.objects.count())
        assert load_gazetteer(charter, town) == loaded
        assert (Settlement.objects.count(), Street.objects.count()) == before
        assert before[0] == loaded > 20 and before[1] > 20


def test_a_loaded_gazetteer_finds_a_place_with_its_cell(town: Municipality, charter: Charter) -> None:
    with within(town.id):
        load_gazetteer(charter, town)
        found = find_place("В Боровичах на Гоголя, 15 течёт крыша", gazetteer_of("borovichi"))
    assert (found.settlement, found.street, found.house) == ("Боровичи", "Гоголя", "15")
    assert found.h3


def test_the_operators_streets_are_known_at_once(
    town: Municipality, charter: Charter, tmp_path: Path
) -> None:
    file = tmp_path / "streets.csv"
    file.write_text("settlement;name;kind;lat;lon\nБоровичи;Кривая Горка;ул.;58.4;33.9\n", encoding="utf-8")
    with within(town.id):
        load_gazetteer(charter, town)
        assert load_streets(file, town) == 1
        found = find_place("улица Кривая Горка, 3", gazetteer_of("borovichi"))
    assert (found.street, found.lat) == ("Кривая Горка", 58.4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("settlement,name\nНигде,Садовая\n", "Нигде"),
        ("settlement,name\nБоровичи,\n", "строка 2"),
        ("settlement,name,lat\nБоровичи,Садовая,север\n", "не число"),
    ],
)
def test_a_faulty_street_list_is_refused_whole(
    town: Municipality, charter: Charter, tmp_path: Path, content: str, words: str
) -> None:
    file = tmp_path / "streets.csv"
    file.write_text(content, encoding="utf-8")
    with within(town.id):
        load_gazetteer(charter, town)
        before = Street.objects.count()
        with pytest.raises(Refused, match=words):
            load_streets(file, town)
        assert Street.objects.count() == before


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_has_a_centre_with_a_point_and_streets_of_its_settlements(key: str) -> None:
    known = read_folder(key)
    assert [fact for fact in known.settlements if fact.is_centre and fact.lat and fact.lon]
    assert {street.settlement for street in known.streets} <= {fact.name for fact in known.settlements}


def test_a_boundary_that_is_no_geojson_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "boundary.geojson"
    file.write_text('{"type": "Polygon", "coordinates": []}', encoding="utf-8")
    assert read_boundary(file)["type"] == "Polygon"
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(Refused):
        read_boundary(file)
