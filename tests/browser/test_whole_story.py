"""The whole story of one trouble by hand: a wave of letters, a problem, its cause, a roadmap, a meeting, errands done,
the effect proved by the flow months later, and the note that tells it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.plans import shipped_plans
from tests.browser.days import pass_weeks, turn
from tests.browser.steps import PATIENCE, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("worker")]
TOWN = "bogotol"
TODAY = timezone.localdate(timezone=ZoneInfo("Asia/Krasnoyarsk"))
DARK, LIT = "Тюхтет", "Боготол"
"""Where lamps do not burn, and where they burn out as ever: what the first is compared with."""
LETTERS = (
    "У школы на улице Советской не горят фонари, дети идут домой в темноте. Когда починят освещение?",
    "Опять не горят фонари у школы на улице Советской, дети идут в темноте. Почините освещение.",
)
DOER, DOER_ROLE = "ответственный за работу в ПОС", "pos_officer"
CURATOR, HEAD = "заместитель Главы по общественно-политической работе", "руководитель МЦУ"
MEASURE = "заменить светильники на улице Советской"
DECISION = "проверить щиты уличного освещения"
HEADINGS = ("Номер", "Что пишут", "Когда пришло", "Автор", "Село", "Улица")
MEANINGS = ("outer_id", "text", "received_at", "author", "settlement", "street")
numbers = count(1)


def test_a_wave_of_letters_becomes_an_effect_in_the_note(
    live_town: LiveTown, watch: Watch, tmp_path: Path
) -> None:
    story = Story(live_town, watch, tmp_path)
    story.letters_come([*every_week(DARK, 20, 2, 6), *every_week(LIT, 20, 3, 7), *a_wave()])
    story.problem_is_confirmed()
    story.cause_is_found()
    story.roadmap_is_drafted()
    story.roadmap_is_approved()
    story.meeting_decides()
    story.errand_is_done()
    story.measure_is_done()
    pass_weeks(live_town, 13)
    story.letters_come([*every_week(DARK, 12, 0, 1), *every_week(LIT, 12, 3, 7)])
    story.effect_is_proved()
    story.note_tells_it()
    assert not watch.faults, watch.report()


def every_week(place: str, weeks: int, least: int, most: int) -> Iterator[tuple[str, datetime]]:
    """A few letters a week, now more, now less, up to the last whole week."""
    chance = Random(f"{place} {weeks}")
    monday = datetime.combine(TODAY - timedelta(days=TODAY.weekday()), datetime.min.time())
    for week in range(weeks, 0, -1):
        for letter in range(chance.randint(least, most)):
            yield place, monday - timedelta(weeks=week) + timedelta(hours=9 + 20 * letter)


def a_wave() -> Iterator[tuple[str, datetime]]:
    """A dozen letters of the last days."""
    for hour in range(12):
        yield DARK, datetime.combine(TODAY, datetime.min.time()) - timedelta(hours=6 * hour)


class Story:
    """What people of the centre do, each step on the screens it is done on."""

    def __init__(self, town: LiveTown, watch: Watch, folder: Path) -> None:
        self.town, self.watch, self.folder, self.page = town, watch, folder, watch.page
        self.problem = self.roadmap = ""

    def enter(self, role: str) -> Page:
        self.watch.sign_in(*self.town.sign_in_of(TOWN, role))
        return self.page

    def letters_come(self, letters: list[tuple[str, datetime]]) -> None:
        """A table of letters through «Импорт»; the worker reads it and counts the facts."""
        lines = [";".join(HEADINGS)]
        for number, (place, at) in zip(numbers, letters, strict=False):
            text = LETTERS[number % len(LETTERS)]
            lines.append(f"С-{number};{text};{at:%d.%m.%Y %H:%M};Житель {number};{place};Советская")
        table = self.folder / f"письма-{next(numbers)}.csv"
        table.write_text("\n".join(lines), encoding="utf-8")
        page = self.enter("head")
        page.goto(f"{self.watch.address}/imports/")
        page.set_input_files("#file", table)
        page.get_by_role("button", name="Загрузить").click()
        expect(page.locator("#columns")).to_be_visible(timeout=PATIENCE)
        for heading, meaning in zip(HEADINGS, MEANINGS, strict=True):
            page.get_by_label(f"Что в столбце {heading}", exact=True).select_option(meaning)
        page.get_by_role("button", name="Загрузить с этой разметкой").click()
        cards = page.locator(".figures div", has_text="стало карточками").locator("dd")
        expect(cards).to_have_text(str(len(letters)), timeout=180_000)
        turn(self.town, "otklik.analytics.tasks.correct_facts")

    def problem_is_confirmed(self) -> None:
        turn(self.town, "otklik.problems.tasks.propose_problems")
        page = self.enter("head")
        self.watch.open("/problems/", "story-problems")
        page.get_by_role("link", name=DARK).first.click()
        expect(page.get_by_text("Это одна проблема?")).to_be_visible(timeout=PATIENCE)
        self.problem = unquote(page.url.removeprefix(self.watch.address))
        self.watch.look("story-proposal")
        page.get_by_role("button", name="Подтвердить проблему").click()
        said(self.watch, "подтвердить")
        page.get_by_role("button", name="Взять в работу").click()
        said(self.watch, "взять в работу")

    def cause_is_found(self) -> None:
        page = self.page
        page.locator("summary", has_text="Пять «почему?»").click()
        page.fill("#why-1", "светильники старые и гаснут")
        page.fill("#why-2", "нет договора на обслуживание линии")
        page.get_by_role("button", name="Записать цепочку").click()
        page.get_by_role("link", name="нет договора на обслуживание линии").click()
        page.locator("select[name=kind]").select_option("words")
        page.locator("form[enctype] [name=words]").fill("в реестре договоров этой линии нет")
        page.get_by_role("button", name="Приложить").click()
        page.get_by_role("button", name="Назвать первопричиной").click()
        page.fill("#decision", "заключить договор и заменить светильники")
        choose(page, "form:has(#decision) [name=post]", DOER)
        page.get_by_role("button", name="Записать решение").click()
        expect(page.get_by_role("link", name="Составить дорожную карту")).to_be_visible(timeout=PATIENCE)
        self.watch.look("story-cause")

    def roadmap_is_drafted(self) -> None:
        page = self.page
        page.get_by_role("link", name="Составить дорожную карту").click()
        page.get_by_label("Чего добиваемся").fill("на улице Советской светло")
        page.get_by_role("button", name="Начать карту").click()
        said(self.watch, "Карта начата")
        page.get_by_role("link", name="Мероприятие", exact=True).click()
        measure = {
            "title": MEASURE, "result": "горят все светильники", "indicator": "светильников горит, шт",
            "was": "3", "will_be": "14", "start": TODAY.isoformat(), "due": working_day(9),
        }  # fmt: skip
        for name, text in measure.items():
            page.fill(f"[name={name}]", text)
        choose(page, "[name=post]", DOER)
        page.get_by_role("button", name="Внести").click()
        said(self.watch, "Мероприятие внесено")
        self.roadmap = page.url.removeprefix(self.watch.address).partition("#")[0]
        choose(page, "#approves", CURATOR)
        page.get_by_role("button", name="Отправить на согласование").click()
        said(self.watch, "Отправлено на согласование")

    def roadmap_is_approved(self) -> None:
        page = self.enter("curator")
        row = page.locator(".sign-item", has_text="Согласовать дорожную карту")
        expect(row).to_have_count(1, timeout=PATIENCE)
        row.get_by_role("link", name="Открыть").click()
        page.get_by_role("button", name="Утвердить").click()
        said(self.watch, "Утверждено")
        page = self.enter("head")
        page.goto(self.watch.address + self.roadmap)
        page.get_by_role("button", name="Дать поручения по мероприятиям").click()
        said(self.watch, "1 поручение")
        self.watch.look("story-roadmap")

    def meeting_decides(self) -> None:
        page = self.page
        page.goto(f"{self.watch.address}/meetings/new/")
        page.get_by_label("Основание созыва").fill("темно на улице Советской")
        page.get_by_label("Дата", exact=True).fill(working_day(1))
        page.get_by_label("Место").fill("зал, каб. 12")
        page.get_by_role("button", name="Созвать").click()
        said(self.watch, "созвано")
        meeting = page.url
        offer = page.locator(".offer", has=page.locator(f'a[href="{self.problem}"]'))
        expect(offer).to_be_visible(timeout=PATIENCE)
        offer.get_by_role("button").click()
        said(self.watch, "Вопрос в повестке")
        page = self.enter("curator")
        page.goto(meeting)
        page.get_by_role("button", name="Открыть заседание").click()
        said(self.watch, "Заседание начато")
        page.get_by_role("button", name="Поручение", exact=True).click()
        said(self.watch, "Новая строка решения")
        line = page.locator(".line__form").first
        choose(page, ".line__form [name=post]", DOER)
        choose(page, ".line__form [name=control]", HEAD)
        line.locator("[name=text]").fill(DECISION)
        line.locator("[name=result]").fill("акт по пяти щитам")
        line.locator("[name=due]").fill(working_day(5))
        line.locator("[name=due]").blur()
        expect(line.locator("[data-draft-state]")).to_contain_text("сохранено", timeout=PATIENCE)
        expect(line).not_to_contain_text("Нет даты", timeout=PATIENCE)
        page.get_by_role("button", name="Завершить обсуждение").click()
        said(self.watch, "Обсуждение завершено")
        page.get_by_role("button", name="Подписать и разослать").click()
        page.locator("#sign[open]").get_by_role("button", name="Подписать и разослать").click()
        said(self.watch, "Протокол подписан и разослан")

    def errand_is_done(self) -> None:
        """Both errands wait for the doer once each; the one of the protocol is reported and accepted."""
        page = self.enter(DOER_ROLE)
        for words in (DECISION, MEASURE):
            expect(page.locator(".sign-item", has_text=words)).to_have_count(1, timeout=PATIENCE)
        self.watch.look("story-waits")
        page.locator(".sign-item", has_text=DECISION).get_by_role("link", name="Взять").click()
        page.fill("#report-words", "Проверили пять щитов, акт № 3.")
        page.set_input_files("#report-files", proof("akt-3.txt"))
        page.get_by_role("button", name="Отчитаться").click()
        said(self.watch, "передан контролёру")
        errand = page.url
        page = self.enter("head")
        page.goto(errand)
        page.get_by_role("button", name="Принять исполнение").click()
        said(self.watch, "Исполнение принято")

    def measure_is_done(self) -> None:
        """Reported in the roadmap, where its indicator stands: the errand is reported by the same words."""
        page = self.enter(DOER_ROLE)
        page.locator(".sign-item", has_text=MEASURE).get_by_role("link", name="Взять").click()
        page.get_by_role("link", name="Доложить в карте").click()
        page.locator("summary", has_text="Доложить").click()
        page.locator("[name=words]").fill("Заменили одиннадцать светильников")
        page.locator("[name=fact]").fill("14")
        page.locator(".measure__form [name=files]").set_input_files(proof("akt-4.txt"))
        page.get_by_role("button", name="Сделано").click()
        said(self.watch, "Доложено")
        page = self.enter("head")
        page.goto(self.watch.address + self.roadmap)
        page.get_by_role("link", name="поручение №").click()
        page.get_by_role("button", name="Принять исполнение").click()
        said(self.watch, "Исполнение принято")
        page.goto(self.watch.address + self.roadmap)
        page.get_by_role("button", name="Карта исполнена").click()
        said(self.watch, "исполнена")

    def effect_is_proved(self) -> None:
        page = self.enter("head")
        page.goto(self.watch.address + self.roadmap)
        expect(page.locator("#effect .effect__words")).to_contain_text(
            "Обращений стало меньше", timeout=PATIENCE
        )
        page.get_by_role("button", name="Записать вывод").click()
        said(self.watch, "Эффект посчитан")
        self.watch.open(self.roadmap, "story-effect")
        page.goto(self.watch.address + self.problem)
        expect(page.get_by_role("link", name=DECISION)).to_be_visible(timeout=PATIENCE)
        page.locator("#why-solve").fill("светильники заменены, договор заключён")
        page.get_by_role("button", name="Отметить решённой").click()
        said(self.watch, "отметить решённой")
        self.watch.open(self.problem, "story-solved")

    def note_tells_it(self) -> None:
        page = self.page
        page.goto(f"{self.watch.address}/reports/")
        page.locator("#report-form").select_option(
            label="Аналитическая записка о работе с обращениями и сообщениями"
        )
        page.fill("#report-since", TODAY.replace(day=1).isoformat())
        page.fill("#report-until", TODAY.isoformat())
        page.get_by_role("button", name="Составить проект").click()
        document = page.get_by_label("Документ")
        expect(document).to_contain_text("бращений стало меньше", timeout=60_000)
        expect(document).to_contain_text("Первопричина")
        self.watch.look("story-note")


def choose(page: Page, select: str, words: str) -> None:
    """Choose the option that holds the words."""
    option = page.locator(f"{select} option", has_text=words).first
    page.locator(select).first.select_option(value=option.get_attribute("value"))


def working_day(ahead: int) -> str:
    """A working day at least so far ahead, as a field of a date takes it."""
    day = WorkCalendar(shipped_plans()).working_day_from(TODAY + timedelta(days=ahead))
    return day.isoformat()


def proof(name: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": b"akt"}
