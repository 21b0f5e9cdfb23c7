"""A rumour from its post to its end by hand: found, told to the chat within the minutes of its level, verified,
answered on three pages, reported, observed, closed. Networks are the fakes; the worker sends and hears."""

import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.days import turn
from tests.browser.steps import PATIENCE, said
from tests.browser.watch import Watch
from tests.fakes import telegram as fake_telegram
from tests.fakes.network import Network
from tests.fakes.telegram import Telegram
from tests.fakes.vk import Vk
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("worker")]
TOWN = "demyansk"
CHAT, CHANNEL, GROUP, COLLEAGUE = -100500, -100700, 1, 77
GIST = "Пишут, что вода из скважины непригодна, а анализы прячут"
TEXT = "Вода в сети соответствует норме: проба от 15 октября. Протокол стоит на сайте округа."
PAGES = ("Округ ВКонтакте", "Округ в Telegram", "Сайт округа")
SITE = "https://okrug.example.org/water"
CONNECT = """
import sys, django
django.setup()
from datetime import date
from otklik.channels.models import Channel
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeds import switch_feed
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.models import OfficialPage
telegram, vk, token = sys.argv[1:4]
town = Municipality.objects.get(key="demyansk")
with within(town.pk):
    def connect(key, secret, **settings):
        channel = Channel.objects.get(municipality=town, key=key)
        channel.settings = {**channel.settings, **settings}
        channel.save(update_fields=["settings"])
        set_secret(channel, "token", secret)
        return channel
    chat = connect("alert_chat", token, base_url=telegram, poll_seconds=0, inner_chat="-100500",
                   colleagues=["77 ЦУР"], every_seconds=1)
    switch_feed(chat, True)
    pages = [{"group_id": 1, "title": "Администрация округа"}]
    wall = connect("social_networks", "token-1", base_url=vk, pages=pages, wait=0)
    bot = connect("messengers", token, base_url=telegram, poll_seconds=0)
    kept = dict(municipality=town, verified=True, verified_on=date.today(), opened_on=date.today())
    for title, network, url, outer_id, channel in (
        ("Округ ВКонтакте", "vk", "https://vk.com/club1", "-1", wall),
        ("Округ в Telegram", "telegram", "https://t.me/okrug", "-100700", bot),
        ("Сайт округа", "site", "https://okrug.example.org", "", None),
    ):
        OfficialPage.objects.create(title=title, network=network, url=url, outer_id=outer_id, channel=channel,
                                    organisation="Администрация", **kept)
"""


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Telegram(), Vk()) as network:
        yield network


def test_a_rumour_is_told_verified_answered_observed_and_closed(
    live_town: LiveTown, watch: Watch, network: Network
) -> None:
    story = Story(live_town, watch, network)
    story.town_is_connected()
    story.post_is_found()
    story.chat_is_told_in_time()
    story.colleague_answers()
    story.rumour_is_verified()
    story.answer_stands_on_three_pages()
    story.report_goes_to_the_chat()
    story.reaction_is_observed()
    story.risk_is_closed()
    assert not watch.faults, watch.report()


