"""What dashboards show over a town that has lived: figures of the facts, findings in words, ways to the cases."""

from datetime import date
from typing import Any

import pytest

from otklik.accounts.models import Role
from otklik.accounts.selectors import rights_of
from otklik.analytics.dashboards.asking import Asking
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.selectors import dashboard_tables, dashboards_for, defaults, shown
from otklik.analytics.dashboards.services import (
    Composed,
    change_dashboard,
    compose_dashboard,
    delete_dashboard,
)
from otklik.analytics.dashboards.tiles import tiles_from
from otklik.analytics.dashboards.whose import choices_for, whole
from otklik.analytics.growth.selectors import compare
from otklik.analytics.measures import measure
from otklik.analytics.selectors import sums
from otklik.analytics.services import rebuild
from otklik.audit.models import JournalEntry
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.periods import before
from tests.analytics.living import NOW, live
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
MONTH = Period(date(2026, 9, 21), date(2026, 10, 20))
TILES: list[dict[str, Any]] = [
    {"kind": "number", "measures": ["received"]},
    {"kind": "chart", "measures": ["received"], "by": "topic", "most": 3},
    {"kind": "table", "measures": ["received", "overdue"], "by": "body"},
    {"kind": "finding", "measures": ["received"], "by": "channel"},
]


def a_town_of_weeks() -> Town:
    found = build_town()
    live(found, 50)
    rebuild(found.municipality, now=NOW)
    return found


lived = made_once(a_town_of_weeks)


@pytest.fixture
def town(lived: Town, db: None) -> Town:
    return back_in(lived)


def test_it_shows_every_tile_of_the_house_from_the_facts(town: Town) -> None:
    whose = whole(town.municipality)
    counted = sums([town.municipality.pk], MONTH)[()]
    for default in defaults():
        found = shown(default.tiles, MONTH, whose)
        assert [one.tile for one in found] == list(default.tiles)
        assert all(one.caption and one.said for one in found)
        for one in found:
            if one.figure is not None and not one.tile.first.waited and one.tile.first.unit != "на 1000":
                assert one.figure.value == measure(one.tile.first.key).of(counted).number
    assert counted["received"] > 20


def test_it_shows_an_empty_town_without_a_number(town: Town) -> None:
    nowhere = Period(date(2020, 1, 1), date(2020, 1, 31))
    for default in defaults():
        for one in shown(default.tiles, nowhere, whole(town.municipality)):
            assert one.said
            assert one.is_empty or one.tile.kind in ("number", "chart", "table")


def test_its_rows_add_up_to_the_whole(town: Town) -> None:
    tiles = tiles_from(
        [{"kind": "chart", "measures": ["received"], "by": cut, "most": 30} for cut in ("body", "time")]
    )
    by_body, by_time = shown(tiles, MONTH, whole(town.municipality))
    whole_of = sums([town.municipality.pk], MONTH)[()]["received"]
    for one in (by_body, by_time):
        assert sum(row[1].value or 0 for row in one.table.rows) == whole_of
    assert by_time.plot is not None and len(by_time.plot.points) == 30


def test_it_splits_a_change_as_the_screen_of_changes_does(town: Town) -> None:
    week = Period(date(2026, 10, 12), date(2026, 10, 18))
    for days in (MONTH, week, Period(date(2026, 1, 1), date(2026, 12, 31))):
        for by in ("topic", "channel"):
            own = Asking(whole(town.municipality)).growth(measure("received"), days, by)
            other = compare([town.municipality.pk], before(days), days, by)
            assert (own.before, own.after, own.season) == (other.before, other.after, other.season)
            assert set(own.factors) == set(other.factors)


def test_it_gives_a_report_its_tables(town: Town) -> None:
    dashboard = compose_dashboard(town.municipality, Composed("Планёрка", TILES), town.vera, NOW)
    numbers, topics, bodies, growth = dashboard_tables(dashboard, MONTH)
    assert numbers.rows[0][0].text == "Поступило"
    assert len(topics.rows) == 3 and topics.note.startswith("Не показано")
    assert bodies.head[:3] == ("Орган", "Поступило", "Просрочка, %")
    assert growth.head == ("Канал", "Было", "Стало", "Своё изменение")
    assert all(cell.behind for row in topics.rows for cell in row[1:2])


