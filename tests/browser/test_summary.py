"""«Сводка» by hand in a real browser: tiles, drawings that come afterwards, an own dashboard, the wall, a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import PATIENCE, enter
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

# The same rules are gone through without a browser in seconds; by hand the story takes half a minute.
pytestmark = [pytest.mark.browser, pytest.mark.slow]
DRAWN = "svg.chart__drawing:has(text)"


def test_the_summary_is_read_composed_and_hung_on_the_wall(live_town: LiveTown, watch: Watch) -> None:
    live_town.run("facts", "rebuild")
    enter(watch, live_town, "head")
    page = watch.page
    watch.open("/summary/", "summary")
    charts = page.locator(".chart").count()
    assert charts >= 3
    expect(page.locator(f".chart:not([hx-get]) {DRAWN}").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".chart[hx-get]")).to_have_count(0, timeout=PATIENCE)
    read_a_table_by_keys(page)
    watch.look("summary-table")
    open_cases_of_a_number(page)
    compose(watch)
    hang(watch)
    watch.open("/dynamics/", "dynamics-charts")
    assert watch.faults == []


def read_a_table_by_keys(page: Page) -> None:
    """The table beside a chart opens by the keyboard and its numbers are links."""
    table = page.locator(".chart__table summary").first
    table.focus()
    page.keyboard.press("Enter")
    link = page.locator(".chart__table[open] td a").first
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.chart__table') !== null")
    # A drawing is for the mouse: no key ever stops inside it.
    assert page.locator(".chart a:not([tabindex='-1'])").count() == 0


def open_cases_of_a_number(page: Page) -> None:
    page.locator(".tile--number .figure a").first.click()
    page.wait_for_url(re.compile(r"/cases/\?|/summary/cases/"))
    page.go_back()


def compose(watch: Watch) -> None:
    page = watch.page
    watch.open("/summary/new/?from=leader", "summary-compose")
    page.get_by_label("Название сводки").fill("Планёрка")
    for _ in range(3):
        page.get_by_role("button", name="Убрать плитку 1", exact=True).click()
        page.wait_for_timeout(200)
    page.get_by_role("button", name="Посмотреть").click()
    expect(page.get_by_text("Так она покажет")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url(re.compile(r"/summary/\d+/"), timeout=PATIENCE)
    expect(page.locator("#toasts")).to_contain_text("сохранена", timeout=PATIENCE)
    page.get_by_role("link", name="Править").click()
    page.get_by_role("button", name="Удалить сводку").click()
    watch.look("summary-delete")
    page.get_by_role("button", name="Удалить для всех").click()
    page.wait_for_url(re.compile(r"/summary/$"), timeout=PATIENCE)


def hang(watch: Watch) -> None:
    """Nothing to press, nothing to scroll, figures of at least 48 pixels; the next one comes by itself."""
    page = watch.page
    page.clock.install()
    watch.open("/summary/curator/wall/?with=leader&every=30", "wall")
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert page.locator("main :is(button, a[href], input)").count() == 0
    size = page.locator(".wall__figure b").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= 48
    assert page.evaluate("document.querySelector('.wall').scrollHeight <= innerHeight")
    expect(page.locator("h1")).to_have_text("Куратору")
    page.clock.fast_forward(30_000)
    expect(page.locator("h1")).to_have_text("Главе", timeout=PATIENCE)
    page.set_viewport_size({"width": 1366, "height": 900})
