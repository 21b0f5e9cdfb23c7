"""A resident's polls in a real browser: light, under axe, at twice the text, by keyboard, without script."""

import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watch import WIDER, Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIGHT = 100_000
LIST = "/p/bogotol/polls/"


def told(live_town: LiveTown, *words: str) -> list[str]:
    """What `tests.browser.polled` did in the town."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.polled", *words],
        env=live_town.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def first_load(page: Page, address: str) -> int:
    """Bytes that came over the line for the page with all it needs, as the server sends them."""
    sizes: list[int] = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    page.goto(address, wait_until="networkidle")
    return sum(sizes)


def test_a_resident_votes_and_later_sees_what_was_decided(
    live_town: LiveTown, watch: Watch, browser: Browser
) -> None:
    number, talk = told(live_town, "bogotol")
    page, ballot = watch.page, f"{LIST}{number}/"
    for path in (LIST, ballot, f"{LIST}{talk}/"):
        fresh = browser.new_context()
        assert first_load(fresh.new_page(), live_town.address + path) <= LIGHT, path
        fresh.close()
        watch.open(path)

    # At twice the text nothing is lost sideways on a phone's width.
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER) <= 0
    watch.open(ballot)

    # By keyboard: a question is a group with its name, an answer is chosen by the space bar.
    group = page.get_by_role("group", name="Что обновить первым")
    group.get_by_role("radio", name="Сквер у школы").focus()
    page.keyboard.press("Space")
    expect(group.get_by_role("radio", name="Сквер у школы")).to_be_checked()
    page.get_by_role("button", name="Отметить на карте").click()
    expect(page.locator(".map-drop")).to_be_visible()
    watch.look("polls-map")
    page.get_by_role("button", name="Проголосовать").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Голос принят")
    receipt = page.locator("b.code").inner_text()
    watch.look("polls-voted")

    # Without script: another resident forgets the answer, is told where, mends it.
    plain = browser.new_context(java_script_enabled=False)
    quiet = plain.new_page()
    quiet.goto(live_town.address + ballot)
    quiet.get_by_role("button", name="Проголосовать").click()
    expect(quiet.get_by_role("alert")).to_contain_text("Выберите один ответ.")
    quiet.get_by_label("Набережная").check()
    quiet.get_by_role("button", name="Проголосовать").click()
    expect(quiet.get_by_role("heading", level=1)).to_have_text("Голос принят")
    plain.close()

    page.goto(f"{live_town.address}{LIST}{talk}/")
    page.get_by_role("button", name="Поддержать: Лавки вдоль дорожек").click()
    expect(page.get_by_text("и вы тоже")).to_be_visible()

    told(live_town, "bogotol", number)
    watch.open(ballot, "polls-decided")
    expect(page.get_by_text("Обследовано вместе с жителями")).to_be_visible()
    watch.open(f"{ballot}receipt/", "polls-receipt")
    page.get_by_label("Квитанция").fill(receipt)
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("status")).to_contain_text("Ваш бюллетень учтён")
    assert watch.report() == ""
