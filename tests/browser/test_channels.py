"""Screens of channels: light on a desk, dark on a phone; a list of words that names a person is refused."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import enter, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCREENS = (
    "/channels/",
    "/channels/vk/",
    "/channels/email/",
    "/channels/api/",
    "/tables-out/",
    "/sites/",
)


def test_every_screen_of_channels_is_sound(live_town: LiveTown, watch: Watch) -> None:
    enter(watch, live_town, "administrator")
    for path in SCREENS:
        watch.open(path)
    enter(watch, live_town, "registrar")
    watch.open("/calls/")
    assert not watch.faults, watch.report()


def test_a_list_of_words_takes_problems_and_no_persons(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    enter(watch, live_town, "administrator")
    page.goto(f"{live_town.address}/channels/vk/")
    page.fill("[name=words]", "яма\nИванов Пётр")
    page.get_by_role("button", name="Сохранить настройки").click()
    expect(page.locator("main")).to_contain_text("похоже на имя человека")
    expect(page.locator("[name=words]")).to_have_value("яма\nИванов Пётр")
    page.fill("[name=words]", "яма\nнет света")
    page.get_by_role("button", name="Сохранить настройки").click()
    said(watch, "настройки сохранены")
