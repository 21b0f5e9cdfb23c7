"""Lists of settlements as operators have them, and what they add to the gazetteer."""

from pathlib import Path

import pytest

from otklik.audit.models import JournalEntry
from otklik.charter.files import preset_folders, read_charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.places.models import Settlement
from otklik.places.rules import find_place
from otklik.places.selectors import forget_remembered, gazetteer_of
from otklik.places.services import load_gazetteer, load_settlements, load_streets
from otklik.places.settlement_table import read_settlements


@pytest.mark.parametrize(
    "text",
    [
        "Населённый пункт;Вид;ОКТМО;Широта;Долгота;Население\nСветлая;деревня;49606101001;58,4;33,9;1 200\n",
        "name,kind,oktmo,lat,lon,population\nСветлая,д,49606101001,58.4,33.9,1200\n",
        "Наименование;Тип;ОКТМО;geo_lat;geo_lon;Население\nСветлая;д;49606101001;58.4;33.9;1200\n",
        "Нас. пункт;Вид;ОКТМО;С.ш.;В.д.;Население\nСветлая;д;49606101001;58°24′ с. ш.;33°54'0,0\" в.д.;1200\n",
        "НП;Вид;ОКТМО;Координата широты;Координата долготы;Население\nСветлая;д;49606101001;58,4°;33,9° E;1200\n",
        "ОКТМО\tНаименование\tlat\tlon\tЧисленность\n49 606 101 001\tд. Светлая\t58.4\t33.9\t1200\n",
    ],
)
def test_it_reads_lists_of_any_heading(text: str) -> None:
    [fact] = read_settlements(text.encode()).facts
    told = (fact.name, fact.kind, fact.oktmo, fact.lat, fact.lon, fact.population)
    assert told == ("Светлая", "д", "49606101001", 58.4, 33.9, 1200)


def test_it_refuses_a_list_without_names() -> None:
    with pytest.raises(Refused, match="населённый пункт"):
        read_settlements("Код;x\n1;2\n".encode())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Светлая;;;;;", "Не указан вид"),
        (";д;;;;", "Название не указано"),
        ("Светлая;д;123;;;", "ОКТМО"),
        ("Светлая;д;;58.4;;", "только одна координата"),
        ("Светлая;д;;;;много", "не число"),
        ("Светлая;д;;33,9;58,4;", "вне России"),
        ("Светлая;д;;58°24х;33,9;", "не число"),
    ],
)
def test_it_tells_of_a_broken_row(row: str, words: str) -> None:
    table = read_settlements(f"название;вид;октмо;широта;долгота;население\nРечная;д;;;;\n{row}\n".encode())
    assert [fact.name for fact in table.facts] == ["Речная"]
    assert [(bad.number, words in bad.message) for bad in table.bad] == [(3, True)]


def test_a_point_outside_of_the_known_boundary_breaks_its_row() -> None:
    square = [(58.0, 33.0), (58.0, 34.0), (59.0, 34.0), (59.0, 33.0)]
    rows = "название;вид;широта;долгота\nБлизкая;д;58,5;33,5\nДалёкая;д;57,5;33,5\nБезвестная;д;;\n"
    table = read_settlements(rows.encode(), [square])
    assert [fact.name for fact in table.facts] == ["Близкая", "Безвестная"]
    assert [(bad.number, bad.message) for bad in table.bad] == [(3, "Точка вне границ муниципалитета.")]


@pytest.mark.django_db
def test_a_list_adds_and_completes_and_outlives_a_load_of_the_preset(tmp_path: Path) -> None:
    forget_remembered()
    town, _ = Municipality.objects.get_or_create(
        key="borovichi", defaults={"name": "Р", "short_name": "Р", "region": "О"}
    )
    charter = read_charter(preset_folders()["borovichi"])
    file, streets = tmp_path / "places.csv", tmp_path / "streets.csv"
    rows = "название;вид;широта;долгота\nТихая Заводь;д;58.41;33.92\nЁгла;д;58.43;33.98\n"
    file.write_text(rows, encoding="utf-8")
    streets.write_text("нп;улица\nд. Тихая Заводь;Верхняя\n", encoding="utf-8")
    with within(town.id):
        load_gazetteer(charter, town)
        loaded = load_settlements(file, town)
        assert (loaded.new, loaded.changed, loaded.bad) == (1, 1, [])
        home = Settlement.objects.get(name="Ёгла")
        assert (home.point_from, loaded.moved) == ("list", {home.pk: None})
        again = load_settlements(file, town)
        assert again.moved == {}
        assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
        assert load_streets(streets, town).new == 1
        load_gazetteer(charter, town)
        assert Settlement.objects.get(name="Ёгла").lat == 58.43
        found = find_place("В деревне Тихой Заводи на улице Верхней, 3 нет света", gazetteer_of("borovichi"))
        assert (found.settlement, found.street, found.house) == ("Тихая Заводь", "Верхняя", "3")
        assert JournalEntry.objects.filter(code="places.settlements_loaded").count() == 1
