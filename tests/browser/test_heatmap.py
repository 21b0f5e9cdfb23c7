"""The heat map by hand in a real browser: the matrix by arrows, cells and points, the weeks, a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import enter
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser
DRAWN = re.compile("ячейки H3|карточек нет")


def test_the_heat_map_is_walked_by_hand(live_town: LiveTown, watch: Watch) -> None:
    live_town.run("facts", "rebuild")
    enter(watch, live_town, "head")
    page = watch.page
    watch.open("/heatmap/?mode=count", "heatmap")
    expect(page.locator("#heat-says")).to_have_text(DRAWN)
    walk_the_matrix(page)
    watch.look("heatmap-chosen")
    page.get_by_role("button", name="Точки").click()
    expect(page.locator("#heat-says")).to_have_text(re.compile("с точкой|точек за эти дни нет"))
    page.get_by_role("button", name="Ячейки").click()
    move_the_weeks(page)
    assert watch.faults == []


def walk_the_matrix(page: Page) -> None:
    first = page.locator("a.mx__cell").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_be_visible()
    assert "row=" in page.url
    expect(page.locator("#heat-says")).to_have_text(DRAWN)


def move_the_weeks(page: Page) -> None:
    page.locator("#heat-slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#heat-shifted")).to_be_visible()
    page.locator("#heat-follow").click()
    expect(page.locator("#heat-shifted")).to_be_hidden()
    assert "period=" in page.url
