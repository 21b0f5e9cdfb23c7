"""The head's own screens: tray, list, terms, rules, people, charter, journal; deeds, not only looks."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import NUMBER, PATIENCE, enter, fill, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser


def test_the_tray_is_sorted_by_keys(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    enter(watch, live_town, "head")
    watch.open("/triage/", "triage")
    number = page.locator("#triage-text").inner_text()
    if not page.locator("[name=topic]:checked").count():
        page.locator("[name=other_topic]").select_option(index=1)
    fill(page.locator("[name=other_body]"), "#1")
    page.get_by_role("button", name="Принять выбранное").click()
    expect(page.locator("#triage-text, .empty h2").first).not_to_have_text(number, timeout=PATIENCE)
    assert not watch.faults, watch.report()


def test_the_list_is_narrowed_found_and_kept_as_a_view(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    enter(watch, live_town, "head")
    watch.open("/cases/?state=closed&order=new", "list-closed")
    first = page.locator(".list-row").first
    expect(first).to_contain_text("закрыто")
    number = NUMBER.search(first.inner_text())
    assert number
    page.get_by_text("Сохранить подборку").click()
    page.fill("#view-title", "Закрытые")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_role("link", name="Закрытые")).to_be_visible(timeout=PATIENCE)
    page.fill("#search", number.group())
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text(number.group(), timeout=PATIENCE)
    watch.open("/cases/?q=такогословаточнонет", "list-empty")
    expect(page.locator(".empty")).to_contain_text("По этому фильтру ничего нет")
    watch.open("/terms/", "terms")
    assert not watch.faults, watch.report()


def test_a_rule_is_tried_on_the_past_before_it_is_switched_on(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    enter(watch, live_town, "head")
    watch.open("/rules/new/", "rule-new")
    page.fill("[name=title]", "Фонари — в первый орган")
    fill(page.locator("[name=body]"), "#1")
    page.fill("[name=words]", "фонарь")
    page.get_by_role("button", name="Сохранить и попробовать").click()
    expect(page.locator("main")).to_contain_text("правило изменило бы", timeout=PATIENCE)
    watch.look("rule-trial")
    page.get_by_role("button", name="Включить правило").click()
    expect(page.locator(".ledger tr", has_text="Фонари — в первый орган")).to_contain_text(
        "включено", timeout=PATIENCE
    )
    watch.look("rules-after")
    assert not watch.faults, watch.report()


def test_a_person_is_appointed(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    enter(watch, live_town, "administrator")
    watch.open("/people/", "people")
    form = page.locator("form", has=page.get_by_role("button", name="Завести"))
    for field, value in (
        ("username", "new-clerk"),
        ("name", "Новая С. С."),
        ("password", "канцелярия 59 входящих"),
        ("role", "Регистрация обращений"),
    ):
        fill(form.locator(f"[name=person-{field}]"), value)
    form.get_by_role("button", name="Завести").click()
    expect(page.locator("main")).to_contain_text("Новая С. С.", timeout=PATIENCE)
    assert not watch.faults, watch.report()


def test_a_parameter_is_confirmed_and_the_journal_knows_it(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    enter(watch, live_town, "head")
    watch.open("/charter/parameters/?only=unconfirmed", "parameters-unconfirmed")
    page.locator(".ledger tbody a").first.click()
    page.get_by_role("button", name="Подтвердить значение").click(timeout=PATIENCE)
    said(watch, "одтвержд")
    watch.look("parameter")
    watch.open("/journal/", "journal")
    expect(page.locator(".ledger")).to_contain_text("араметр")
    page.get_by_role("button", name="Проверить цепочку").click()
    said(watch, "цел")
    assert not watch.faults, watch.report()