class Story:
    """What the officer does, and what colleagues and residents see in the networks."""

    def __init__(self, town: LiveTown, watch: Watch, network: Network) -> None:
        self.town, self.watch, self.page = town, watch, watch.page
        telegram, vk = network.services["telegram"], network.services["vk"]
        assert isinstance(telegram, Telegram)
        assert isinstance(vk, Vk)
        self.telegram, self.vk, self.card = telegram, vk, ""

    def enter(self, role: str) -> Page:
        password = self.town.sign_in_of("bogotol", "head")[1]
        self.watch.sign_in(f"{TOWN}-{role}", password)
        return self.page

    def chat_lines(self) -> list[str]:
        return [one.text for one in self.telegram.lines_of(CHAT) if one.by is None]

    def town_is_connected(self) -> None:
        self.town.run("demo", TOWN, "--cases", "12")
        self.telegram.group(CHAT, "МЦУ-ПИЛОТ")
        self.telegram.group(CHANNEL, "Округ")
        self.vk.community(GROUP, "Администрация округа")
        words = [self.telegram.url, self.vk.url, fake_telegram.TOKEN]
        done = subprocess.run(
            [sys.executable, "-c", CONNECT, *words],
            env=self.town.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def post_is_found(self) -> None:
        page = self.enter("risk-officer")
        self.watch.open("/risks/watch/", "risk-watch")
        page.get_by_role("link", name="Завести риск", exact=True).first.click()
        page.get_by_label("Тема", exact=True).fill("Качество воды в Ключах")
        page.locator("[name=gist]").fill(GIST)
        page.locator("[name=link]").fill("https://vk.com/wall-9_15")
        page.locator("input[name=level][value=high]").check()
        page.locator("[name=reason]").fill("быстро растёт")
        page.locator("[name=views]").fill("420")
        self.watch.look("risk-new")
        page.get_by_role("button", name="Завести риск").click()
        said(self.watch, "часы пошли")
        self.card = page.url.removeprefix(self.watch.address)

    def chat_is_told_in_time(self) -> None:
        page = self.page
        self.watch.look("risk-found")
        page.get_by_role("button", name="Сообщить в алерт-чат").click()
        said(self.watch, "передано в алерт-чат")
        self.until("отправлено")
        (alert,) = self.chat_lines()
        assert "Качество воды в Ключах" in alert
        alarm = page.locator(".risk__clock", has_text="Сообщить в алерт-чат")
        expect(alarm.locator(".clock--done")).to_be_visible()

    def colleague_answers(self) -> None:
        ours = next(one for one in self.telegram.lines_of(CHAT) if one.by is None)
        person = self.telegram.person(COLLEAGUE, "Мария")
        self.telegram.say(person, "Принято. Проверьте и домовые чаты.", chat=CHAT, answers=ours.number)
        self.until("Проверьте и домовые чаты")
        assert "Мария" not in self.page.content()

    def rumour_is_verified(self) -> None:
        page = self.page
        page.get_by_role("button", name="Взять в проверку").click()
        said(self.watch, "Взято в проверку")
        page.locator("#verify-verdict input[value=refuted]").check()
        page.locator("#verify-grounds").fill("проба воды из сети, протокол лаборатории")
        page.get_by_role("button", name="Записать итог проверки").click()
        said(self.watch, "опровергнут")

    def answer_stands_on_three_pages(self) -> None:
        page = self.page
        page.locator("#answer-text").fill(TEXT)
        for title in PAGES:
            page.get_by_label(title, exact=True).check()
        page.get_by_role("button", name="Записать текст").click()
        said(self.watch, "контент-плане")
        self.watch.look("risk-answer")
        self.agreed_to()
        self.site_is_placed()
        self.posts_are_out()
        assert any(TEXT in one.text for one in self.vk.posted)
        assert any(TEXT in one.text for one in self.telegram.lines_of(CHANNEL))
        for title in PAGES:
            form = page.locator("form[action$='/control/']", has_text=title)
            form.get_by_role("button", name="На месте").click()
            said(self.watch, f"{title}: ответ на месте")
        page.get_by_role("button", name="Ответ размещён везде").click()
        said(self.watch, "часы наблюдения пошли")

    def posts_are_out(self) -> None:
        """The worker sends; the card takes up what has come out."""
        marks = self.page.get_by_role("button", name="На месте")
        for _ in range(30):
            turn(self.town, "otklik.outreach.content.tasks.place")
            turn(self.town, "otklik.risks.tasks.mind_clocks")
            self.page.goto(self.watch.address + self.card)
            if marks.count() == len(PAGES):
                return
        raise AssertionError(self.page.locator("[aria-labelledby=answer-head]").inner_text())

    def agreed_to(self) -> None:
        """The officer sends the material for agreement, the head agrees."""
        page = self.page
        page.get_by_role("link", name=PAGES[0], exact=True).click()
        page.get_by_role("link", name="материал №").first.click()
        material = page.url
        page.get_by_role("button", name="Отправить на согласование").click()
        expect(page.locator("#toasts")).not_to_be_empty(timeout=PATIENCE)
        page = self.enter("head")
        page.goto(material)
        page.get_by_role("button", name="Согласовать", exact=False).first.click()
        expect(page.locator("#toasts")).not_to_be_empty(timeout=PATIENCE)

    def site_is_placed(self) -> None:
        """The site has no account: a person puts the text there and gives its address."""
        page = self.enter("risk-officer")
        turn(self.town, "otklik.outreach.content.tasks.place")
        page.goto(self.watch.address + self.card)
        page.get_by_role("link", name=PAGES[2], exact=True).click()
        page.fill("#place-link", SITE)
        page.get_by_role("button", name="Отметить размещение").click()
        expect(page.locator("#toasts")).not_to_be_empty(timeout=PATIENCE)

    def report_goes_to_the_chat(self) -> None:
        page = self.page
        page.get_by_role("button", name="Отчитаться в чате").click()
        said(self.watch, "Отчёт передан")
        for _ in range(20):
            if len(self.chat_lines()) > 1:
                break
            page.wait_for_timeout(500)
            turn(self.town, "otklik.channels.tasks.send_waiting")
        report = self.chat_lines()[-1]
        first, second = report.split("2. Ссылки на публикации")
        assert TEXT in first
        assert "https://" in second

    def reaction_is_observed(self) -> None:
        self.page.goto(self.watch.address + self.card)
        self.observe()
        expect(self.page.get_by_text("ещё не прошли").first).to_be_visible()
        with psycopg.connect(self.town.environment["OTKLIK_OWNER_URL"]) as owner:
            back = "interval '49 hours'"
            owner.execute(
                f"UPDATE risks_riskclock SET start_at = start_at - {back}, due_at = due_at - {back} WHERE key = 'watch'"
            )
        self.page.goto(self.watch.address + self.card)
        self.observe()

    def observe(self) -> None:
        page = self.page
        page.locator("#observe-spread input[value=none]").check()
        page.locator("#observe-tone input[value=calm]").check()
        page.locator("#observe-comments").fill("8")
        page.locator("#observe-negative").fill("1")
        page.locator("#observe-words").fill("новых записей нет, отзывы спокойные")
        page.get_by_role("button", name="Записать наблюдение").click()
        said(self.watch, "Наблюдение записано")

    def risk_is_closed(self) -> None:
        page = self.page
        self.watch.look("risk-reaction")
        page.locator("#close-words").fill("тихо двое суток")
        page.locator(f"form[action='{self.card}do/close/']").get_by_role(
            "button", name="Закрыть риск"
        ).click()
        said(self.watch, "отработан")
        self.watch.open(self.card, "risk-closed")
        self.watch.open("/risks/figures/", "risk-figures")
        self.watch.open("/risks/chat/", "risk-chat")
        self.watch.open("/risks/?state=closed", "risk-list")

    def until(self, words: str) -> None:
        """Open the card again until the worker has done its part."""
        for _ in range(40):
            self.page.goto(self.watch.address + self.card)
            if self.page.get_by_text(words).count():
                return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"«{words}» has not come")
