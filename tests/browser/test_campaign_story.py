"""The whole story of a campaign by hand: the list of threats, its own threat, what calls, a plan begun in one step,
approval by another person, a post placed on the page, weeks that pass, appeals fewer than foretold."""

import subprocess
import sys
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.days import pass_weeks, turn
from tests.browser.steps import PATIENCE, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOWN, THREAT = "bogotol", "Лужи у школы на Советской"
TODAY = timezone.localdate(timezone=ZoneInfo("Asia/Krasnoyarsk"))
LINK = "https://vk.com/wall-1_7"
TEXT = "Воду у школы откачивают по утрам. Если лужа не уходит, звоните 112."
GROUND = """
import sys, django
django.setup()
from datetime import date, timedelta
from otklik.analytics.models import RollFact
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.models import OfficialPage
monday, counts = date.fromisoformat(sys.argv[2]), [int(one) for one in sys.argv[3].split(",")]
town = Municipality.objects.get(key=sys.argv[1])
with within(town.pk):
    OfficialPage.objects.get_or_create(
        municipality=town, url="https://vk.com/okrug", defaults=dict(
            title="Страница округа", network="vk", organisation="Администрация", opened_on=date(2026, 1, 1)))
    for topic, times in (("storm-drains", 1), ("stray-dogs", 3)):
        RollFact.objects.bulk_create(
            RollFact(municipality=town, grain="caseday", day=monday - timedelta(weeks=back), channel="phone",
                     kind="message", topic=topic, body=0, block="", received=count if times == 1 else 30)
            for back, count in zip(range(len(counts), 0, -1), counts, strict=True))
"""
"""A page of the town and weeks of appeals up to the week of a day: puddles as named, dogs as ever."""


def test_a_threat_becomes_a_campaign_that_saves_appeals(live_town: LiveTown, watch: Watch) -> None:
    plant(live_town, [12] * 60)
    story = Story(live_town, watch)
    story.list_is_taken()
    story.threat_is_written()
    story.threat_calls()
    story.plan_is_written()
    story.curator_approves()
    pass_weeks(live_town, 1)
    story.post_is_placed()
    pass_weeks(live_town, 7)
    plant(live_town, [3] * 8)
    story.effect_is_told()
    assert not watch.faults, watch.report()


