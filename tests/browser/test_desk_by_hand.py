"""The desk by keyboard and by phone in a real browser: rows, pickers, draft, dialogs."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser
TOWN = "borovichi"


def sign_in(page: Page, live_town: LiveTown, role: str) -> None:
    """Enter as the demo's person with the role."""
    name, password = live_town.sign_in_of(TOWN, role)
    page.goto(f"{live_town.address}/accounts/login/")
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.click("text=Войти")
    expect(page.locator("h1")).to_have_text("Мой день")


def open_workable(page: Page, live_town: LiveTown) -> None:
    """The newest card whose answer may be written: which one stands how far, the demo's chance decides."""
    for state in ("in_work", "assigned", "asking"):
        page.goto(f"{live_town.address}/cases/?state={state}&order=new")
        if page.locator(".row__gist").count():
            page.locator(".row__gist").first.click()
            expect(page.locator("#draft")).to_be_visible()
            return
    pytest.fail("the demo has no card in work")


def test_rows_are_walked_and_chosen_by_keys(live_town: LiveTown, page: Page) -> None:
    sign_in(page, live_town, "head")
    page.goto(f"{live_town.address}/cases/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("[data-bulk]")).to_be_visible()
    expect(page.locator("[data-bulk-count]")).to_have_text("Выбрано: 1")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-bulk-count]")).to_have_text("Выбрано: 2")
    page.keyboard.press("Enter")
    expect(page.locator("#text-title")).to_be_visible()


def test_keys_work_in_the_russian_layout_and_can_be_listed(live_town: LiveTown, page: Page) -> None:
    sign_in(page, live_town, "head")
    # «Г», then «Л»: the letters are Russian, the physical keys are U and K.
    for key, code in (("г", "KeyU"), ("л", "KeyK")):
        page.evaluate(
            "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))",
            [key, code],
        )
    expect(page.locator("h1")).to_contain_text("Лента")
    # The heading is there before the scripts are: a key pressed in between belongs to nobody.
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()


def test_a_picker_opens_asks_once_and_narrows_the_list(live_town: LiveTown, page: Page) -> None:
    sign_in(page, live_town, "head")
    page.goto(f"{live_town.address}/cases/")
    page.locator(".phrase summary").first.click()
    page.locator(".popover .option", has_text="закрыто").first.click()
    expect(page.locator(".phrase__words")).to_contain_text("закрыто")
    assert "state=closed" in page.url


def test_a_draft_is_saved_while_typing_and_a_stale_one_is_not(live_town: LiveTown, browser: Browser) -> None:
    contexts = [browser.new_context(locale="ru-RU") for _ in range(2)]
    first, second = (context.new_page() for context in contexts)
    for page in (first, second):
        sign_in(page, live_town, "head")
    page = first
    open_workable(page, live_town)
    address = page.url
    second.goto(address)
    first.fill("#draft", "Фонари заменим до 24 ноября, работы ведёт служба заказчика.")
    expect(first.locator("[data-draft-state]")).to_contain_text("сохранено", timeout=15_000)
    second.fill("#draft", "Другой ответ на те же вопросы.")
    expect(second.locator(".conflict")).to_contain_text("Ваш текст цел", timeout=15_000)
    expect(second.locator("#draft")).to_have_value("Другой ответ на те же вопросы.")
    second.click("text=Взять мою")
    expect(second.locator("[data-draft-state]")).to_contain_text("сохранено", timeout=15_000)
    for context in contexts:
        context.close()


def test_a_deed_asks_in_a_dialog_and_returns_the_focus(live_town: LiveTown, page: Page) -> None:
    sign_in(page, live_town, "head")
    open_workable(page, live_town)
    page.click(".card-head .deeds >> text=Передать")
    dialog = page.locator("#deed")
    expect(dialog).to_be_visible()
    page.fill("#deed textarea", "не наша тема")
    page.click("#deed button[type=submit]")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
