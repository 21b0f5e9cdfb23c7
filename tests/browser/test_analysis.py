"""Findings, targets, satisfaction and solvable questions by hand in a real browser, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import enter, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser


def test_the_curator_writes_a_criterion_hands_down_a_target_and_keeps_a_study(
    live_town: LiveTown, watch: Watch
) -> None:
    live_town.run("facts", "rebuild")
    enter(watch, live_town, "curator")
    write_a_criterion(watch)
    hand_a_target_down(watch)
    keep_a_study(watch)
    for address, name in (
        ("/quality/", "quality"),
        ("/solvable/", "solvable"),
        ("/terms/kept/", "terms-kept"),
    ):
        watch.open(address, name)
    assert watch.faults == []


def write_a_criterion(watch: Watch) -> None:
    """Written, tried on past weeks, switched on."""
    page = watch.page
    watch.open("/findings/", "findings")
    watch.open("/findings/criteria/", "criteria")
    page.get_by_role("link", name="Новый критерий").click()
    page.get_by_label("Название").fill("Много повторных")
    page.get_by_label("Кому сообщить").select_option("curator")
    page.get_by_role("button", name="Сохранить и попробовать").click()
    expect(page.get_by_text("критерий").first).to_be_visible()
    watch.look("criterion-trial")
    page.get_by_role("button", name="Включить критерий").click()
    said(watch, "Критерий включён")


def hand_a_target_down(watch: Watch) -> None:
    """A plan over a measure of the catalogue, with its way and its end."""
    page = watch.page
    watch.open("/kpi/", "kpi-before")
    page.locator("#target-measure").select_option("overdue")
    page.locator("#target-edge").select_option("ceiling")
    page.locator("#target-plan").fill("5")
    page.get_by_role("button", name="Довести", exact=True).click()
    said(watch, "Доведено")
    watch.look("kpi")
    page.get_by_role("link", name="Просрочка").first.click()
    expect(page.get_by_role("heading", name="Изменить план")).to_be_visible()
    watch.look("target")


def keep_a_study(watch: Watch) -> None:
    """The figures of the period are frozen beside the words."""
    page = watch.page
    watch.open("/satisfaction/", "satisfaction")
    page.locator(".studies summary").click()
    page.locator("#study-title").fill("Чем недовольны")
    page.locator("#study-question").fill("Почему ставят двойки?")
    page.locator("#study-findings").fill("Ответа ждут дольше, чем обещано.")
    page.locator("form[action$='studies/new/'] button.btn--main").click()
    said(watch, "Исследование записано")
    expect(page.get_by_text("Запись не меняется")).to_be_visible()
    watch.look("study")
