"""«Места»: what the machine knows, and a list of streets taken in."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.accounts.models import User
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
