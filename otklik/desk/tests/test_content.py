"""Publications on the desk: written, looked at, moved, agreed, held, placed, counted; who sees what."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from otklik.accounts.models import Holding, User
from otklik.accounts.models import Post as Position
from otklik.desk import content_today
from otklik.desk.tests.stale_form import keeps_what_was_typed
from otklik.outreach.content.models import CalmMode, Material, MediaItem, Post, PostTemplate, Rubric
from otklik.outreach.content.services import approve, write
from otklik.outreach.models import OfficialPage
from tests.rights.published import official_page, photo
from tests.town import Town

pytestmark = pytest.mark.django_db
PARTS = {"HX-Request": "true"}
TEXT = "С понедельника ремонтируем дорогу у школы. Объезд — по Садовой."


@pytest.fixture
def page(town: Town) -> OfficialPage:
    return official_page(town)


@pytest.fixture
def keeper(town: Town) -> User:
    return town.user_with("pages", ["outreach.publish", "cases.view", "analytics.view"])


@pytest.fixture
def head(town: Town) -> User:
    return town.user_with("head", ["outreach.approve"])


def days(town: Town, ahead: int, hour: int = 12) -> datetime:
    """A local hour so many days from today."""
    today = timezone.now().astimezone(ZoneInfo(town.municipality.time_zone))
    return (today + timedelta(days=ahead)).replace(hour=hour, minute=0, second=0, microsecond=0)


def draft(
    town: Town, page: OfficialPage, by: User, at: datetime | None = None, title: str = "Дорога"
) -> Post:
    made = write(
        town.municipality,
        title=title,
        text=TEXT,
        pages=[page],
        at=at,
        by=by,
        rubric="works",
        audience="owners",
    )
    return made.posts.get()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\u00a0", " ")


def test_a_material_is_written_for_pages_and_seen_as_they_show_it(
    town: Town, page: OfficialPage, keeper: User, enter: Callable[[User], Client]
) -> None:
    client, site = enter(keeper), official_page(town, "site")
    assert "Составить материал" in text_of(client, "/content/new/?title=Дорога&about=risk:3")
    words = {
        "title": "Дорога",
        "text": TEXT,
        "pages": [page.pk, site.pk],
        "rubric": "works",
        "about": "risk:3",
    }
    looks = client.post("/content/preview/", {**words, "hashtags": "дороги"}, headers=PARTS).content.decode()
    assert looks.count("<article") == 2 and looks.count("#дороги") == 1
    assert client.post("/content/new/", {**words, "pages": []}).status_code == 422
    past = client.post("/content/new/", {**words, "at": "2020-01-01T10:00"})
    assert past.status_code == 422 and "уже прошло" in past.content.decode() and TEXT in past.content.decode()
    at = days(town, 2)
    answer = client.post("/content/new/", {**words, "at": f"{at:%Y-%m-%dT%H:%M}"})
    made = Material.objects.get()
    assert "информационный риск" in text_of(client, "/content/materials/?q=дорог&origin=risk")
    assert answer["Location"] == f"/content/materials/{made.number}/" and made.about == "risk:3"
    assert {one.planned_at for one in made.posts.all()} == {at}
    card = text_of(client, answer["Location"])
    assert "Версии по страницам" in card and "Информационный риск" in card and "из 15" in card
    own = made.posts.get(page=site)
    changed = {"text": f"{TEXT} На сайте — подробности.", "version": own.version}
    assert client.post(f"/content/posts/{own.pk}/text/", changed).status_code == 302
    stale = client.post(f"/content/posts/{own.pk}/text/", changed)
    assert stale.status_code == 422 and "тем временем" in stale.content.decode()
    place, card = f"/content/materials/{made.number}/change/", answer["Location"]
    new = {"title": "Дорога", "text": f"Новое. {TEXT}", "rubric": "works"}
    keeps_what_was_typed(client, place, {**new, "title": "Дороги"}, new, "Новое. ", card)
    assert made.posts.get(page=page).text.startswith("Новое.")
    assert made.posts.get(page=site).text.endswith("подробности.")


def test_a_post_is_moved_on_the_board_and_not_into_the_past(
    town: Town, page: OfficialPage, keeper: User, enter: Callable[[User], Client]
) -> None:
    post, client = draft(town, page, keeper, days(town, 1)), enter(keeper)
    shown = text_of(client, f"/content/?day={days(town, 1):%Y-%m-%d}")
    assert f'data-post="{post.pk}"' in shown and "черновик" in shown
    far = days(town, 30, 15)
    asked = {"at": f"{far:%Y-%m-%dT%H:%M}", "query": "?"}
    answer = client.post(f"/content/posts/{post.pk}/move/", asked, headers=PARTS)
    drawn = answer.content.decode()
    assert answer.status_code == 200 and f"day={far:%Y-%m-%d}" in answer["HX-Push-Url"]
    assert f'data-at="{far:%Y-%m-%dT%H:%M}"' in drawn and 'hx-swap-oob="innerHTML"' in drawn
    post.refresh_from_db()
    assert post.planned_at == far
    past = client.post(f"/content/posts/{post.pk}/move/", {"at": "2020-01-01T10:00"}, headers=PARTS)
    assert past.status_code == 422 and "уже прошло" in past.content.decode()
    odd = client.post(f"/content/posts/{post.pk}/move/", {"at": "когда-нибудь"}, headers=PARTS)
    assert odd.status_code == 422 and "Укажите день и час" in odd.content.decode()
    assert client.post(f"/content/posts/{post.pk}/move/", {"at": ""}).status_code == 302
    assert "Без дня" in text_of(client, "/content/")


def test_the_plan_is_shown_by_months_by_conditions_and_on_paper(
    town: Town, page: OfficialPage, keeper: User, enter: Callable[[User], Client]
) -> None:
    at, client = days(town, 1), enter(keeper)
    draft(town, page, keeper, at, "Горячая вода")
    other = official_page(town, "telegram")
    draft(town, other, keeper, at, "Автобусы")
    month = text_of(client, f"/content/?view=month&day={at:%Y-%m-%d}")
    assert "Горячая вода" in month and "Автобусы" in month and 'class="plan plan--month"' in month
    one = text_of(client, f"/content/?day={at:%Y-%m-%d}&page={other.pk}")
    assert "Автобусы" in one and "Горячая вода" not in one and "Сбросить" in one
    assert "записей нет по этому отбору" in text_of(client, f"/content/?day={at:%Y-%m-%d}&state=held")
    assert "Меньше нормы недели" in text_of(client, f"/content/?day={at:%Y-%m-%d}")
    for form, start in (("xlsx", b"PK"), ("docx", b"PK")):
        assert client.get(f"/content/plan.{form}?day={at:%Y-%m-%d}").content.startswith(start)
    assert client.get("/content/plan.exe").status_code == 404


def test_a_material_goes_by_its_route_to_the_last_yes(
    town: Town, page: OfficialPage, keeper: User, head: User, enter: Callable[[User], Client]
) -> None:
    position = Position.objects.filter(municipality=town.municipality).order_by("pk")[0]
    lawyer = town.user_with("lawyer", ["cases.work"], position.body)
    Holding.objects.filter(user=lawyer).update(post=position)
    post, client, his, last = draft(town, page, keeper), enter(keeper), enter(lawyer), enter(head)
    own = f"/content/materials/{post.material.number}/"
    assert his.get(own).status_code == 404
    assert client.post(f"{own}do/submit/", {"route": [position.pk]}).status_code == 302
    assert "материал для публикации" in text_of(his, "/")
    assert "Вашего слова ждёт 1 материал" in text_of(his, "/content/approval/").replace("<b>", "").replace(
        "</b>", ""
    )
    assert "собственники домов и квартир" in text_of(his, "/content/approval/")
    assert "Вашего слова ничего не ждёт" in text_of(last, "/content/approval/")
    assert client.post(f"{own}do/approve/").status_code == 404
    assert his.post(f"{own}do/agree/").status_code == 302
    assert "Согласовать к публикации" in text_of(last, own)
    back = last.post(f"{own}do/return/", {"why": ""})
    assert back.status_code == 422 and "что исправить" in back.content.decode()
    assert last.post(f"{own}do/return/", {"why": "назовите улицу"}).status_code == 302
    assert "назовите улицу" in text_of(client, own)
    assert client.post(f"{own}do/submit/").status_code == 302
    assert last.post(f"{own}do/approve/").status_code == 302
    post.refresh_from_db()
    assert post.state in ("approved", "by_hand")


def test_calm_mode_holds_the_plan_and_returns_posts_one_by_one(
    town: Town, page: OfficialPage, keeper: User, head: User, enter: Callable[[User], Client]
) -> None:
    post, client = draft(town, page, keeper, days(town, 2)), enter(keeper)
    approve(post.material, head)
    assert "Сейчас придержим 1 запись" in text_of(client, "/content/calm/")
    assert client.post("/content/calm/on/", {"reason": ""}).status_code == 422
    assert client.post("/content/calm/on/", {"reason": "авария на котельной"}).status_code == 302
    post.refresh_from_db()
    assert post.state == "held" and CalmMode.objects.get().ended_at is None
    assert "авария на котельной" in text_of(client, f"/content/?day={days(town, 2):%Y-%m-%d}")
    go = f"/content/posts/{post.pk}/do/let_go/"
    assert "почему эта запись нужна" in client.post(go, {"at": ""}).content.decode()
    assert client.post("/content/calm/off/").status_code == 302
    assert "Вернуть в план" in text_of(client, "/content/calm/")
    assert client.post(go, {"at": "", "back": "calm"})["Location"] == "/content/calm/"
    post.refresh_from_db()
    assert post.state == "approved"


def test_a_post_is_placed_by_hand_with_its_proof_and_its_reach(
    town: Town, page: OfficialPage, keeper: User, head: User, enter: Callable[[User], Client]
) -> None:
    post, client = draft(town, page, keeper), enter(keeper)
    approve(post.material, head)
    own = f"/content/posts/{post.pk}/"
    assert "Разместить руками" in text_of(client, own)
    assert "Разместить руками" in text_of(client, "/")
    assert "https://" in client.post(f"{own}do/place/", {"link": "тут"}).content.decode()
    assert client.post(f"{own}do/place/", {"link": "https://vk.example/wall-1_2"}).status_code == 302
    assert "впишите числа сами" in text_of(client, own)
    assert client.post(f"{own}do/reach/", {"views": "1200", "likes": "14"}).status_code == 302
    card = text_of(client, own).replace("\u202f", " ")
    assert "wall-1_2" in card and "1 200" in card and "вручную" in card
    assert client.post(f"{own}do/reach/", {"views": "-1"}).status_code == 422
    assert "собрали: просмотров 1 200, отметок 14." in text_of(client, "/content/").replace("\u202f", " ")


def test_what_waits_for_hands_does_not_hide_what_goes_out_today(
    town: Town,
    page: OfficialPage,
    keeper: User,
    head: User,
    enter: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(content_today, "MOST", 1)
    for n in range(2):
        approve(draft(town, page, keeper, title=f"Ждёт рук {n}").material, head)
    today = draft(town, page, keeper, days(town, 1), "Запись этого дня")
    approve(today.material, head)
    Post.objects.filter(pk=today.pk).update(planned_at=days(town, 0))
    shown = text_of(enter(keeper), "/")
    assert "Запись этого дня" in shown and "Ждёт рук 0" in shown


def test_pictures_are_kept_with_their_words_and_headings_with_places(
    town: Town, keeper: User, enter: Callable[[User], Client]
) -> None:
    client = enter(keeper)
    bare = {"file": SimpleUploadedFile("a.jpg", photo()), "alt": "", "source": "свой"}
    assert client.post("/content/media/", bare).status_code == 422
    told = {"file": SimpleUploadedFile("a.jpg", photo()), "alt": "дорога у школы", "source": "свой"}
    assert client.post("/content/media/", told).status_code == 302
    item = MediaItem.objects.get()
    assert 'alt="дорога у школы"' in text_of(client, "/content/media/?q=школы")
    assert client.get(f"/content/media/{item.pk}/file/?small").status_code == 200
    assert client.post(f"/content/media/{item.pk}/do/retire/", {"why": "устарел"}).status_code == 302
    assert "Библиотека пуста" in text_of(client, "/content/media/")
    assert client.post("/content/headings/starters/").status_code == 302
    template = {"title": "Вода", "text": "Воды не будет: {адреса}. Работает {кто}.", "rubric": "works"}
    assert client.post("/content/headings/template/", template).status_code == 302
    found = PostTemplate.objects.get()
    filled = text_of(client, f"/content/new/?template={found.pk}&place-0=Садовая, 5")
    assert "Воды не будет: Садовая, 5. Работает {кто}." in filled
    key = Rubric.objects.get(key="people").pk
    assert client.post("/content/headings/close_rubric/", {"key": key}).status_code == 302
    assert "События и люди" not in text_of(client, "/content/headings/")


def test_ideas_are_empty_with_a_reason_and_taken_only_while_they_stand(
    town: Town, page: OfficialPage, keeper: User, enter: Callable[[User], Client]
) -> None:
    client = enter(keeper)
    assert "Предлагать пока нечего" in text_of(client, "/content/ideas/")
    gone = client.post("/content/ideas/take/", {"key": f"topic:waste:{date(2026, 1, 1)}"})
    assert gone.status_code == 422 and "уже нет" in gone.content.decode()


def test_another_role_and_another_town_see_nothing_of_it(
    town: Town, other_town: Town, page: OfficialPage, keeper: User, enter: Callable[[User], Client]
) -> None:
    post = draft(town, page, keeper)
    stranger, guest = enter(other_town.user_with("pages", ["outreach.publish"])), enter(town.boris)
    for client in (stranger, guest):
        assert client.get(f"/content/posts/{post.pk}/").status_code == 404
        assert client.post(f"/content/posts/{post.pk}/move/", {"at": ""}).status_code == 404
    assert guest.get("/content/").status_code == 404 and guest.get("/content/approval/").status_code == 200
