"""Loading lists into the tables and reading them back as a gazetteer."""

from pathlib import Path

import pytest

from otklik.audit.models import JournalEntry
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


LIST = (
    "Населённый пункт;Тип;Улица;Широта;Долгота\n"
    "Боровичи;ул;Кривая Горка;58.4;33.9\nНигде;ул;Садовая;;\nЁгла;пер;Садовый;;\n"
)


def test_the_operators_streets_are_known_at_once(
    town: Municipality, charter: Charter, tmp_path: Path
) -> None:
    file = tmp_path / "streets.csv"
    file.write_text(LIST, encoding="utf-8")
    with within(town.id):
        load_gazetteer(charter, town)
        loaded = load_streets(file, town)
        assert (loaded.read, loaded.new, loaded.changed, loaded.unchanged) == (3, 2, 0, 0)
        assert [(row.number, row.message) for row in loaded.bad] == [
            (3, "Населённого пункта «Нигде» нет в справочнике.")
        ]
        found = find_place("улица Кривая Горка, 3", gazetteer_of("borovichi"))
    assert (found.street, found.lat) == ("Кривая Горка", 58.4)


def test_the_same_list_changes_nothing_and_a_barer_one_takes_no_point_away(
    town: Municipality, charter: Charter, tmp_path: Path
) -> None:
    file, barer = tmp_path / "streets.csv", tmp_path / "barer.csv"
    file.write_text(LIST, encoding="utf-8")
    barer.write_text("город;улица\nБоровичи;ул. кривая горка\n", encoding="utf-8")
    with within(town.id):
        load_gazetteer(charter, town)
        load_streets(file, town)
        before = list(Street.objects.order_by("id").values())
        entries = JournalEntry.objects.filter(code="places.streets_loaded")
        for path, rows in ((file, 2), (barer, 1)):
            loaded = load_streets(path, town)
            assert (loaded.new, loaded.changed, loaded.unchanged) == (0, 0, rows)
        assert list(Street.objects.order_by("id").values()) == before
        assert entries.count() == 1
        file.write_text(LIST.replace("58.4", "58.5"), encoding="utf-8")
        assert load_streets(file, town).changed == 1


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
