"""A tour of the running town: every screen is sound; a citizen sends and follows; a letter goes to its signature."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser
TOWN = "borovichi"
SCREENS = (
    "/",
    "/cases/",
    "/triage/",
    "/terms/",
    "/raw/",
    "/imports/",
    "/rules/",
    "/rules/new/",
    "/cases/new/",
    "/charter/",
    "/charter/parameters/",
    "/people/",
    "/journal/",
    "/profile/",
    "/notices/",
)
OPEN_PAGES = ("/p/", "/p/borovichi/find/", "/p/borovichi/consent/", "/p/borovichi/machine/", "/api/docs")
PATIENCE = 30_000
# The timer's own verb: `worker --once` does only what a timer has already put into the queue.
TAKE_IN = "from otklik.cases.tasks import take_in; take_in()"


@pytest.fixture
def watch(live_town: LiveTown, page: Page) -> Watch:
    """The test's page under watch."""
    return Watch(page, live_town.address)


def enter(watch: Watch, town: LiveTown, who: str) -> None:
    """Sign in by the tail of the demo user name: roles of several blocks have one account a block."""
    password = town.sign_in_of(TOWN, "head")[1]
    watch.sign_in(f"{TOWN}-{who}", password)


def test_every_screen_of_the_head_is_sound(live_town: LiveTown, watch: Watch) -> None:
    enter(watch, live_town, "head")
    for path in SCREENS:
        watch.open(path)
    watch.open("/cases/?order=new", "cases-newest")
    watch.page.locator(".row__gist").first.click()
    expect(watch.page.locator("#text-title")).to_be_visible(timeout=PATIENCE)
    watch.look("card")
    assert not watch.faults, watch.report()


def test_open_pages_are_sound(watch: Watch) -> None:
    for path in OPEN_PAGES:
        watch.open(path)
    assert not watch.faults, watch.report()


@pytest.mark.slow
def test_a_citizen_gets_a_number_and_follows_it(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    watch.open(f"/p/{TOWN}/", "citizen-form")
    page.fill("#text", "На улице Ленинградской у дома 12 не горят фонари. Когда их починят?")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator("h1")).to_have_text("Принято", timeout=PATIENCE)
    code = page.locator(".code").inner_text()
    live_town.run("manage", "shell", "-c", TAKE_IN)
    page.goto(f"{live_town.address}/p/{TOWN}/find/")
    page.fill("#code", code)
    page.get_by_role("button", name="Показать").click()
    expect(page.locator(".over")).to_contain_text(re.compile(r"Номер \d{4}-\d+"), timeout=PATIENCE)
    expect(page.locator(".steps")).to_contain_text("Зарегистрировано")
    watch.look("citizen-status")
    assert not watch.faults, watch.report()


@pytest.mark.slow
def test_a_letter_goes_from_the_clerk_to_the_signature(live_town: LiveTown, watch: Watch) -> None:
    card = register_letter(watch, live_town)
    assign_to_the_first_executor(watch, live_town, card)
    write_answer(watch, live_town, card)

    enter(watch, live_town, "block-head-infrastructure")
    do(watch, card, "Согласовать")
    expect_state(watch, "Ответ согласован")

    enter(watch, live_town, "signer")
    watch.page.goto(live_town.address + card)
    watch.look("card-to-sign")
    do(watch, card, "Подписать и отправить")
    expect_state(watch, "Ответ подписан")
    watch.look("card-signed")
    assert not watch.faults, watch.report()


def register_letter(watch: Watch, town: LiveTown) -> str:
    """The clerk types a letter; the worker makes a case of it; gives the card's address."""
    page = watch.page
    enter(watch, town, "registrar")
    page.goto(f"{town.address}/cases/new/")
    page.locator(".choice", has_text="Письмо").click()
    page.fill("#id_text", "Прошу отремонтировать дорогу на улице Ленинградской: у дома 12 глубокая яма.")
    page.fill("#id_author", "Заявитель Учебный")
    page.fill("#id_address", "улица Ленинградская, д. 12")
    page.get_by_role("button", name="Зарегистрировать").click()
    expect(page.get_by_text("Читаем текст")).to_be_visible(timeout=PATIENCE)
    town.run("manage", "shell", "-c", TAKE_IN)
    page.wait_for_url(re.compile(r"/cases/\d{4}-\d+/"), timeout=PATIENCE)
    watch.look("card-registered")
    return page.url.removeprefix(town.address)


def assign_to_the_first_executor(watch: Watch, town: LiveTown, card: str) -> None:
    """The head corrects topic and body: the demo's first executor works in the first body of the list."""
    page = watch.page
    enter(watch, town, "head")
    page.goto(f"{town.address}{card}do/assign/")
    page.locator("#id_body").select_option(index=1)
    watch.look("deed-assign")
    page.get_by_role("button", name="Назначить").click()
    expect_state(watch, "Назначено")


def write_answer(watch: Watch, town: LiveTown, card: str) -> None:
    """The executor writes the draft, waits until it is kept, hands it over."""
    page = watch.page
    enter(watch, town, "executor-1")
    page.goto(watch.address + card)
    page.fill("#draft", "Яму у дома 12 засыпал и заасфальтировал подрядчик, работу принял мастер участка.")
    page.select_option("#kind", "solved")
    expect(page.locator("[data-draft-state]")).to_contain_text("сохранено", timeout=PATIENCE)
    watch.look("card-draft")
    page.locator("#answer").get_by_role("button", name="Передать на согласование").click()
    expect_state(watch, "Проект передан на согласование")


def do(watch: Watch, card: str, verb: str) -> None:
    """Press the card's big button and, where the deed asks for it, confirm in its dialog."""
    page = watch.page
    page.goto(watch.address + card)
    button = page.locator("main .btn--main", has_text=verb).first
    button.click()
    dialog = page.locator("#deed[open]")
    said = page.locator("#toasts").get_by_text(card.strip("/").rpartition("/")[2])
    expect(dialog.or_(said).first).to_be_visible(timeout=PATIENCE)
    if dialog.is_visible():
        dialog.get_by_role("button", name=verb).click()


def expect_state(watch: Watch, words: str) -> None:
    """The toast says what was done."""
    saying = watch.page.locator("#toasts")
    expect(saying).to_contain_text(words[1:], timeout=PATIENCE)
