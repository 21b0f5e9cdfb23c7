"""A material from its first word to its place: written, agreed in order, planned, out by hand, taken off."""

from datetime import UTC, datetime, timedelta

import pytest

from otklik.accounts.models import Body, Notice, Role, User
from otklik.accounts.models import Post as Position
from otklik.accounts.services import Appointment, give_role
from otklik.audit.models import JournalEntry
from otklik.channels.models import Outgoing
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.outreach.content.models import Material, Post
from otklik.outreach.content.rules import Figure
from otklik.outreach.content.selectors import (
    materials_of,
    posts_about,
    posts_of,
    totals,
    waiting_for_approval,
)
from otklik.outreach.content.services import (
    add_page,
    agree,
    approve,
    change_material,
    change_post,
    note_reach,
    place_by_hand,
    place_due,
    plan,
    send_back,
    set_rubric,
    set_template,
    settle,
    submit,
    withdraw,
    withdraw_post,
)
from otklik.outreach.content.tests.conftest import NOW, TEXT, Desk, only
from otklik.outreach.models import OfficialPage, Publication

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
LINK = "https://vk.example.org/wall-1_2"


def test_it_writes_a_version_for_every_page(desk: Desk) -> None:
    vk, site = desk.page("vk", "1"), desk.page("site")
    figures = [Figure("карточек за неделю", "12", "/cases/")]
    material = desk.material(
        vk, site, vk, rubric="works", audience="owners", hashtags="вода", topic_key="water", figures=figures
    )
    assert (material.number, material.state, material.origin) == (1, "draft", "analysis")
    assert (str(material.rubric), str(material.audience)) == (
        "Работы и отключения",
        "Собственники домов и квартир",
    )
    assert material.figures == [{"words": "карточек за неделю", "value": "12", "link": "/cases/"}]
    texts = {post.page.network: post.text for post in material.posts.select_related("page")}
    assert texts == {"vk": f"{TEXT}\n\n#вода", "site": TEXT}
    assert set(material.posts.values_list("state", "planned_at")) == {("draft", None)}
    assert desk.material(vk).number == 2


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"text": "  "}, "Напишите текст"),
        ({"title": ""}, "Назовите материал"),
        ({"rubric": "unknown"}, "рубрики нет"),
        ({"audience": "unknown"}, "группы нет"),
    ],
)
def test_it_writes_nothing_by_halves(more: dict[str, str], refusal: str, desk: Desk) -> None:
    page = desk.page("vk", "1")
    with pytest.raises(Refused, match=refusal):
        desk.material(page, at=None, **more)
    assert not Material.objects.exists()


def test_it_does_not_write_for_a_closed_page(desk: Desk) -> None:
    page = desk.page("vk", "1", closed_on=NOW.date(), close_reason="закрыта")
    with pytest.raises(Refused, match="закрыта"):
        desk.material(page)


def test_it_adapts_anew_what_nobody_touched(desk: Desk) -> None:
    material = desk.material(desk.page("vk", "1"), desk.page("ok", "2"))
    by_hand = Post.objects.get(material=material, page__network="ok")
    change_post(by_hand, "Своими словами.", None, 1, desk.author, NOW)
    with pytest.raises(Refused, match="тем временем изменили"):
        change_post(by_hand, "Ещё раз.", None, 1, desk.author, NOW)
    change_material(material, {"text": "Вода вернулась."}, 1, desk.author, NOW)
    texts = {post.page.network: post.text for post in material.posts.select_related("page")}
    assert texts == {"vk": "Вода вернулась.", "ok": "Своими словами."}
    with pytest.raises(Refused, match="изменил кто-то другой"):
        change_material(material, {"text": "Опять."}, 1, desk.author, NOW)


def position(desk: Desk, title: str, *people: User) -> Position:
    body, _ = Body.objects.get_or_create(
        municipality=desk.place, key="centre", defaults={"name": "МЦУ", "short_name": "МЦУ", "kind": "centre"}
    )
    post = Position.objects.create(municipality=desk.place, key=title, title=title, body=body)
    role, _ = Role.objects.get_or_create(municipality=desk.place, key="any", defaults={"title": "роль"})
    for user in people:
        give_role(user, Appointment(role, NOW.date(), post=post), None)
    return post


