"""The content plan by hand in a real browser: an idea taken, a card carried by keys and by the mouse, calm mode."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.steps import said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEXT = "С понедельника ремонтируем дорогу у школы на Садовой. Объезд — по Лесной."


def far_monday() -> date:
    """Of the week after next: ahead of today in any zone."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=14 - today.weekday())


def test_a_post_is_written_carried_by_keys_and_mouse_and_held(live_town: LiveTown, watch: Watch) -> None:
    watch.sign_in(*live_town.sign_in_of("bogotol", "pages_officer"))
    page = watch.page
    monday = far_monday()
    watch.open("/content/new/", "content-new")
    page.get_by_label("Заголовок").fill("Дорога у школы")
    page.get_by_label("Текст", exact=True).fill(TEXT)
    expect(page.locator("#looks article").first).to_contain_text("Объезд")
    page.get_by_label("Когда выходит").fill(f"{monday}T10:00")
    page.get_by_role("button", name="Составить материал").click()
    said(watch, "составлен")
    watch.look("content-material")
    watch.open(f"/content/?day={monday}", "content-board")
    card = page.locator("[data-post]", has_text="Дорога у школы").first
    key = card.get_attribute("id") or ""
    carried_by_keys(watch, card, key)
    carried_by_mouse(watch, key, monday)
    watch.open("/content/ideas/", "content-ideas")
    watch.open("/content/calm/", "content-calm")
    page.get_by_role("button", name="Остановить публикации").click()
    expect(page.get_by_role("dialog")).to_contain_text("Остановить плановые публикации?")
    page.keyboard.press("Escape")
    assert watch.faults == []


def carried_by_keys(watch: Watch, card: Locator, key: str) -> None:
    """Space takes, arrows move and say where, Esc gives back, Enter puts; focus stays on the card."""
    page, line = watch.page, watch.page.locator("#board-said")
    was = datetime.fromisoformat(card.get_attribute("data-at") or "")
    card.focus()
    page.keyboard.press("Space")
    expect(line).to_contain_text("Взято: Дорога у школы")
    page.keyboard.press("ArrowRight")
    expect(line).to_contain_text(re.compile(r"^вт .*10:00"))
    page.keyboard.press("Escape")
    expect(line).to_contain_text("осталась на месте")
    page.keyboard.press("Space")
    for arrow in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(arrow)
    expect(line).to_contain_text(re.compile(r"^ср .*11:00"))
    page.keyboard.press("Enter")
    moved = was + timedelta(days=2, hours=1)
    expect(page.locator(f"#{key}")).to_have_attribute("data-at", f"{moved:%Y-%m-%dT%H:%M}")
    expect(page.locator(f"#{key}")).to_be_focused()
    expect(page.locator("#toasts")).to_contain_text("11:00")


def carried_by_mouse(watch: Watch, key: str, monday: date) -> None:
    """Dragged over another day: its hours appear, the card lands on the chosen one; the deed is undone."""
    page = watch.page
    target, friday = page.locator(f"#{key}"), monday + timedelta(days=4)
    day = page.locator(f'[data-day="{friday}"]')
    box, goal = target.bounding_box(), day.bounding_box()
    assert box is not None and goal is not None
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(goal["x"] + 30, goal["y"] + 60, steps=6)
    page.mouse.move(goal["x"] + 34, goal["y"] + 64, steps=2)
    slot = day.locator('[data-at$="T15:00"]')
    expect(slot).to_be_visible()
    spot = slot.bounding_box()
    assert spot is not None
    page.mouse.move(spot["x"] + 20, spot["y"] + spot["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator(f"#{key}")).to_have_attribute("data-at", f"{friday}T15:00")
    page.locator("[data-undo]").click()
    expect(page.locator(f"#{key}")).to_have_attribute("data-at", re.compile("T11:00"))
