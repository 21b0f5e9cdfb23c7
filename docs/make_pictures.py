"""Draw the pictures of the readme anew: `python docs/make_pictures.py ADDRESS` against a running `otklik up --demo`."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
USER, PASSWORD = "borovichi-head", "otklik-demo"
# A card shows most while its rough draft is being mended: open questions, hints, words that were returned.
CARDS = ("/cases/?state=in_work", "/cases/?state=on_approval")
TRIED = 25


def sign_in(page: Page, address: str) -> None:
    """Enter as the head of the demo town's centre."""
    page.goto(f"{address}/accounts/login/")
    page.fill("#id_login", USER)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url(f"{address}/")


def open_card(page: Page, address: str) -> None:
    """The card with the most hints among the first of each list; the first of all where there are none."""
    cards = dict.fromkeys(href for path in CARDS for href in cards_of(page, address + path))
    if not cards:
        sys.exit("В учебном городе нет карточек. Запустите: otklik up --demo")
    hints = {href: hints_of(page, address + href) for href in cards}
    page.goto(address + max(hints, key=lambda href: hints[href]))


def cards_of(page: Page, address: str) -> list[str]:
    """Addresses of the first cards of a list."""
    page.goto(address)
    rows = page.locator(".row__gist").all()[:TRIED]
    return [row.get_attribute("href") or "" for row in rows]


def hints_of(page: Page, address: str) -> int:
    """How many hints stand under the draft."""
    page.goto(address)
    page.locator("#text-title").wait_for()
    return page.locator("#hints .hint").count()


def main(address: str) -> None:
    """Write my-day.png and card.png, light, 1366 wide; the card is as tall as its hints ask."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("Нет браузера. Установите пакет chromium.")
    FOLDER.mkdir(exist_ok=True)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox refuses root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu", *root])
        page = browser.new_page(
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            color_scheme="light",
            viewport={"width": 1366, "height": 768},
        )
        sign_in(page, address)
        page.reload()  # the greeting of the sign-in would cover the rows
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "my-day.png")
        page.set_viewport_size({"width": 1366, "height": 1080})
        open_card(page, address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "card.png")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Назовите адрес: python docs/make_pictures.py http://127.0.0.1:8000")
    main(sys.argv[1].rstrip("/"))
