"""A picture its network did not give is told on the card with the reason, and asked for again by a button."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.audit.models import JournalEntry
from otklik.cases.models import Case
from otklik.channels.files import store_file
from otklik.channels.models import MediaFetch
from tests.town import Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]


def left(case: Case, position: int, **more: object) -> MediaFetch:
    """A file of the first message at some stage of its fetching."""
    assert case.raw is not None
    return MediaFetch.objects.create(municipality=case.municipality, raw=case.raw, position=position, **more)


def card(client: Client, case: Case) -> str:
    return client.get(reverse("desk:card", args=[case.number])).content.decode().replace("\xa0", " ")


def test_the_card_tells_what_is_not_here_and_why(case: Case, town: Town, enter: Enter) -> None:
    client, http = enter(town.boris), "https://example.org/1"
    left(case, 0, url=http, kind="photo", state="failed", error="Сервер занят.")
    left(case, 1, name="ехе.exe", state="failed", error="Такие файлы не принимаем.")
    left(case, 2, url="telegram:7", kind="video", next_try_at=timezone.now())
    stored = store_file(b"akt", "akt.txt", town.municipality)
    left(case, 3, url=http, name="here", state="kept", file=stored)
    page = card(client, case)
    assert "Снимок не получен. Сервер занят." in page and f'href="{http}"' in page
    assert "Файл «ехе.exe» не получен. Такие файлы не принимаем." in page
    assert "Видео: получаем из источника." in page and "telegram:7" not in page
    assert "«here»" not in page
    assert page.count("Получить снова") == 1


def test_a_failed_file_is_asked_for_again_and_the_journal_knows(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.boris)
    row = left(case, 0, url="https://example.org/1", state="failed", error="Сервер занят.", tries=9)
    again = reverse("desk:fetch_again", args=[case.number, row.pk])
    assert again in card(client, case)
    assert client.post(again).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.tries, row.error) == ("waiting", 0, "")
    assert JournalEntry.objects.filter(code="channels.media_again", actor=town.boris).count() == 1
    assert "Получить снова" not in card(client, case)
    assert client.post(again).status_code == 422


def test_a_file_of_another_case_is_not_found(case: Case, town: Town, enter: Enter) -> None:
    other = town.case("Не горит фонарь у дома 3 на улице Ленина")
    row = left(other, 0, url="https://example.org/1", state="failed")
    assert enter(town.boris).post(reverse("desk:fetch_again", args=[case.number, row.pk])).status_code == 404
