"""The first page a person sees after `make run`, in a real browser on a real server."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser


def test_a_stranger_is_asked_to_sign_in(live_town: LiveTown, page: Page) -> None:
    page.goto(live_town.address)
    expect(page.locator("input[type=password]")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ru"


def test_a_citizen_without_a_line_loses_nothing_and_sends_once(live_town: LiveTown, watch: Watch) -> None:
    page, context = watch.page, watch.page.context
    watch.open("/widget/borovichi/", "widget")
    watch.open("/p/borovichi/", "citizen")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert watch.faults == []

    page.locator("#text").fill("Не горит фонарь у дома 3 на улице Ленина.")
    context.set_offline(True)
    page.get_by_role("button", name="Отправить сообщение").click()
    expect(page.locator("#line")).to_contain_text("Связи нет")
    page.reload()
    expect(page.locator("#text")).to_have_value("Не горит фонарь у дома 3 на улице Ленина.")
    once = page.locator("input[name=once]").input_value()
    context.set_offline(False)
    expect(page.locator("#line")).to_be_empty()
    page.get_by_role("button", name="Отправить сообщение").click()
    first = page.locator("b.code").inner_text()

    # The same draft, restored by hand and sent again, is the same message.
    page.goto(f"{live_town.address}/p/borovichi/")
    expect(page.locator("#text")).to_have_value("")
    page.locator("#text").fill("Не горит фонарь у дома 3 на улице Ленина.")
    page.locator("input[name=once]").evaluate("(field, value) => { field.value = value; }", once)
    page.get_by_role("button", name="Отправить сообщение").click()
    expect(page.locator("b.code")).to_have_text(first)