def plant(town: LiveTown, counts: list[int]) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    words = [sys.executable, "-c", GROUND, TOWN, monday.isoformat(), ",".join(map(str, counts))]
    done = subprocess.run(words, env=town.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


class Story:
    """What the officer and the curator do, each step on the screen it is done on."""

    def __init__(self, town: LiveTown, watch: Watch) -> None:
        self.town, self.watch, self.page = town, watch, watch.page
        self.campaign = ""

    def enter(self, role: str) -> Page:
        self.watch.sign_in(*self.town.sign_in_of(TOWN, role))
        return self.page

    def list_is_taken(self) -> None:
        page = self.enter("pages_officer")
        self.watch.open("/campaigns/threats/", "campaign-empty")
        page.get_by_role("button", name="Взять начальный перечень").click()
        said(self.watch, "Внесено угроз: 40")
        page.get_by_label("Что решено").fill("перечень подходит, добавим лужи")
        page.get_by_role("button", name="Перечень просмотрен").click()
        said(self.watch, "Пересмотр записан")
        self.watch.open("/campaigns/threats/", "campaign-year")

    def threat_is_written(self) -> None:
        """It comes in ten days: time to warn of it."""
        page, begins, ends = self.page, TODAY + timedelta(days=10), TODAY + timedelta(days=60)
        page.get_by_role("link", name="Внести угрозу").click()
        page.get_by_label("Угроза", exact=True).fill(THREAT)
        page.get_by_label("Чем грозит").fill("Дети приходят мокрые")
        page.get_by_label("Как повторяется").select_option("yearly")
        for name, day in (("begin", begins), ("end", ends)):
            page.fill(f"[name={name}_day]", str(min(day.day, 28)))
            page.select_option(f"[name={name}_month]", str(day.month))
        page.select_option("[name=topics]", "storm-drains")
        page.get_by_label("Заготовка текста").fill("Откачка: [дни]. Звоните: [телефон].")
        page.get_by_role("button", name="Внести угрозу").click()
        said(self.watch, THREAT)
        self.watch.look("campaign-threat")

    def threat_calls(self) -> None:
        turn(self.town, "otklik.risks.campaigns.tasks.propose_campaigns")
        page = self.page
        self.watch.open("/campaigns/", "campaign-calls")
        row = page.locator("#calls article", has_text=THREAT)
        expect(row).to_have_count(1, timeout=PATIENCE)
        row.get_by_role("button", name="Начать кампанию").click()
        said(self.watch, "Начата кампания")
        self.campaign = page.url.removeprefix(self.watch.address).partition("#")[0]

    def plan_is_written(self) -> None:
        """Blanks are filled, the post that answers is named, the days of counting end in five weeks."""
        page = self.page
        expect(page.locator(".lacks")).to_contain_text("[телефон]", timeout=PATIENCE)
        self.watch.look("campaign-draft")
        for title in (f"Предупреждаем: {THREAT}", f"Напоминаем: {THREAT}", "Памятка для тех"):
            page.locator(".step", has_text=title).get_by_role("link", name="Править").click()
            page.get_by_label("Текст").fill(TEXT)
            for label in page.locator("fieldset.pages label").all():
                label.locator("input").set_checked("Страница округа" in label.inner_text())
            page.get_by_role("button", name="Записать").click()
            said(self.watch, "Шаг записан")
        page.locator("section", has=page.locator("#why-head")).get_by_role("link", name="Править").click()
        page.select_option("[name=post]", index=1)
        monday = TODAY - timedelta(days=TODAY.weekday())
        page.fill("[name=watch_since]", TODAY.isoformat())
        page.fill("[name=watch_until]", (monday + timedelta(weeks=6, days=6)).isoformat())
        self.watch.look("campaign-edit")
        page.get_by_role("button", name="Записать").click()
        said(self.watch, "Записано")
        expect(page.locator(".lacks")).to_have_count(0, timeout=PATIENCE)
        page.get_by_role("button", name="Отправить на согласование").click()
        said(self.watch, "Отправлено на согласование")

    def curator_approves(self) -> None:
        page = self.enter("curator")
        row = page.locator(".sign-item", has_text="Утвердить кампанию")
        expect(row).to_have_count(1, timeout=PATIENCE)
        row.get_by_role("link", name="Открыть").click()
        page.get_by_role("button", name="Утвердить").click()
        said(self.watch, "Кампания утверждена")
        expect(page.locator("#effect")).to_contain_text("Недели счёта ещё не прошли", timeout=PATIENCE)
        self.watch.open(self.campaign, "campaign-running")

    def post_is_placed(self) -> None:
        """The page has no account of its own: the plan asks for hands, the proof closes the step."""
        turn(self.town, "otklik.outreach.content.tasks.place")
        page = self.enter("pages_officer")
        page.goto(self.watch.address + self.campaign)
        page.locator(".step__posts a", has_text="Страница округа").first.click()
        page.get_by_label("Ссылка на вышедшую запись").fill(LINK)
        page.get_by_role("button", name="Отметить размещение").click()
        turn(self.town, "otklik.risks.campaigns.tasks.settle_steps")
        page.goto(self.watch.address + self.campaign)
        expect(page.locator(".step", has_text="Вышла на 1")).to_have_count(1, timeout=PATIENCE)

    def effect_is_told(self) -> None:
        turn(self.town, "otklik.risks.campaigns.tasks.count_effects")
        page = self.page
        self.watch.open(self.campaign, "campaign-effect")
        expect(page.locator("#effect")).to_contain_text("обращений меньше прогноза", timeout=PATIENCE)
        expect(page.locator("#effect")).to_contain_text("случайностью это не объяснить")
        while page.locator(".step summary", has_text="Снять").count():
            page.locator(".step summary", has_text="Снять").first.click()
            page.locator(".step .popover textarea:visible").fill("угроза прошла")
            page.get_by_role("button", name="Снять шаг").click()
            said(self.watch, "Шаг снят")
        page.locator("summary", has_text="Завершить кампанию").click()
        page.fill("#finish-why", "Воду откачали, звонков стало вчетверо меньше.")
        page.get_by_role("button", name="Завершить", exact=True).click()
        said(self.watch, "Кампания завершена")
        self.watch.open("/campaigns/?show=done", "campaign-done")
        expect(page.locator("table")).to_contain_text("обращений меньше прогноза")
