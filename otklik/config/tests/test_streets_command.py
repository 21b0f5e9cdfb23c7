"""`otklik streets`: a list into the gazetteer, rows to mend told by their numbers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from otklik.config.cli.streets import command
from otklik.places.models import Street
from tests.town import build_town


@pytest.mark.django_db
def test_it_loads_a_list_once_and_tells_what_to_mend(tmp_path: Path) -> None:
    build_town("bogotol")
    path = tmp_path / "улицы.csv"
    path.write_text("город;улица\nБоготол;ул. Кривая Горка\nНигде;ул. Мира\n", encoding="utf-8")
    words = [str(path), "--municipality", "bogotol"]
    first = CliRunner().invoke(command, words, catch_exceptions=False)
    assert "Новых 1" in first.stdout
    assert "строка 3: Населённого пункта «Нигде» нет в справочнике." in first.stdout
    again = json.loads(CliRunner().invoke(command, [*words, "--json"], catch_exceptions=False).stdout)
    assert (again["new"], again["unchanged"], len(again["bad"])) == (0, 1, 1)
    assert Street.objects.filter(name="Кривая Горка").count() == 1


@pytest.mark.django_db
def test_cases_get_the_points_of_a_list_of_settlements(tmp_path: Path) -> None:
    town = build_town()
    case = town.case("В деревне Ёгла нет света уже третий день. Когда дадут?")
    path = tmp_path / "деревни.csv"
    path.write_text("название;вид;широта;долгота\nЁгла;д;58,43;33,98\n", encoding="utf-8")
    words = [str(path), "--municipality", "borovichi", "--settlements"]
    first = CliRunner().invoke(command, words, catch_exceptions=False)
    assert "Точку своего населённого пункта получили карточки: 1." in first.stdout
    case.refresh_from_db()
    assert (case.lat, case.lon) == (58.43, 33.98)
    again = json.loads(CliRunner().invoke(command, [*words, "--json"], catch_exceptions=False).stdout)
    assert (again["changed"], again["followed"], "moved" in again) == (0, 0, False)
