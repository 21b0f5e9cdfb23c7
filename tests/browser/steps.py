"""Steps of the tours: sign in, press a deed of a card, fill its dialog, read what the toast says."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

TOWN = "borovichi"
PATIENCE = 20_000
NUMBER = re.compile(r"\d{4}-\d+")


def enter(watch: Watch, town: LiveTown, who: str) -> None:
    """Sign in by the tail of the demo user name: roles of several blocks have one account a block."""
    password = town.sign_in_of(TOWN, "head")[1]
    watch.sign_in(f"{TOWN}-{who}", password)


def open_card(watch: Watch, card: str) -> None:
    watch.page.goto(watch.address + card)
    expect(watch.page.locator("#text-title")).to_be_visible(timeout=PATIENCE)


def do(watch: Watch, card: str, verb: str, **fields: str) -> None:
    """Press a deed on the card, also from «Другие дела»; where it asks, fill the dialog and confirm."""
    open_card(watch, card)
    page = watch.page
    button = page.locator("#card :is(a, button, summary)").get_by_text(verb, exact=True)
    if not any(one.is_visible() for one in button.all()):
        page.get_by_label("Другие дела").click()
    visible(button).click()
    dialog = page.locator("#deed[open]")
    expect(dialog.or_(page.locator(".toast")).first).to_be_visible(timeout=PATIENCE)
    if dialog.is_visible():
        for name, value in fields.items():
            fill(dialog.locator(f"[name={name}]").first, value)
        watch.look(f"deed-{verb}")
        dialog.locator("button[type=submit], button.btn--main").first.click()


def visible(found: Locator) -> Locator:
    """The first that can be seen."""
    return next((one for one in found.all() if one.is_visible()), found.first)


def fill(field: Locator, value: str) -> None:
    """Type into a field; in a list choose by the words of the option, `#1` by its place."""
    if field.evaluate("one => one.tagName") != "SELECT":
        field.fill(value)
    elif value.startswith("#"):
        field.select_option(index=int(value[1:]))
    else:
        field.select_option(label=value)


def said(watch: Watch, words: str) -> None:
    """The toast says what was done."""
    expect(watch.page.locator("#toasts")).to_contain_text(words, ignore_case=True, timeout=PATIENCE)
