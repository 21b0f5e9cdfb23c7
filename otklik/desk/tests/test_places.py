"""«Места»: what the machine knows, and a list of streets taken in."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.analytics.models import DayFact
from otklik.analytics.services import correct
from otklik.audit.models import JournalEntry
from otklik.cases.models import Case
from otklik.places.cells import cell_of
from otklik.places.models import Settlement
from tests.town import Town

Enter = Callable[[User], Client]


def test_a_list_is_loaded_and_every_row_is_accounted_for(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("keeper", ["places.manage"]))
    table = "город;улица\nБоровичи;ул. Кривая Горка\nНигде;ул. Мира\n".encode()
    sent = SimpleUploadedFile("улицы.csv", table, content_type="text/csv")
    page = client.post(reverse("desk:places_load"), {"file": sent}).content.decode()
    assert "Список загружен" in page
    assert "«Нигде» нет" in page.replace("\u00a0", " ")
    home = Settlement.objects.get(municipality=town.municipality, name="Боровичи")
    shown = client.get(reverse("desk:places"), {"settlement": home.pk}).content.decode()
    assert "Кривая Горка" in shown
    assert client.post(reverse("desk:places_load")).status_code == 422


def test_a_list_of_settlements_is_loaded_by_the_same_form(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("keeper", ["places.manage"]))
    sent = SimpleUploadedFile(
        "нп.csv", "название;вид\nТихая Заводь;деревня\n".encode(), content_type="text/csv"
    )
    page = client.post(reverse("desk:places_load"), {"file": sent, "what": "settlements"}).content.decode()
    assert "Тихая Заводь" in page.replace("\u00a0", " ")


def test_who_only_reads_the_charter_sees_places_and_no_form(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("reader", ["charter.view"]))
    page = client.get(reverse("desk:places"), {"settlement": "0"}).content.decode()
    assert "Боровичи" in page
    assert "Загрузить список" not in page
    assert client.post(reverse("desk:places_load")).status_code == 404


HOME = (58.43, 33.98)
DARK = "В деревне Ёгла нет света уже третий день. Когда дадут?"


def plain(client: Client, home: Settlement) -> str:
    shown = client.get(reverse("desk:places"), {"settlement": home.pk})
    return re.sub(r"<[^>]+>", "", shown.content.decode()).replace("\u00a0", " ")


def yogla(town: Town) -> Settlement:
    return Settlement.objects.get(municipality=town.municipality, name="Ёгла")


def test_a_point_is_put_and_its_source_is_shown_and_cases_and_figures_follow(
    town: Town, enter: Enter, settings: Any, tmp_path: Path
) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    client, home = enter(town.user_with("Хранитель", ["places.manage"])), yogla(town)
    case = town.case(DARK, now=timezone.now() - timedelta(hours=1))
    correct(town.municipality)
    settlements = Settlement.objects.filter(municipality=town.municipality)
    known = settlements.filter(lat__isnull=False).count()
    page = plain(client, home)
    assert f"на карте {known} из {settlements.count()};" in page
    assert "Дальше без точки: " in page
    assert "нет точки на карте" in page and "Нет точки на карте." in page
    put = client.post(
        reverse("desk:places_point", args=[home.pk]), {"lat": "58,43", "lon": "33,98"}, follow=True
    )
    page = put.content.decode().replace("\u00a0", " ")
    assert "точка поставлена, её получила 1 карточка" in page
    assert "58,43000; 33,98000" in page
    assert f"поставлена вручную, {timezone.localtime():%d.%m.%Y}, хранитель" in page
    assert f"на карте {known + 1} из" in page
    case.refresh_from_db()
    assert (case.lat, case.lon) == HOME
    correct(town.municipality)
    facts = DayFact.objects.filter(municipality=town.municipality, settlement=home.pk)
    assert set(facts.values_list("h3", flat=True)) == {cell_of(*HOME)}


def test_a_point_outside_of_the_boundary_is_refused_in_one_sentence(
    town: Town, enter: Enter, settings: Any, tmp_path: Path
) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    ring = [[33.0, 58.0], [34.0, 58.0], [34.0, 59.0], [33.0, 59.0], [33.0, 58.0]]
    (tmp_path / "borovichi.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    client, home = enter(town.user_with("keeper", ["places.manage"])), yogla(town)
    assert (
        '"bounds": [[58.0, 33.0], [59.0, 34.0]]'
        in client.get(reverse("desk:places"), {"settlement": home.pk}).content.decode()
    )
    address = reverse("desk:places_point", args=[home.pk])
    for typed in ({"lat": "57,9", "lon": "33,5"}, {"lat": "", "lon": ""}, {"lat": "север", "lon": "1"}, {}):
        refused = client.post(address, typed)
        assert refused.status_code == 422
    home.refresh_from_db()
    assert home.point is None
    assert (
        "вне границ муниципалитета" in client.post(address, {"lat": "57,9", "lon": "33,5"}).content.decode()
    )


def marked(town: Town, points: list[tuple[float, float]]) -> list[Case]:
    return [town.case(DARK, lat=lat, lon=lon) for lat, lon in points]


def test_marks_of_cases_propose_a_point_that_a_person_accepts(
    town: Town, enter: Enter, settings: Any, tmp_path: Path
) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    client, home = enter(town.user_with("Хранитель", ["places.manage"])), yogla(town)
    marked(town, [(58.43, 33.98), (58.431, 33.98), (58.432, 33.98), (58.433, 33.98)])
    assert "Предложение" not in plain(client, home)
    pinned = marked(town, [(58.434, 33.98)])
    page = plain(client, home)
    assert "Предложение: 58,43200; 33,98000" in page
    assert "по 5 отметкам, разброс 0,2 км" in page
    assert "есть предложение" in page and ", 1 предложение;" in page
    home.refresh_from_db()
    assert home.point is None
    address = reverse("desk:places_point", args=[home.pk])
    assert client.post(address, {"proposed": "58.00000;33.00000"}).status_code == 422
    assert client.post(address, {"proposed": "58.43200;33.98000"}).status_code == 302
    home.refresh_from_db()
    assert (home.lat, home.lon, home.point_from, home.point_title) == (58.432, 33.98, "marks", "Хранитель")
    entry = JournalEntry.objects.get(code="places.point_put", thing_id=str(home.pk))
    assert "по 5 отметкам, разброс 0,2 км" in entry.why.replace("\u00a0", " ")
    assert client.post(address, {"proposed": "58.43200;33.98000"}).status_code == 422
    pinned[0].refresh_from_db()
    assert pinned[0].lat == 58.434


def test_marks_beyond_the_boundary_propose_nothing(
    town: Town, enter: Enter, settings: Any, tmp_path: Path
) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    ring = [[33.0, 58.0], [34.0, 58.0], [34.0, 58.4], [33.0, 58.4], [33.0, 58.0]]
    (tmp_path / "borovichi.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    marked(town, [(58.43, 33.98)] * 5)
    assert "Предложение" not in plain(enter(town.user_with("keeper", ["places.manage"])), yogla(town))


def test_a_loaded_list_takes_its_cases_along(town: Town, enter: Enter, settings: Any, tmp_path: Path) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    client = enter(town.user_with("keeper", ["places.manage"]))
    case = town.case(DARK)
    table = "название;вид;широта;долгота\nЁгла;д;58,43;33,98\n".encode("cp1251")
    sent = SimpleUploadedFile("нп.csv", table, content_type="text/csv")
    page = client.post(reverse("desk:places_load"), {"file": sent, "what": "settlements"}).content.decode()
    assert "Точку своего населённого пункта получила 1 карточка" in page.replace("\u00a0", " ")
    case.refresh_from_db()
    assert (case.lat, case.lon) == HOME


def test_who_only_reads_sees_the_proposal_and_no_button(
    town: Town, enter: Enter, settings: Any, tmp_path: Path
) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    marked(town, [HOME] * 5)
    client, home = enter(town.user_with("reader", ["charter.view"])), yogla(town)
    page = plain(client, home)
    assert "Предложение" in page and "Поставить точку" not in page and "Принять" not in page
    assert (
        client.post(reverse("desk:places_point", args=[home.pk]), {"lat": "58", "lon": "33"}).status_code
        == 404
    )
