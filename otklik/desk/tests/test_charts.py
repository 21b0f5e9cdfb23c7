"""Charts of every screen: the part its page asks for, files of the same rows, whom they are shut to."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.analytics.services import rebuild
from otklik.analytics.targets.services import Plan, hand_down
from otklik.common.period import Period
from otklik.desk.tests.test_analysis import RIGHTS, lived
from otklik.desk.views.charts import SCREENS
from otklik.topics.models import Block
from tests.town import Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]
PAGES = {"quality": "quality", "terms": "terms_kept", "solvable": "solvable", "satisfaction": "satisfaction"}
PART = re.compile(r'hx-get="(/charts/[^"]+)"')
FILE = re.compile(r'href="(/charts/[^"]+\.(png|svg|xlsx)[^"]*)"')
CASES = re.compile(r'href="((?:/summary|/satisfaction)?/cases/\?[^"]+)"')


@pytest.fixture(autouse=True)
def nothing_drawn_yet(settings: Settings, tmp_path: Path) -> None:
    """Drawings are kept in the data folder: one of an earlier test would be shown at once."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def reader(town: Town, enter: Enter) -> Client:
    lived(town)
    for days in (3, 20, 36):
        town.case("На улице Ленина огромная яма на дороге.", "pos", timezone.now() - timedelta(days=days))
    rebuild(town.municipality)
    return enter(town.user_with("reader", RIGHTS))


@pytest.mark.parametrize("screen", PAGES)
def test_every_chart_of_a_screen_is_drawn_and_given_as_files(screen: str, reader: Client) -> None:
    page = unescape(reader.get(reverse(f"desk:{PAGES[screen]}"), {"by": "topic"}).content.decode())
    parts, files = PART.findall(page), FILE.findall(page)
    assert parts and len(files) >= 3 * len(parts)
    for address in parts:
        drawn = reader.get(address)
        assert drawn.status_code == 200 and "chart__drawing" in drawn.content.decode(), address
    # One address gives every form: the first chart of the screen stands for the others.
    for address, form in files[:3]:
        content = reader.get(address).content
        assert content.startswith({"png": b"\x89PNG", "svg": b"<svg", "xlsx": b"PK"}[form]), address


@pytest.mark.parametrize("screen", PAGES)
def test_every_number_of_a_screen_opens_its_cases(screen: str, reader: Client) -> None:
    page = unescape(reader.get(reverse(f"desk:{PAGES[screen]}"), {"by": "block"}).content.decode())
    found = set(CASES.findall(page))
    assert found
    for address in found:
        assert reader.get(address, follow=True).status_code == 200, address


def test_a_chart_is_shut_to_those_its_screen_is_shut_to(town: Town, enter: Enter) -> None:
    stranger = enter(town.user_with("stranger", ["cases.view"]))
    for key, screen in SCREENS.items():
        assert stranger.get(reverse("desk:chart", args=[key, "time", "xlsx"])).status_code == 404, screen
    keeper = enter(town.user_with("keeper", RIGHTS))
    for wrong in (["moon", "time", "png"], ["terms", "moon", "png"], ["terms", "time", "pdf"]):
        assert keeper.get(reverse("desk:chart", args=wrong)).status_code == 404, wrong


def test_targets_are_drawn_and_a_block_head_sees_those_of_the_own_block(town: Town, enter: Enter) -> None:
    case, today = lived(town), timezone.localdate()
    year = Period(today.replace(month=1, day=1), today.replace(month=12, day=31))
    blocks = {block: Plan("answered", block, year, 5, True) for block in ("", case.block_key, "other_block")}
    keeper = town.user_with("keeper", RIGHTS)
    for block in ("other_block", case.block_key):
        Block.objects.get_or_create(municipality=town.municipality, key=block, defaults={"title": block})
    made = {key: hand_down(town.municipality, plan, keeper, timezone.now()) for key, plan in blocks.items()}
    page = unescape(enter(keeper).get(reverse("desk:kpi")).content.decode())
    (plan_part,) = PART.findall(page)
    assert "chart__drawing" in enter(keeper).get(plan_part).content.decode()
    boss = town.user_with("boss", ["cases.view_block", "analytics.view"])
    boss.holdings.update(block_key=case.block_key)
    seen = unescape(enter(boss).get(reverse("desk:kpi")).content.decode())
    told = {key for key, one in made.items() if reverse("desk:target", args=[one.pk]) in seen}
    assert told == {case.block_key} and "Показана ваша часть" in seen
    for key, one in made.items():
        expected = 200 if key == case.block_key else 404
        assert enter(boss).get(reverse("desk:target", args=[one.pk])).status_code == expected, key
        way = reverse("desk:chart", args=["kpi", f"way-{one.pk}", "xlsx"])
        assert enter(boss).get(way).status_code == expected, key
    (way_part,) = PART.findall(
        unescape(enter(boss).get(reverse("desk:target", args=[made[case.block_key].pk])).content.decode())
    )
    assert "план не" in enter(boss).get(way_part).content.decode().replace("\xa0", " ")
