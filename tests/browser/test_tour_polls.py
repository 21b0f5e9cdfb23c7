"""From a problem to a poll, votes of residents, results, the decision, and what those who voted see of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.browser.steps import PATIENCE, TOWN, enter, fill, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ANSWERS = ("У школы", "У дома культуры")


def test_a_problem_is_asked_about_decided_upon_and_shown_to_those_who_voted(
    live_town: LiveTown, watch: Watch, browser: Browser
) -> None:
    enter(watch, live_town, "head")
    raise_problem(watch)
    watch.page.get_by_role("link", name="Спросить жителей").click()
    poll = draft(watch)
    ask(watch, poll)
    press(watch, "Отправить на утверждение", "Отправлено на утверждение")
    watch.look("poll-waits")

    enter(watch, live_town, "curator")
    watch.open(poll, "poll-approval")
    press(watch, "Утвердить", "Утверждено")
    press(watch, "Открыть приём голосов", "голоса принимаются")
    number = watch.page.locator("h2.problem__title").inner_text().split()[1]
    page = f"/p/{TOWN}/polls/{number}/"
    for answer in (ANSWERS[0], ANSWERS[0], ANSWERS[1]):
        vote(browser, watch, page, answer)

    watch.open(poll, "poll-open")
    watch.page.get_by_role("button", name="Закрыть досрочно").click()
    watch.page.fill("#close-why", "ответили все, кого звали")
    watch.page.get_by_role("button", name="Закрыть и вскрыть урну").click()
    said(watch, "урна вскрыта")
    watch.open(f"{poll}results/", "poll-results")
    expect(watch.page.locator("main")).to_contain_text("Чаще всего выбирали «У школы»")
    watch.page.goto(watch.address + poll)
    watch.page.fill("#sum-words", "Начать с освещения у школы.")
    press(watch, "Подвести итоги", "Итоги подведены")
    decide(watch)
    watch.open(poll, "poll-decided")

    watch.page.context.clear_cookies()
    watch.open(page, "poll-shown")
    shown = watch.page.locator("main")
    for words in ("Осветить вход в школу", "Поставить три светильника", "запланировано"):
        expect(shown).to_contain_text(words)
    assert not watch.faults, watch.report()


def raise_problem(watch: Watch) -> None:
    watch.page.goto(f"{watch.address}/problems/new/")
    watch.page.fill("[name=title]", "Темно у школы вечером")
    watch.page.fill("[name=since]", timezone.localdate().isoformat())
    watch.page.locator("main form button.btn--main").click()
    expect(watch.page.get_by_role("link", name="Спросить жителей")).to_be_visible(timeout=PATIENCE)


def draft(watch: Watch) -> str:
    """The head of the poll; answers the address of its card."""
    page, today = watch.page, timezone.localdate()
    expect(page.locator("[name=title]")).to_have_value("Темно у школы вечером")
    watch.look("poll-new")
    fill(page.locator("[name=place]"), "На нашей странице")
    page.fill("[name=audience]", "жители микрорайона")
    page.fill("[name=audience_count]", "120")
    page.fill("[name=opens_on]", today.isoformat())
    page.fill("[name=closes_on]", (today + timedelta(days=9)).isoformat())
    press(watch, "Сохранить черновик", "Черновик начат")
    return page.url.removeprefix(watch.address).partition("?")[0]


def ask(watch: Watch, poll: str) -> None:
    """Two questions, put in order by the keyboard."""
    page = watch.page
    page.goto(f"{watch.address}{poll}questions/0/")
    fill(page.locator("[name=kind]"), "Свободный ответ")
    page.fill("[name=text]", "Что ещё учесть?")
    page.uncheck("[name=is_required]")
    press(watch, "Записать вопрос", "Вопрос 1 записан")
    page.goto(f"{watch.address}{poll}questions/1/")
    page.fill("[name=text]", "Где поставить первыми?")
    page.fill("[name=options]", "\n".join(ANSWERS))
    watch.look("poll-question")
    press(watch, "Записать вопрос", "Вопрос 2 записан")
    page.get_by_role("button", name=re.compile("Выше.*вопрос 2")).press("Enter")
    said(watch, "Вопрос теперь 1-й")
    watch.open(f"{poll}preview/", "poll-preview")
    page.goto(watch.address + poll)


def vote(browser: Browser, watch: Watch, page: str, answer: str) -> None:
    """A resident with a browser of his own votes once; a second time the page says so."""
    context = browser.new_context(locale="ru-RU", viewport={"width": 390, "height": 844})
    own = context.new_page()
    own.goto(watch.address + page)
    own.get_by_text(answer, exact=True).click()
    own.get_by_role("button", name="Проголосовать").click()
    expect(own.locator("main")).to_contain_text("квитанц", timeout=PATIENCE)
    own.goto(watch.address + page)
    expect(own.locator("main")).to_contain_text("Вы уже проголосовали", timeout=PATIENCE)
    context.close()


def decide(watch: Watch) -> None:
    page, due = watch.page, timezone.localdate() + timedelta(days=30)
    page.fill("#decision-text", "Осветить вход в школу до зимы.")
    page.fill("#decision-ground", "За это место два голоса из трёх.")
    press(watch, "Записать решение", "Решение записано")
    page.locator("summary", has_text="Шаг исполнения").click()
    page.fill("#step-text", "Поставить три светильника")
    page.fill("#step-due_on", due.isoformat())
    press(watch, "Записать шаг", "Шаг записан")


def press(watch: Watch, button: str, words: str) -> None:
    watch.page.get_by_role("button", name=button, exact=True).click()
    said(watch, words)
