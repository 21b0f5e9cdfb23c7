"""«Динамика»: the change and its factors with links to their cases, and what to do before there is any."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.analytics.growth.forecast import forecast
from otklik.analytics.growth.split import Factor
from otklik.analytics.services import rebuild
from otklik.common.period import Period
from otklik.desk.dynamics import href_of, rest_of, weeks_of
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
    assert "topic=road-potholes" in page
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
        part = reader.get(reverse("desk:dynamics_chart", args=[name, "part"])).content.decode()
        assert "chart__drawing" in part and "<a href=" in part, name
        assert reader.get(reverse("desk:dynamics_chart", args=[name, "png"])).content.startswith(b"\x89PNG")
        assert reader.get(reverse("desk:dynamics_chart", args=[name, "xlsx"])).status_code == 200
    assert reader.get(reverse("desk:dynamics_chart", args=["flow", "pdf"])).status_code == 404


def test_a_block_head_sees_the_change_of_the_own_block(town: Town, enter: Enter) -> None:
    now = timezone.now()
    town.case("На улице Ленина огромная яма на дороге, пробил колесо.", "pos", now - timedelta(days=1))
    rebuild(town.municipality)
    boss = town.user_with("boss", [], role_key="block_head")
    boss.holdings.update(block_key="no-such-block")
    page = enter(boss).get(reverse("desk:dynamics")).content.decode()
    assert "карточек нет" in page and "1 карточка" not in page


def test_it_links_only_to_what_the_list_can_ask_for() -> None:
    today = timezone.localdate()
    day = Period(today, today)
    assert href_of("body", 0, day, True) == ""
    assert "settlement=0" in href_of("settlement", 0, day, True)
    assert href_of("topic", "roads", day, False) == ""


def test_it_names_the_weeks_ahead_from_this_one() -> None:
    told = weeks_of(forecast([10] * 20), timezone.localdate())
    assert told is not None
    assert [week["expected"] for week in told["weeks"]] == [10] * 4
    assert weeks_of(None, timezone.localdate()) is None


def test_it_sums_what_is_not_shown_into_one_row() -> None:
    rest = rest_of([Factor("a", 3, 5, 2.0), Factor("b", 4, 1, -3.0)])
    assert rest is not None
    assert (rest.before, rest.after, rest.change) == (7, 6, "−1")
    assert rest_of([]) is None
