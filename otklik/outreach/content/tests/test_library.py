"""Pictures with their words, their sizes for networks; previews of links; files for «Госпаблики»."""

import csv
import io
from datetime import timedelta

import pytest
from PIL import Image

from otklik.channels.adapters.source import Unreachable
from otklik.channels.files import path_of
from otklik.channels.models import Outgoing
from otklik.common.errors import Refused
from otklik.outreach.content.models import MediaItem, MediaSize
from otklik.outreach.content.selectors import for_publics, pictures_of
from otklik.outreach.content.services import (
    add_picture,
    approve,
    change_material,
    change_post,
    describe,
    export_publics,
    fitted,
    mark_publics,
    place_by_hand,
    place_due,
    preview_of,
    previews,
    retire,
)
from otklik.outreach.content.services.previews import head_of
from otklik.outreach.content.tests.conftest import NOW, Desk, only

pytestmark = pytest.mark.django_db
LINK = "https://vk.example.org/wall-1_2"
PAGE = """<html><head><title>Страница &mdash; округ</title>
<meta property="og:title" content="Воду дадут  вечером"><meta name="description" content="Что и где">
<meta property="og:image" content="/cover.png"></head><body>текст</body></html>"""


def drawn(width: int, height: int, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def added(desk: Desk, content: bytes, **more: str) -> MediaItem:
    words = {"title": "Ремонт", "alt": "Рабочие меняют задвижку", "source": "свой снимок", **more}
    return add_picture(desk.place, content, "remont", by=desk.author, now=NOW, **words)


def test_it_draws_a_picture_for_every_network(desk: Desk) -> None:
    item = added(desk, drawn(1800, 1200, "JPEG"))
    sizes = {one.network: (one.width, one.height) for one in MediaSize.objects.filter(item=item)}
    assert sizes == {
        "vk": (1200, 800),
        "ok": (1200, 800),
        "telegram": (1080, 720),
        "max": (1080, 720),
        "site": (1350, 900),
    }
    assert fitted(item, "vk") == fitted(item, "vk")
    with Image.open(path_of(fitted(item, "vk"))) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 800))


def test_it_does_not_blow_a_small_one_up(desk: Desk) -> None:
    item = added(desk, drawn(640, 480, "JPEG"))
    assert fitted(item, "vk") == item.file


@pytest.mark.parametrize(
    ("content", "more", "refusal"),
    [
        (drawn(640, 480), {"alt": " "}, "что на снимке"),
        (drawn(640, 480), {"source": ""}, "чей снимок"),
        (drawn(100, 80), {}, "мелкий"),
        (b"%PDF-1.7 paper", {}, "не снимок"),
    ],
)
def test_it_takes_only_pictures_with_words(
    content: bytes, more: dict[str, str], refusal: str, desk: Desk
) -> None:
    with pytest.raises(Refused, match=refusal):
        added(desk, content, **more)


def test_a_version_freed_of_its_picture_stays_without_it(desk: Desk) -> None:
    first, second = added(desk, drawn(640, 480)), added(desk, drawn(480, 640))
    material = desk.material(desk.page("vk", "1"), desk.page("ok", "2"), picture=first)
    change_post(material.posts.get(page__network="ok"), "Без снимка.", None, 1, desk.author, NOW)
    change_material(material, {"picture": second}, 1, desk.author, NOW)
    pictures = {post.page.network: post.picture for post in material.posts.select_related("page", "picture")}
    assert pictures == {"vk": second, "ok": None}


def test_the_editor_of_the_site_is_told_what_is_on_the_picture(desk: Desk) -> None:
    site = desk.page("site", "redaktor@example.org", desk.channel("email"))
    approve(desk.material(site, picture=added(desk, drawn(640, 480))), desk.head, NOW)
    letter = Outgoing.objects.get()
    assert letter.body.endswith("Что на снимке: Рабочие меняют задвижку")
    assert [file.name for file in letter.files.all()] == ["remont-site.jpg"]


def test_it_puts_a_picture_away(desk: Desk) -> None:
    item = describe(added(desk, drawn(640, 480)), "Задвижка", "Новая задвижка в колодце", desk.author)
    assert list(pictures_of(desk.place)) == [item]
    retire(item, "устарел", desk.author, NOW)
    assert not pictures_of(desk.place).exists()


