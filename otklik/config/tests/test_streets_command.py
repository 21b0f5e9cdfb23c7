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
