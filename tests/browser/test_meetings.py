"""A meeting by hand in a real browser: convened, its agenda picked, run, decided, signed; the errand stands."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import PATIENCE, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

# The same rules are gone through without a browser in seconds; by hand the story takes half a minute.
pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOWN = "bogotol"
QUESTION = "Освещение у школ"


def test_the_head_convenes_runs_and_signs_in_the_curators_place(live_town: LiveTown, watch: Watch) -> None:
    watch.sign_in(*live_town.sign_in_of(TOWN, "head"))
    page = watch.page
    convene(watch)
    pick_the_agenda(watch)
    open_in_place_of_the_curator(watch)
    decide(watch)
    sign(watch)
    page.get_by_role("link", name="поручение №").first.click()
    expect(page.get_by_text("заменить три светильника").first).to_be_visible(timeout=PATIENCE)
    assert watch.faults == []


def convene(watch: Watch) -> None:
    page = watch.page
    watch.open("/meetings/", "meetings-empty")
    page.get_by_role("link", name="Созвать").first.click()
    page.get_by_label("Основание созыва").fill("рост жалоб на освещение")
    page.get_by_label("Дата", exact=True).fill((timezone.localdate() + timedelta(days=1)).isoformat())
    page.get_by_label("Место").fill("зал, каб. 12")
    watch.look("meeting-new")
    page.get_by_role("button", name="Созвать").click()
    said(watch, "созвано")


def pick_the_agenda(watch: Watch) -> None:
    """A question of the data, with its figures, and one of one's own."""
    page = watch.page
    offer = page.get_by_role("button", name="В повестку").first
    expect(offer).to_be_visible(timeout=PATIENCE)
    offer.click()
    said(watch, "Вопрос в повестке")
    own_question(page)
    said(watch, "Вопрос в повестке")
    page.get_by_role("button", name=f"Выше: {QUESTION}").click()
    said(watch, "Вопрос выше")
    expect(page.locator(".agenda__item").first).to_contain_text(QUESTION)
    watch.look("meeting")


def own_question(page: Page) -> None:
    page.locator("summary").get_by_text("Свой вопрос").click()
    page.get_by_label("Вопрос", exact=True).fill(QUESTION)
    page.get_by_role("button", name="Добавить", exact=True).click()


def open_in_place_of_the_curator(watch: Watch) -> None:
    page = watch.page
    page.get_by_role("button", name="Открыть заседание").click()
    page.get_by_label("Почему куратора нет").fill("отпуск до конца месяца")
    page.get_by_role("button", name="Открыть", exact=True).click()
    said(watch, "Заседание начато")
    expect(page.get_by_text("исполняет обязанности").first).to_be_visible()


def decide(watch: Watch) -> None:
    """What a line lacks is said beside it and goes when it is mended; each field is kept by itself."""
    page = watch.page
    page.get_by_label("СЛУШАЛИ").fill("руководителя блока «ЖКХ» — 14 сообщений за 60 дней.")
    saved(page.locator(".paper__text").first)
    page.get_by_role("button", name="Поручение", exact=True).click()
    said(watch, "Новая строка решения")
    line = page.locator(".line__form").first
    expect(line).to_contain_text("Нет глагола")
    line.get_by_label("1.1: кому поручить").select_option(index=1)
    line.get_by_label("1.1: что сделать").fill("заменить три светильника у школы № 2")
    saved(line)
    expect(line).not_to_contain_text("Нет глагола", timeout=PATIENCE)
    line.get_by_role("button", name="до ").first.click()
    expect(line.get_by_label("1.1: срок")).not_to_have_value("")
    expect(line).not_to_contain_text("Нет даты", timeout=PATIENCE)
    watch.look("protocol")


def saved(form: Locator) -> None:
    """Until the server has said that the text is kept."""
    expect(form.locator("[data-draft-state]")).to_contain_text("сохранено", timeout=PATIENCE)


def sign(watch: Watch) -> None:
    page = watch.page
    page.get_by_role("button", name="Завершить обсуждение").click()
    said(watch, "Обсуждение завершено")
    page.get_by_role("button", name="Подписать и разослать").click()
    dialog = page.locator("#sign[open]")
    expect(dialog).to_contain_text("на контроль")
    dialog.get_by_role("button", name="Подписать и разослать").click()
    said(watch, "Протокол подписан и разослан")
    watch.look("protocol-signed")
