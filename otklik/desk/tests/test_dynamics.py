"""«Динамика»: the change and its factors with links to their cases, and what to do before there is any."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.analytics.growth.split import Factor
from otklik.analytics.services import rebuild
from otklik.desk.dynamics import rest_row
from tests.town import Town

Enter = Callable[[User], Client]


def page_of(town: Town, enter: Enter, query: str = "") -> str:
    reader = enter(town.user_with("reader", ["analytics.view", "cases.view"]))
    page = reader.get(reverse("desk:dynamics") + query).content.decode()
    return page.replace("\xa0", " ").replace("\u202f", " ")


def test_it_says_what_to_do_before_there_is_anything(town: Town, enter: Enter) -> None:
    assert "otklik facts rebuild" in page_of(town, enter)


def test_it_shows_the_change_with_its_factors_and_their_cases(town: Town, enter: Enter) -> None:
    now = timezone.now()
    for days in (1, 2, 3, 40):
        town.case("На улице Ленина огромная яма на дороге, пробил колесо.", "pos", now - timedelta(days=days))
    rebuild(town.municipality)
    page = page_of(town, enter)
    assert "За период 3 карточки: на 2 карточки больше, чем было (+200 %)." in page
    assert "key=road-potholes" in page
    assert "Прогноз появится" in page
    for by in ("settlement", "channel", "body", "block", "nonsense"):
        assert "Из чего сложилось изменение" in page_of(town, enter, f"?by={by}&past=year")


def test_it_draws_the_flow_the_factors_and_the_weeks(
    town: Town, enter: Enter, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    now = timezone.now()
    for days in (*range(1, 4), *range(20, 90, 7)):
        town.case("На улице Ленина огромная яма на дороге, пробил колесо.", "pos", now - timedelta(days=days))
    rebuild(town.municipality)
    reader = enter(town.user_with("reader", ["analytics.view", "cases.view"]))
    assert reader.get(reverse("desk:dynamics")).content.decode().count('hx-trigger="load"') >= 3
    for name in ("flow", "factors", "ahead"):
        part = reader.get(reverse("desk:chart", args=["dynamics", name, "part"])).content.decode()
        assert "chart__drawing" in part and "<a href=" in part, name
        assert reader.get(reverse("desk:chart", args=["dynamics", name, "png"])).content.startswith(
            b"\x89PNG"
        )
        assert reader.get(reverse("desk:chart", args=["dynamics", name, "xlsx"])).status_code == 200
    assert reader.get(reverse("desk:chart", args=["dynamics", "flow", "pdf"])).status_code == 404


def test_a_block_head_sees_the_change_of_the_own_block(town: Town, enter: Enter) -> None:
    now = timezone.now()
    town.case("На улице Ленина огромная яма на дороге, пробил колесо.", "pos", now - timedelta(days=1))
    rebuild(town.municipality)
    boss = town.user_with("boss", [], role_key="block_head")
    boss.holdings.update(block_key="no-such-block")
    page = enter(boss).get(reverse("desk:dynamics")).content.decode()
    assert "карточек нет" in page and "1 карточка" not in page


def test_it_sums_what_is_not_shown_into_one_row() -> None:
    name, was, now, change = rest_row([Factor("a", 3, 5, 2.0), Factor("b", 4, 1, -3.0)])
    assert name.text.replace("\xa0", " ") == "Ещё 2 строки"
    assert (was.value, now.value, change.text) == (7, 6, "−1")