def test_it_counts_a_block_head_only_his_block(town: Town) -> None:
    role = Role.objects.get(municipality=town.municipality, key="block_head")
    boss = town.user_with("boss", [], role_key="block_head")
    boss.holdings.filter(role=role).update(block_key="housing")
    choices = choices_for(boss, town.municipality, rights_of(boss, town.municipality), [town.municipality])
    assert [one.key for one in choices] == ["own"]
    (tile,) = tiles_from([{"kind": "number", "measures": ["received"]}])
    own = shown([tile], MONTH, choices[0])[0].figure
    every = sums([town.municipality.pk], MONTH)[()]["received"]
    block = sums([town.municipality.pk], MONTH, (), {"block": "housing"})[()]["received"]
    assert own is not None and own.value == block < every
    (waited,) = tiles_from([{"kind": "number", "measures": ["first_median"]}])
    assert shown([waited], MONTH, choices[0])[0].figure is not None


def test_it_gives_an_officer_the_channels_the_charter_names_for_the_role(town: Town) -> None:
    officer = town.user_with("officer", [], role_key="pos_officer")
    rights = rights_of(officer, town.municipality)
    own = choices_for(officer, town.municipality, rights, [town.municipality])[0]
    assert own.where == {"channel": ["portal_gov", "pos"]}


def test_it_counts_several_towns_together_for_the_region(town: Town) -> None:
    other = build_town("lovozero").municipality
    observer = town.user_with("region", [], role_key="region_observer")
    rights = rights_of(observer, town.municipality)
    towns = [town.municipality, other]
    assert [one.key for one in choices_for(observer, town.municipality, rights, towns)] == ["town"]
    role = Role.objects.get(municipality=other, key="region_observer")
    observer.holdings.create(municipality=other, role=role, since=date(2026, 1, 1))
    every = choices_for(observer, town.municipality, rights, towns)[-1]
    assert every.key == "all" and len(every.towns) == 2
    tiles = tiles_from([{"kind": "chart", "measures": ["per_thousand"], "by": "municipality"}])
    (rated,) = shown(tiles, MONTH, every)
    assert [row[0].text for row in rated.table.rows] == [town.municipality.short_name]


def test_it_is_composed_shared_changed_and_deleted_with_the_journal(town: Town) -> None:
    boss, reader = town.vera, town.user_with("reader", [], role_key="leader")
    composed = Composed(" Планёрка ", TILES, ["leader", "no-such-role"])
    dashboard = compose_dashboard(town.municipality, composed, boss, NOW)
    assert (dashboard.title, dashboard.shared_with) == ("Планёрка", ["leader"])
    seen = dashboards_for(reader, town.municipality, rights_of(reader, town.municipality))
    assert list(seen) == [dashboard]
    with pytest.raises(Refused, match="составил другой человек"):
        change_dashboard(dashboard, composed, reader, NOW)
    with pytest.raises(Refused, match="уже есть"):
        compose_dashboard(town.municipality, composed, boss, NOW)
    with pytest.raises(Refused, match="Назовите сводку"):
        change_dashboard(dashboard, Composed("  ", TILES), boss, NOW)
    change_dashboard(dashboard, Composed("Для себя", TILES[:1]), boss, NOW)
    assert not dashboards_for(reader, town.municipality, rights_of(reader, town.municipality)).exists()
    delete_dashboard(dashboard, boss)
    assert not Dashboard.objects.exists()
    codes = JournalEntry.objects.filter(code__startswith="dashboards.").order_by("number")
    assert list(codes.values_list("code", flat=True)) == [
        "dashboards.made",
        "dashboards.changed",
        "dashboards.deleted",
    ]