def test_it_reads_the_head_of_a_page() -> None:
    assert head_of(PAGE) == {
        "page title": "Страница — округ",
        "title": "Воду дадут вечером",
        "description": "Что и где",
        "image": "/cover.png",
    }


def test_it_remembers_a_preview_for_a_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    url = "https://example.org/news/1"

    def page(address: str, seconds: float) -> tuple[int, str]:
        asked.append(address)
        return 200, PAGE

    monkeypatch.setattr(previews, "fetch_page", page)
    monkeypatch.setattr(
        previews, "fetch_media", lambda address, limit, seconds: (drawn(640, 480), "image/png")
    )
    found = preview_of(desk.place, url, NOW)
    assert (found.title, found.description, found.site) == ("Воду дадут вечером", "Что и где", "example.org")
    assert found.picture is not None
    assert preview_of(desk.place, url, NOW + timedelta(hours=23)).pk == found.pk
    preview_of(desk.place, url, NOW + timedelta(hours=25))
    assert asked == [url, url]


def test_it_says_why_there_is_no_preview(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # The real guard: an inner address is never visited.
    assert "внутреннюю сеть" in preview_of(desk.place, "http://127.0.0.1/admin", NOW).error

    def shut(address: str, seconds: float) -> tuple[int, str]:
        raise Unreachable("Сервер example.org не ответил вовремя: попробуем снова.")

    monkeypatch.setattr(previews, "fetch_page", shut)
    assert "не ответил" in preview_of(desk.place, "https://example.org/1", NOW).error
    monkeypatch.setattr(previews, "fetch_page", lambda address, seconds: (404, ""))
    assert "ответила 404" in preview_of(desk.place, "https://example.org/2", NOW).error


def test_an_odd_page_spoils_no_preview(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = '<title>Но\x00вости</title><meta property="og:image" content="http://[oops/cover.png">'
    monkeypatch.setattr(previews, "fetch_page", lambda address, seconds: (200, odd))
    found = preview_of(desk.place, "https://example.org/3", NOW)
    assert (found.title, found.picture, found.error) == ("Новости", None, "")


def test_it_gives_posts_out_for_publics(desk: Desk) -> None:
    page = desk.page("vk", "1", in_publics_system=True)
    other = desk.page("ok", "2")
    material = approve(desk.material(page, other, text="=СУММА(1)", rubric="news"), desk.head, NOW)
    post = material.posts.get(page=page)
    assert list(for_publics(desk.place)) == [post]
    made = export_publics(desk.place, list(material.posts.all()), desk.author, NOW)
    rows = list(csv.reader(io.StringIO(path_of(made.file).read_text("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Страница", "Страница vk"]
    assert rows[1][2:6] == ["20.10.2026", "16:00", "Новости округа", "'=СУММА(1)"]
    with pytest.raises(Refused, match="Выгружать нечего"):
        export_publics(desk.place, list(material.posts.all()), desk.author, NOW)
    post = mark_publics(post, LINK, desk.author, NOW)
    assert (post.state, post.link, post.in_publics_system) == ("placed", LINK, True)
    with pytest.raises(Refused, match="не ведётся через"):
        mark_publics(material.posts.get(page=other), LINK, desk.author, NOW)


def test_what_was_given_out_for_publics_is_not_sent_beside(desk: Desk) -> None:
    page = desk.page("vk", "1", desk.channel("vk", pages=[{"group_id": 1}]), in_publics_system=True)
    material = approve(desk.material(page, at=NOW + timedelta(hours=1)), desk.head, NOW)
    export_publics(desk.place, list(material.posts.all()), desk.author, NOW)
    place_due(desk.place, NOW + timedelta(hours=1))
    post = only(material)
    assert (post.state, Outgoing.objects.count()) == ("by_hand", 0)
    assert "«Госпабликов»" in post.error


def test_it_marks_what_is_out_already(desk: Desk) -> None:
    page = desk.page("vk", "1", in_publics_system=True)
    post = place_by_hand(only(approve(desk.material(page), desk.head, NOW)), LINK, desk.author, NOW)
    assert mark_publics(post, "", desk.author, NOW).in_publics_system
