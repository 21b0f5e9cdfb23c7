"""From a message to its signed answer and the citizen's score, by the hands of all who take part."""

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.steps import NUMBER, PATIENCE, TOWN, do, enter, open_card, said
from tests.browser.watch import Watch
from tests.fakes.messenger import jpeg
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("worker")]
LETTER = "Прошу отремонтировать дорогу на улице Ленинградской: у дома 12 глубокая яма. Когда заделают? Кто отвечает?"
LAMPS = "На улице Гоголя у дома 7 не горят фонари, темно. Когда починят освещение?"
# The demo's first executor works in the first body of the list.
FIRST_BODY = "#1"


def test_a_letter_goes_from_the_clerk_to_the_signature(live_town: LiveTown, watch: Watch) -> None:
    card = register_letter(watch, live_town)
    enter(watch, live_town, "head")
    do(watch, card, "Назначить", body=FIRST_BODY)
    said(watch, "Назначено")

    enter(watch, live_town, "executor-1")
    begin_with_template(watch, card)
    write(watch, card, "Вопрос находится на контроле.")
    expect(watch.page.locator("#hints")).to_contain_text("контрол", timeout=PATIENCE)
    watch.look("card-hints")
    do(watch, card, "Передать на согласование")
    said(watch, "передан на согласование")

    enter(watch, live_town, "block-head-infrastructure")
    do(watch, card, "Вернуть проект", reason="Нет дня и исполнителя.")
    said(watch, "возвращён исполнителю")

    enter(watch, live_town, "executor-1")
    write(watch, card, "Яму у дома 12 подрядчик заделает до 30 ноября. Отвечает мастер дорожного участка.")
    do(watch, card, "Передать на согласование")
    said(watch, "передан на согласование")

    enter(watch, live_town, "block-head-infrastructure")
    do(watch, card, "Согласовать")
    said(watch, "Ответ согласован")

    enter(watch, live_town, "signer")
    do(watch, card, "Подписать и отправить")
    said(watch, "Ответ подписан")
    open_card(watch, card)
    expect(watch.page.get_by_role("link", name="PDF")).to_be_visible()
    watch.look("card-signed")
    assert not watch.faults, watch.report()


def register_letter(watch: Watch, town: LiveTown) -> str:
    """The clerk types a letter; the worker makes a case of it; gives the card's address."""
    page = watch.page
    enter(watch, town, "registrar")
    page.goto(f"{town.address}/cases/new/")
    page.locator(".choice", has_text="Письмо").click()
    page.fill("#id_text", LETTER)
    page.fill("#id_author", "Заявитель Учебный")
    page.fill("#id_address", "улица Ленинградская, д. 12")
    watch.look("clerk-card")
    page.get_by_role("button", name="Зарегистрировать").click()
    page.wait_for_url(re.compile(r"/cases/\d{4}-\d+/"), timeout=PATIENCE)
    expect(page.locator("#text-title")).to_be_visible(timeout=PATIENCE)
    watch.look("card-registered")
    return page.url.removeprefix(town.address)


def begin_with_template(watch: Watch, card: str) -> None:
    """The first template of the card's topic stands in the draft, its first place chosen to be typed over."""
    open_card(watch, card)
    page = watch.page
    page.get_by_text("Начать с шаблона").click()
    page.locator("[data-insert]").first.click()
    draft = page.locator("#draft")
    expect(draft).to_have_value(re.compile(r"\{"), timeout=PATIENCE)
    expect(draft).to_be_focused()


def write(watch: Watch, card: str, text: str) -> None:
    """Type the draft and wait until it is kept."""
    open_card(watch, card)
    page = watch.page
    page.fill("#draft", text)
    page.select_option("#kind", "solved")
    expect(page.locator("[data-draft-state]")).to_contain_text("сохранено", timeout=PATIENCE)


def test_a_citizen_is_answered_and_rates_the_answer(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    follow = send_message(watch, live_town, LAMPS, photos=["dimgray", "silver"])
    number = NUMBER.search(follow)
    assert number
    card = f"/cases/{number.group()}/"

    enter(watch, live_town, "head")
    do(watch, card, "Назначить", body=FIRST_BODY)
    said(watch, "Назначено")
    enter(watch, live_town, "executor-1")
    write(watch, card, "Фонари у дома 7 починит до 30 ноября участок уличного освещения.")
    do(watch, card, "Передать на согласование")
    said(watch, "передан на согласование")
    enter(watch, live_town, "head")
    do(watch, card, "Согласовать")
    said(watch, "Ответ согласован")
    do(watch, card, "Подписать и отправить")
    said(watch, "Ответ подписан")

    page.context.clear_cookies()
    page.goto(live_town.address + follow)
    expect(page.locator(".letter")).to_contain_text("участок уличного освещения")
    page.locator(".score", has_text="2").click()
    page.get_by_role("button", name="Отправить оценку").click()
    expect(page.get_by_text("Ваша оценка")).to_be_visible(timeout=PATIENCE)
    watch.look("citizen-rated")
    enter(watch, live_town, "head")
    open_card(watch, card)
    watch.look("card-rated")
    walk_through_pictures(watch)
    assert not watch.faults, watch.report()


def walk_through_pictures(watch: Watch) -> None:
    """Pictures of the citizen open over the card by the keyboard alone and give the focus back."""
    page = watch.page
    first = page.locator("[data-gallery] [data-picture]").first
    first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog#pictures[open]")
    where = dialog.locator(".pictures__where")
    expect(where).to_contain_text("1 из 2")
    shown = []
    for key, told in (("ArrowRight", "2 из 2"), ("ArrowRight", "1 из 2"), ("ArrowLeft", "2 из 2")):
        page.keyboard.press(key)
        expect(where).to_contain_text(told)
        shown.append(dialog.locator("img").get_attribute("src"))
    assert shown[0] == shown[2] != shown[1]
    expect(dialog.locator("img")).to_have_js_property("complete", True)
    assert dialog.locator("img").evaluate("picture => picture.naturalWidth") > 0
    watch.look("card-picture")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(first).to_be_focused()


def test_a_citizen_sees_a_like_message_and_joins_it(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    send_message(watch, live_town, "На улице Подбельского глубокая яма на дороге у дома 3, машины объезжают.")
    page.goto(f"{live_town.address}/p/{TOWN}/")
    page.fill("#text", "Опять яма на дороге, улица Подбельского. Машины ломаются.")
    page.locator("#like input[type=radio]").first.check(timeout=PATIENCE)
    expect(page.locator("#map")).to_be_visible(timeout=PATIENCE)
    watch.look("citizen-like")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".note").get_by_text("рассматривают вместе с другими")).to_be_visible(
        timeout=PATIENCE
    )
    watch.look("citizen-joined")
    assert not watch.faults, watch.report()


def send_message(watch: Watch, town: LiveTown, text: str, photos: Sequence[str] = ()) -> str:
    """A citizen writes and waits for the number; gives the address of following, with its code."""
    page = watch.page
    page.context.clear_cookies()
    page.goto(f"{town.address}/p/{TOWN}/")
    page.fill("#text", text)
    if photos:
        files = [
            FilePayload(name=f"{colour}.jpg", mimeType="image/jpeg", buffer=jpeg(colour)) for colour in photos
        ]
        page.set_input_files("#photos", files)
    watch.look("citizen-form")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".code")).to_be_visible(timeout=PATIENCE)
    page.wait_for_url(re.compile(r"/c/\d{4}-\d+/"), timeout=PATIENCE)
    expect(page.locator(".steps")).to_contain_text("Зарегистрировано")
    watch.look("citizen-status")
    return page.url.removeprefix(town.address)
