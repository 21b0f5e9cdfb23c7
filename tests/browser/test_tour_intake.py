"""Tables of any shape and letters nobody can read: mapping, progress, errors to mend, the raw tray."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.steps import PATIENCE, enter, said
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("worker")]
TABLE = """№ заявки;Что пишут;Когда пришло;Где
А-1;У дома 4 на улице Гоголя переполнены контейнеры, мусор не вывозят неделю.;16.11.2026 09:15;Боровичи
А-2;На улице Ленинградской открыт люк у дома 20, опасно для детей.;16.11.2026 10:40;Боровичи
А-3;;16.11.2026 11:00;Боровичи
"""


def test_a_table_of_any_shape_is_mapped_read_and_its_errors_are_told(
    live_town: LiveTown, watch: Watch, tmp_path: Path
) -> None:
    table = tmp_path / "заявки.csv"
    table.write_text(TABLE, encoding="utf-8")
    page = watch.page
    enter(watch, live_town, "head")
    watch.open("/imports/")
    page.set_input_files("#file", table)
    page.get_by_role("button", name="Загрузить").click()
    expect(page.locator("#columns")).to_be_visible(timeout=PATIENCE)
    for heading, meaning in (
        ("Что пишут", "text"),
        ("№ заявки", "outer_id"),
        ("Когда пришло", "received_at"),
    ):
        page.get_by_label(f"Что в столбце {heading}").select_option(meaning)
    watch.look("import-mapping")
    page.get_by_role("button", name="Загрузить с этой разметкой").click()
    cards = page.locator(".figures div", has_text="стало карточками").locator("dd")
    expect(cards).to_have_text("2", timeout=PATIENCE)
    expect(page.get_by_role("link", name="Таблица ошибок")).to_be_visible()
    watch.look("import-done")
    watch.open("/imports/", "imports-after")
    expect(page.get_by_role("link", name="заявки.csv")).to_be_visible()
    assert not watch.faults, watch.report()


def test_what_cannot_be_read_waits_in_the_raw_tray(live_town: LiveTown, watch: Watch) -> None:
    page = watch.page
    enter(watch, live_town, "head")
    page.goto(f"{live_town.address}/cases/new/")
    page.fill("#id_text", "8 900 000-00-00")
    page.get_by_role("button", name="Зарегистрировать").click()
    expect(page.get_by_text("Сообщение не стало карточкой")).to_be_visible(timeout=PATIENCE)
    watch.open("/raw/", "raw-waiting")
    page.get_by_role("link", name=re.compile("нет ни одного слова")).first.click()
    expect(page.get_by_role("button", name="Взять снова")).to_be_visible(timeout=PATIENCE)
    watch.look("raw-one")
    page.fill("#why", "номер без слов, набран по ошибке")
    page.get_by_role("button", name="Оставить без карточки").click()
    said(watch, "без карточки")
    assert not watch.faults, watch.report()