def test_it_goes_by_its_route(desk: Desk) -> None:
    lawyer, deputy = position(desk, "lawyer", desk.author), position(desk, "deputy", desk.head)
    material = submit(desk.material(desk.page("vk", "1")), desk.author, NOW, [lawyer, deputy])
    assert list(waiting_for_approval(desk.place)) == [material]
    with pytest.raises(Refused, match="очередь другой должности: lawyer"):
        agree(material, desk.head, NOW)
    with pytest.raises(Refused, match="не согласовала должность «lawyer»"):
        approve(material, desk.head, NOW)
    agree(material, desk.author, NOW)
    approve(material, desk.head, NOW)
    assert not material.steps.filter(agreed_at=None).exists()
    assert only(material).state == "by_hand"


def test_it_comes_back_with_a_reason_and_goes_again(desk: Desk) -> None:
    material = submit(desk.material(desk.page("vk", "1"), at=LATER), desk.author, NOW)
    with pytest.raises(Refused, match="что исправить"):
        send_back(material, " ", desk.head, NOW)
    material = send_back(material, "нет телефона", desk.head, NOW)
    assert (material.state, material.returned_why, only(material).state) == ("draft", "нет телефона", "draft")
    approve(submit(material, desk.author, NOW), desk.head, NOW)
    assert only(material).state == "approved"


def test_it_agrees_to_nothing_that_cannot_go_out(desk: Desk) -> None:
    with pytest.raises(Refused, match="ни одной страницы"):
        submit(desk.material(), desk.author, NOW)
    long = desk.material(desk.page("max", "5"), text="я" * 4001)
    with pytest.raises(Refused, match="Страница max: Длиннее"):
        approve(long, desk.head, NOW)


def test_it_keeps_the_plan(desk: Desk) -> None:
    material = desk.material(desk.page("vk", "1"), at=LATER)
    approve(material, desk.head, NOW)
    post = plan(only(material), LATER + timedelta(hours=1), desk.author, NOW)
    assert only(material).planned_at == LATER + timedelta(hours=1)
    # As the clock of the town shows it.
    assert post.moves.get(deed="planned").words == "20.10.2026, 20:00"
    assert place_due(desk.place, LATER) == 0
    assert only(material).state == "approved"
    place_due(desk.place, LATER + timedelta(hours=1))
    assert only(material).state == "by_hand"
    with pytest.raises(Refused, match="ещё не вышли"):
        plan(only(material), LATER, desk.author, NOW)
    with pytest.raises(Refused, match="уже прошло"):
        plan(only(desk.material(desk.page("ok", "1"))), NOW - timedelta(minutes=1), desk.author, NOW)


def test_it_is_placed_by_hand_with_a_link(desk: Desk) -> None:
    page = desk.page("vk", "1")
    material = approve(desk.material(page, about="risk:12"), desk.head, NOW)
    post = only(material)
    assert post.state == "by_hand"
    told = Notice.objects.get(municipality=desk.place)
    assert (told.permission, told.link) == ("outreach.publish", f"/content/posts/{post.pk}/")
    assert not Outgoing.objects.exists()
    with pytest.raises(Refused, match="ссылку"):
        place_by_hand(post, "на стене", desk.author, NOW)
    post = place_by_hand(post, LINK, desk.author, NOW)
    assert (post.state, post.link, post.placed_at) == ("placed", LINK, NOW)
    assert OfficialPage.objects.get(pk=page.pk).last_post_at == NOW
    assert list(posts_about(desk.place, "risk:12")) == [post]
    register = Publication.objects.get(municipality=desk.place)
    assert (register.url, register.about, register.kind) == (LINK, "risk:12", "official_page")
    with pytest.raises(Refused, match="Обновите страницу"):
        place_by_hand(post, LINK, desk.author, NOW)
    codes = list(JournalEntry.objects.order_by("number").values_list("code", flat=True))
    assert [code for code in codes if code.startswith("content.")] == [
        "content.written",
        "content.approved",
        "content.placed",
    ]


def test_it_sends_a_letter_to_the_editor_of_the_site(desk: Desk) -> None:
    site = desk.page("site", "redaktor@example.org", desk.channel("email"))
    post = only(approve(desk.material(site), desk.head, NOW))
    letter = Outgoing.objects.get()
    assert (post.state, letter.recipient, letter.body) == ("by_hand", "redaktor@example.org", TEXT)
    assert place_by_hand(post, "https://site.example.org/1", desk.author, NOW).state == "placed"


def test_a_letter_of_what_was_taken_off_does_not_leave(desk: Desk) -> None:
    site = desk.page("site", "redaktor@example.org", desk.channel("email"))
    post = only(approve(desk.material(site), desk.head, NOW))
    withdraw_post(post, "передумали", desk.author, NOW)
    assert not Outgoing.objects.exists()


