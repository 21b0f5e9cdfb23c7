"""«Динамика»: the change and its factors with links to their cases, and what to do before there is any."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.analytics.dashboards.factors import factor_table, rest_row
from otklik.analytics.growth.split import Factor, split
from otklik.analytics.services import rebuild
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
    assert ">3 карточки</a>: на 2 карточки больше, чем было (+200 %)." in page
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
    name, was, now, change = rest_row([Factor("a", 3, 5, 2), Factor("b", 4, 1, -3)])
    assert name.text.replace("\xa0", " ") == "Ещё 2 строки"
    assert (was.value, now.value, change.text) == (7, 6, "−1")


def test_its_last_column_adds_up_to_the_whole_as_it_is_shown() -> None:
    before, after = {key: key % 3 for key in range(40)}, {key: key % 5 for key in range(5, 45)}
    table = factor_table(split(before, after, 1.37), str, lambda *_: "", "Факторы", "Тема", 15)
    assert len(table.rows) == 17 and table.rows[-1][0].text == "Сезон и дни недели"
    assert sum(row[3].value or 0 for row in table.rows) == table.whole[3].value == 80 - 39


def test_it_compares_with_any_days_and_leads_to_them(town: Town, enter: Enter) -> None:
    today = timezone.localdate()
    for days in (1, 2, 70):
        came = timezone.now() - timedelta(days=days)
        town.case("На улице Ленина огромная яма на дороге, пробил колесо.", "pos", came)
    rebuild(town.municipality)
    since, until = today - timedelta(days=72), today - timedelta(days=65)
    own = f"?past_since={since}&past_until={until}&by=body"
    page = page_of(town, enter, own)
    assert "За период <a" in page and ">2 карточки</a>: на 1 карточку больше, чем было (+100 %)." in page
    assert f"since={since}&amp;until={until}" in page
    assert 'name="past_since"' in page and '<input type="hidden" name="by" value="body">' in page
    same = page_of(town, enter, f"?past={since}..{until}")
    assert "(+100 %)" in same
    assert "было." in page_of(town, enter, "?past_since=2026-10-09&past_until=2026-10-01")
