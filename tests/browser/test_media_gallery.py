"""The library of pictures by hand in a real browser: a picture without words is not taken; one with words is seen,
found, put into a material and taken away."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.steps import PATIENCE, said
from tests.browser.watch import WIDER, Watch
from tests.fixtures.live import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIBRARY, TITLE = "/content/media/", "Асфальт у школы"
ALT = "рабочие кладут асфальт у школы"
SHOWN = "one => one.complete && one.naturalWidth > 0"
MAKER = 271
"""The hidden line of a picture that names the camera."""


def test_a_picture_is_described_found_used_and_taken_away(
    live_town: LiveTown, watch: Watch, tmp_path: Path
) -> None:
    watch.sign_in(*live_town.sign_in_of("bogotol", "pages_officer"))
    one = watch.page.locator(".media__one", has_text=TITLE)
    watch.open(LIBRARY, "media-library")
    picture_is_added(watch, one, a_picture(tmp_path))
    it_is_seen_and_heard(watch, one)
    it_is_found_by_its_words(watch, one)
    it_stands_in_a_material(watch, one)
    it_is_taken_away(watch, one)
    assert watch.report() == ""


def a_picture(folder: Path) -> Path:
    """With the name of a camera in its hidden data."""
    hidden = Image.Exif()
    hidden[MAKER] = "camera"
    path = folder / "snimok.jpg"
    Image.linear_gradient("L").resize((900, 600)).convert("RGB").save(path, exif=hidden)
    return path


def picture_is_added(watch: Watch, one: Locator, file: Path) -> None:
    """The form does not leave while nobody has said what is on the picture."""
    form = watch.page.locator("form", has=watch.page.locator("[name=file]"))
    form.locator("[name=file]").set_input_files(file)
    form.locator("[name=title]").fill(TITLE)
    form.get_by_label("Чей снимок").fill("свой")
    form.get_by_role("button", name="Добавить").click()
    expect(form.locator("textarea[name=alt]:invalid")).to_be_focused()
    expect(one).to_have_count(0)
    form.locator("[name=alt]").fill(ALT)
    form.get_by_role("button", name="Добавить").click()
    said(watch, "добавлен")


def it_is_seen_and_heard(watch: Watch, one: Locator) -> None:
    """The thumbnail is drawn, its words are read aloud, nothing hidden is kept; the text twice as large fits."""
    page, image = watch.page, one.locator("img")
    expect(image).to_have_attribute("alt", ALT, timeout=PATIENCE)
    image.scroll_into_view_if_needed()
    page.wait_for_function(SHOWN, arg=image.element_handle())
    watch.look("media-one")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER) <= 0
    page.evaluate("document.documentElement.style.fontSize = ''")
    whole = page.request.get(watch.address + (one.locator("a").first.get_attribute("href") or ""))
    assert whole.ok
    with Image.open(BytesIO(whole.body())) as kept:
        assert (kept.width, dict(kept.getexif())) == (900, {})


def it_is_found_by_its_words(watch: Watch, one: Locator) -> None:
    page = watch.page
    for words, count in (("кладут асфальт", 1), ("жираф", 0)):
        search = page.get_by_role("search", name="Отбор снимков")
        search.get_by_label("Слова").fill(words)
        search.get_by_role("button", name="Показать").click()
        page.wait_for_url(re.compile(r"\?q="))
        expect(one).to_have_count(count, timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Таких снимков нет")).to_be_visible()


def it_stands_in_a_material(watch: Watch, one: Locator) -> None:
    """Chosen among the others, shown as residents will see it, counted in the library."""
    page = watch.page
    page.goto(f"{watch.address}/content/new/")
    page.get_by_label("Заголовок").fill("Дорога у школы")
    page.get_by_label("Текст", exact=True).fill("Асфальт у школы кладут до пятницы.")
    page.locator("summary", has_text="Выбрать снимок").click()
    page.locator(".media__pick label", has_text=TITLE).locator("input").check()
    expect(page.locator("#looks img").first).to_have_attribute("alt", ALT, timeout=PATIENCE)
    watch.look("media-picked")
    page.get_by_role("button", name="Составить материал").click()
    said(watch, "составлен")
    page.goto(watch.address + LIBRARY)
    expect(one).to_contain_text(re.compile(r"в\s\d+\sзапис"))


def it_is_taken_away(watch: Watch, one: Locator) -> None:
    """Its words are mended first; afterwards no material is offered it."""
    page = watch.page
    one.locator("summary").click()
    one.locator("[name=alt]").fill(f"{ALT}, вечер")
    one.get_by_role("button", name="Записать").click()
    said(watch, "Описание записано")
    expect(one.locator("img")).to_have_attribute("alt", f"{ALT}, вечер")
    one.locator("summary").click()
    one.locator("[name=why]").fill("дорогу уже сделали")
    one.get_by_role("button", name="Убрать из библиотеки").click()
    said(watch, "Снимок убран")
    expect(one).to_have_count(0)
    page.goto(f"{watch.address}/content/new/")
    page.locator("summary", has_text="Выбрать снимок").click()
    expect(page.locator(".media__pick label", has_text=TITLE)).to_have_count(0)
