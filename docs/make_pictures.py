"""Draw the pictures of the readme anew: `python docs/make_pictures.py ADDRESS` against a running `otklik up --demo`."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
USER, PASSWORD = "borovichi-head", "otklik-demo"
# A card shows most while its answer is being written; where there is none, the head's next one to approve.
CARDS = ("/cases/?state=in_work&q=фонарь", "/cases/?state=on_approval", "/cases/?state=in_work")


def sign_in(page: Page, address: str) -> None:
    """Enter as the head of the demo town's centre."""
    page.goto(f"{address}/accounts/login/")
    page.fill("#id_login", USER)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url(f"{address}/")


def open_card(page: Page, address: str) -> None:
    """The first card of the first list that has one."""
    for path in CARDS:
        page.goto(address + path)
        if page.locator(".row__gist").count():
            page.locator(".row__gist").first.click()
            page.locator("#text-title").wait_for()
            return
    sys.exit("В учебном городе нет карточек. Запустите: otklik up --demo")


def main(address: str) -> None:
    """Write my-day.png and card.png, 1366 by 768, light."""
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
        open_card(page, address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "card.png")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Назовите адрес: python docs/make_pictures.py http://127.0.0.1:8000")
    main(sys.argv[1].rstrip("/"))
