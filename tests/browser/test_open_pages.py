"""Open figures and the screens behind them in a real browser: axe, a phone, text twice as large, weight."""

import re

import pytest
from playwright.sync_api import Response, expect

from tests.browser.steps import enter
from tests.browser.watch import WIDER, Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOWN = "/p/borovichi"
OPEN = ("pages", "done", "statistics", "data", "data/topics", "data/places", "data/terms")
DESK = (
    "",
    "publications/",
    "dialogue/",
    "media/",
    "releases/",
    "data/",
    "new/",
    "media/new/",
    "releases/new/",
)
MOST_BYTES = 100 * 1024


def test_open_pages_are_light_readable_and_named_nobody(live_town: LiveTown, watch: Watch) -> None:
    live_town.run("facts", "rebuild")
    page = watch.page
    for one in OPEN:
        sizes: list[int] = []

        def weigh(answer: Response, sizes: list[int] = sizes) -> None:
            sizes.append(len(answer.body()) if answer.status == 200 else 0)

        page.on("response", weigh)
        watch.open(f"{TOWN}/{one}/", f"open-{one}")
        page.remove_listener("response", weigh)
        assert sum(sizes) <= MOST_BYTES, (one, sum(sizes))
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(WIDER) <= 0, one
    watch.open("/widget/borovichi/done/", "open-block")
    page.goto(f"{live_town.address}{TOWN}/done/")
    page.get_by_role("link", name="Открытые данные").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Открытые данные")
    assert watch.report() == ""


def test_screens_of_official_pages_by_hand(live_town: LiveTown, watch: Watch) -> None:
    enter(watch, live_town, "head")
    page = watch.page
    for one in DESK:
        watch.open(f"/pages/{one}", f"pages-{one.strip('/')}")
    page.goto(f"{live_town.address}/pages/")
    page.locator("table.ledger a").first.click()
    expect(page.locator(".check-list")).to_be_visible()
    watch.look("pages-one")
    page.locator("summary", has_text="Сверить сегодня").click()
    watch.look("pages-law")
    page.goto(f"{live_town.address}/pages/releases/new/")
    page.get_by_label("Заголовок").fill("Мост откроют в пятницу")
    page.get_by_label("Текст").fill("Движение откроют в 10:00.")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url(re.compile(r"/pages/releases/\d+/"))
    watch.look("pages-release")
    assert watch.report() == ""
