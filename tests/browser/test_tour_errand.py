"""An errand by the hands of two people: given, reported with a file, sent back, reported anew, accepted."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.plans import shipped_plans
from tests.browser.steps import PATIENCE, enter, fill, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

# The same rules are gone through without a browser in seconds; by hand the story takes half a minute.
pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = "обследовать освещение у школы № 4"
DOER = "block-head-infrastructure"
POST = "первый заместитель Главы администрации"


def test_an_errand_goes_from_hand_to_hand_until_it_is_accepted(live_town: LiveTown, watch: Watch) -> None:
    enter(watch, live_town, "head")
    errand = give(watch)

    enter(watch, live_town, DOER)
    row = watch.page.locator(".sign-item", has_text="бследовать освещение")
    expect(row).to_have_count(1, timeout=PATIENCE)
    row.get_by_role("link", name="Взять").click()
    expect(watch.page).to_have_url(watch.address + errand, timeout=PATIENCE)
    watch.look("errand-given")
    report(watch, errand, "Обошли четыре входа.")

    enter(watch, live_town, "head")
    watch.open("/errands/?show=accept", "errands-to-accept")
    watch.page.goto(watch.address + errand)
    expect(watch.page.get_by_role("link", name="akt.txt")).to_be_visible(timeout=PATIENCE)
    watch.page.locator("summary", has_text="Вернуть с причиной").click()
    watch.page.fill("#back-words", "Нет номеров светильников.")
    watch.look("errand-back")
    watch.page.get_by_role("button", name="Вернуть на доработку").click()
    said(watch, "возвращён с причиной")

    enter(watch, live_town, DOER)
    report(watch, errand, "Не горят светильники № 3 и № 7.")

    enter(watch, live_town, "head")
    watch.page.goto(watch.address + errand)
    watch.page.get_by_role("button", name="Принять исполнение").click()
    said(watch, "Исполнение принято")
    expect(history(watch).first).to_contain_text("Принято")
    expect(history(watch)).to_have_count(5)
    watch.open(errand, "errand-accepted")
    watch.open("/errands/discipline/", "discipline")
    assert not watch.faults, watch.report()


def give(watch: Watch) -> str:
    """The head gives an errand; answers the address of its card."""
    page, day = (
        watch.page,
        WorkCalendar(shipped_plans()).working_day_from(timezone.localdate() + timedelta(days=9)),
    )
    watch.open("/errands/new/", "errand-new")
    expect(page.locator("#errand-hints")).to_contain_text("Нет глагола", timeout=PATIENCE)
    page.fill("[name=text]", WORDS)
    page.fill("[name=result]", "акт с номерами светильников")
    fill(page.locator("[name=post]"), POST)
    page.fill("[name=due_on]", day.isoformat())
    expect(page.locator("#errand-hints")).to_contain_text("на месте", timeout=PATIENCE)
    page.get_by_role("button", name="Дать поручение").click()
    said(watch, "дано")
    return page.url.removeprefix(watch.address)


def report(watch: Watch, errand: str, words: str) -> None:
    """The responsible post reports with a file."""
    page = watch.page
    page.goto(watch.address + errand)
    page.fill("#report-words", words)
    page.set_input_files("#report-files", {"name": "akt.txt", "mimeType": "text/plain", "buffer": b"akt 3"})
    page.get_by_role("button", name="Отчитаться").click()
    said(watch, "передан контролёру")


def history(watch: Watch) -> Locator:
    return watch.page.locator(".timeline__item")