def test_what_came_back_leaves_with_its_new_words(desk: Desk) -> None:
    material = desk.material(desk.page("vk", "1", desk.channel("vk", pages=[{"group_id": 1}])))
    approve(material, desk.head, NOW)
    Outgoing.objects.update(state="by_hand", error="ВКонтакте не принял запись.")
    settle(desk.place, NOW)
    assert only(material).state == "by_hand"
    send_back(material, "короче", desk.head, NOW)
    change_post(only(material), "Вода вернулась.", None, 1, desk.author, NOW)
    approve(material, desk.head, NOW)
    post = only(material)
    assert post.outgoing is not None
    assert (post.state, post.outgoing.state, post.outgoing.body) == ("sending", "waiting", "Вода вернулась.")
    assert list(Outgoing.objects.order_by("pk").values_list("key", flat=True)) == [
        f"post:{post.pk}",
        f"post:{post.pk}:2",
    ]


def test_it_takes_off_what_is_not_out(desk: Desk) -> None:
    vk, ok = desk.page("vk", "1"), desk.page("ok", "2")
    material = approve(desk.material(vk, ok, at=LATER), desk.head, NOW)
    first, second = material.posts.order_by("pk")
    withdraw_post(second, "уже писали", desk.author, NOW)
    place_by_hand(first, LINK, desk.author, NOW)
    with pytest.raises(Refused, match="уже вышла"):
        withdraw_post(first, "передумали", desk.author, NOW)
    with pytest.raises(Refused, match="уже вышла"):
        send_back(material, "передумали", desk.head, NOW)
    withdraw(material, "передумали", desk.author, NOW)
    assert sorted(material.posts.values_list("state", flat=True)) == ["placed", "withdrawn"]


def test_it_gets_one_more_page_while_a_draft(desk: Desk) -> None:
    vk, ok = desk.page("vk", "1"), desk.page("ok", "2")
    material = desk.material(vk)
    add_page(material, ok, None, desk.author, NOW)
    with pytest.raises(Refused, match="уже есть"):
        add_page(material, ok, None, desk.author, NOW)
    with pytest.raises(Refused, match="уже прошло"):
        add_page(material, desk.page("max", "3"), NOW - timedelta(minutes=1), desk.author, NOW)
    found = materials_of(desk.place).get()
    assert [post.page for post in vars(found)["versions"]] == [vk, ok]


def test_it_never_sends_an_exercise(desk: Desk) -> None:
    page = desk.page("vk", "1", desk.channel("vk", pages=[{"group_id": 1}]))
    material = approve(desk.material(page, about="risk:1", is_exercise=True), desk.head, NOW)
    post = only(material)
    assert (post.state, Outgoing.objects.count()) == ("by_hand", 0)
    place_by_hand(post, LINK, desk.author, NOW)
    assert not Publication.objects.exists()
    assert not posts_of(desk.place).exists()


def test_it_notes_what_a_person_saw(desk: Desk) -> None:
    post = only(approve(desk.material(desk.page("vk", "1")), desk.head, NOW))
    with pytest.raises(Refused, match="вышедшей"):
        note_reach(post, {"views": 5}, desk.author, NOW)
    post = place_by_hand(post, LINK, desk.author, NOW)
    with pytest.raises(Refused, match="хотя бы одно"):
        note_reach(post, {}, desk.author, NOW)
    note_reach(post, {"views": 100, "likes": 3}, desk.author, NOW)
    note_reach(post, {"views": 250}, desk.author, LATER)
    today = Period(NOW.date(), NOW.date())
    numbers = {"posts": 1, "views": 250, "likes": 3, "comments": 0, "reposts": 0}
    assert totals(desk.place, today) == numbers
    tomorrow = today.until + timedelta(days=1)
    assert totals(desk.place, Period(tomorrow, tomorrow)) == dict.fromkeys(numbers, 0)


@pytest.mark.parametrize("key", ["", "Дворы", "two words", "a" * 41])
def test_a_rubric_needs_a_short_key(key: str, desk: Desk) -> None:
    with pytest.raises(Refused, match="короткий ключ"):
        set_rubric(desk.place, key, "Дворы", desk.author)
    assert set_rubric(desk.place, "yards", "Дворы", desk.author).title == "Дворы"


def test_it_keeps_templates(desk: Desk) -> None:
    made = set_template(desk.place, "Вода", "Воды не будет: {адреса}", "works", desk.author, NOW)
    again = set_template(desk.place, "Вода", "Нет воды: {адреса}", "works", desk.author, NOW)
    assert (made.pk, again.text) == (again.pk, "Нет воды: {адреса}")
    with pytest.raises(Refused, match="Назовите шаблон"):
        set_template(desk.place, "", "", "", desk.author, datetime.now(UTC))
