"""A post of ours on VK, OK, Telegram and MAX: once with its link, whatever the line does; its picture; its reach."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from otklik.accounts.models import Notice, User
from otklik.channels.models import Outgoing
from otklik.channels.services import mark_placed
from otklik.channels.services.delivery import deliver_waiting
from otklik.channels.services.mending import send_all_again
from otklik.channels.tests.conftest import place as place
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.content.models import MediaItem, Post, PostReach
from otklik.outreach.content.services import (
    add_picture,
    approve,
    gather_reach,
    place_by_hand,
    settle,
    try_again,
    write,
)
from otklik.outreach.content.services.reach import note_reach
from tests.channels.posting import CHANNEL, MAKES, POSTS, Wall
from tests.channels.posting import wall as opened
from tests.fakes.max import Max
from tests.fakes.network import Network
from tests.fakes.ok import Ok
from tests.fakes.service import Service
from tests.fakes.telegram import Telegram
from tests.fakes.vk import Vk

pytestmark = pytest.mark.django_db
TEXT = "С 9 до 17 часов на Заречной не будет воды.\n\nПодвоз — к школе. Телефон аварийной службы 112."
LINKS = {
    "vk": r"https://vk\.com/wall-7_\d+",
    "ok": r"https://ok\.ru/group/570/topic/\d+",
    "telegram": r"https://t\.me/okrug/\d+",
    "max": r"https://max\.ru/okrug/\d+#mid\.\w+",
}


@pytest.fixture(scope="module")
def networks() -> Iterator[dict[str, Service]]:
    services = {name: make() for name, make in MAKES.items()}
    with Network(*services.values()):
        yield services


@pytest.fixture
def author(place: Municipality, settings: Settings) -> User:
    settings.OUTSIDE_ALLOWED = ["127.0.0.1"]
    return User.objects.create(username="posts-author", password="!")


@pytest.fixture(params=sorted(MAKES))
def wall(request: pytest.FixtureRequest, networks: dict[str, Service], place: Municipality) -> Wall:
    return opened(networks[request.param], place)


def one(networks: dict[str, Service], name: str, place: Municipality) -> Wall:
    return opened(networks[name], place)


def out(wall: Wall, author: User, text: str = TEXT, picture: MediaItem | None = None) -> Post:
    """A post agreed to and on its way."""
    material = write(
        wall.page.municipality,
        title="Отключение",
        text=text,
        pages=[wall.page],
        at=None,
        by=author,
        picture=picture,
    )
    approve(material, author)
    return Post.objects.get(material=material)


def a_picture(place: Municipality, author: User) -> MediaItem:
    content = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(content, "JPEG")
    words = {"title": "Вода", "alt": "Кран", "source": "свой"}
    return add_picture(place, content.getvalue(), "voda", by=author, now=timezone.now(), **words)


def deliver(wall: Wall, ahead: timedelta = timedelta(0)) -> None:
    """One turn of both timers, by a clock that is ahead."""
    now = timezone.now() + ahead
    deliver_waiting(wall.page.municipality, now)
    settle(wall.page.municipality, now)


def ended(post: Post) -> Post:
    post.refresh_from_db()
    return post


def test_it_goes_out_with_its_link(wall: Wall, author: User) -> None:
    post = out(wall, author)
    assert post.state == "sending"
    deliver(wall)
    assert (ended(post).state, wall.posts) == ("placed", [TEXT])
    assert post.placed_at is not None
    assert re.fullmatch(LINKS[wall.service.name], post.link)
    deliver(wall, timedelta(hours=1))
    assert len(wall.posts) == 1


@pytest.mark.parametrize("trouble", ["fail", "outage"])
def test_it_waits_while_the_network_is_shut(trouble: str, wall: Wall, author: User) -> None:
    post = out(wall, author)
    getattr(wall.service.faults, trouble)()
    deliver(wall)
    assert (ended(post).state, wall.posts) == ("sending", [])
    wall.service.faults.clear()
    deliver(wall, timedelta(hours=1))
    assert (ended(post).state, wall.posts) == ("placed", [TEXT])


@pytest.mark.parametrize("trouble", ["lose_answer", "half_body"])
def test_it_never_goes_out_twice_though_the_answer_is_lost(trouble: str, wall: Wall, author: User) -> None:
    post = out(wall, author)
    getattr(wall.service.faults, trouble)(only=POSTS[wall.service.name])
    deliver(wall)
    wall.service.faults.clear()
    deliver(wall, timedelta(hours=1))
    assert wall.posts == [TEXT]
    # Telegram lets no bot look: a person does.
    assert ended(post).state == ("failed" if wall.service.name == "telegram" else "placed")


def test_a_person_looks_where_the_machine_cannot(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "telegram", place)
    post, other = out(wall, author), out(wall, author, "Другая запись без воды.")
    wall.service.faults.lose_answer(times=2, only=POSTS["telegram"])
    deliver(wall)
    assert "посмотрите" in ended(post).error
    place_by_hand(post, "https://t.me/okrug/5", author, timezone.now())
    wall.service.posted.pop()
    try_again(ended(other), author, timezone.now())
    deliver(wall, timedelta(minutes=1))
    assert (ended(post).state, ended(other).state) == ("placed", "placed")
    assert len(wall.posts) == 2


def test_it_is_not_repeated_blindly_without_a_key_to_look(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "vk", place)
    wall.channel.secrets.filter(name="service_token").delete()
    post = out(wall, author)
    wall.service.faults.lose_answer(only=POSTS["vk"])
    deliver(wall)
    Outgoing.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    deliver(wall, timedelta(hours=1))
    assert (ended(post).state, len(wall.posts)) == ("failed", 1)
    assert "посмотрите" in post.error


def test_a_word_of_a_person_is_enough_where_nothing_can_be_looked_at(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "vk", place)
    wall.channel.secrets.filter(name="service_token").delete()
    post = out(wall, author)
    Outgoing.objects.update(state="dead", created_at=timezone.now() - timedelta(hours=2))
    deliver(wall)
    try_again(ended(post), author, timezone.now())
    deliver(wall, timedelta(minutes=1))
    assert (ended(post).state, wall.posts) == ("placed", [TEXT])


def test_it_looks_before_it_is_sent_again_by_hand(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "vk", place)
    post = out(wall, author)
    wall.service.faults.lose_answer(only=POSTS["vk"])
    deliver(wall)
    Outgoing.objects.update(state="dead", tries=9, created_at=timezone.now() - timedelta(minutes=1))
    deliver(wall)
    with pytest.raises(Refused, match="проверьте по одной"):
        send_all_again(wall.channel, author, timezone.now())
    Outgoing.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    try_again(ended(post), author, timezone.now())
    deliver(wall, timedelta(minutes=1))
    assert (ended(post).state, wall.posts) == ("placed", [TEXT])


def test_what_was_marked_on_the_page_of_the_channel_is_out(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "telegram", place)
    post = out(wall, author)
    wall.service.faults.lose_answer(only=POSTS["telegram"])
    deliver(wall)
    assert Notice.objects.get(municipality=place).link == f"/content/posts/{post.pk}/"
    mark_placed(Outgoing.objects.get(), "https://t.me/okrug/9", author, timezone.now())
    deliver(wall)
    assert (ended(post).state, post.link) == ("placed", "https://t.me/okrug/9")


def test_it_looks_at_no_shape_it_cannot_read(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "ok", place)
    ok = wall.service
    assert isinstance(ok, Ok)
    post = out(wall, author)
    ok.faults.fail(only=POSTS["ok"])
    deliver(wall)
    ok.group("570").posts[ok.post("570")] = {
        "created_ms": int(timezone.now().timestamp() * 1000),
        "media": None,
    }
    deliver(wall, timedelta(hours=1))
    assert (ended(post).state, wall.posts) == ("failed", [])


def test_the_same_words_of_last_month_are_another_post(wall: Wall, author: User) -> None:
    service = wall.service
    if isinstance(service, Vk):
        service.community(7).posts[service.post(7, TEXT)]["date"] -= 30 * 86400
    elif isinstance(service, Ok):
        old = service.put_out(service.group("570"), [{"type": "text", "text": TEXT}])
        service.group("570").posts[old]["created_ms"] -= 30 * 86400 * 1000
    elif isinstance(service, Max):
        service.line(None, TEXT, CHANNEL).at -= 30 * 86400
    post = out(wall, author)
    service.faults.fail()
    deliver(wall)
    deliver(wall, timedelta(hours=1))
    assert (ended(post).state, wall.posts) == ("placed", [TEXT])


def test_it_knows_its_post_though_the_clock_of_the_network_is_behind(wall: Wall, author: User) -> None:
    service = wall.service
    post = out(wall, author)
    service.faults.lose_answer(only=POSTS[service.name])
    deliver(wall)
    service.faults.clear()
    if isinstance(service, Vk):
        for told in service.community(7).posts.values():
            told["date"] -= 60
    elif isinstance(service, Ok):
        for told in service.group("570").posts.values():
            told["created_ms"] -= 60_000
    elif isinstance(service, Max):
        service.lines_of(CHANNEL)[0].at -= 60
    deliver(wall, timedelta(hours=1))
    assert wall.posts == [TEXT]
    assert ended(post).state == ("failed" if service.name == "telegram" else "placed")


def test_it_goes_out_with_its_picture(wall: Wall, author: User) -> None:
    item = a_picture(wall.page.municipality, author)
    post = out(wall, author, picture=item)
    deliver(wall)
    assert ended(post).state == "placed"
    service = wall.service
    told = service.posted[0]
    if isinstance(service, Vk):
        assert told.more["files"].startswith("photo-7_")
    elif isinstance(service, Ok):
        media = service.group("570").posts[told.identifier]["media"]
        assert media[1] == {"type": "photo", "list": [{"id": "token-of-voda.jpg"}]}
    else:
        assert len(told.more["photos"]) == 1


def test_a_picture_of_vk_goes_as_a_document_without_a_key_of_an_administrator(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "vk", place)
    wall.channel.secrets.filter(name="editor_token").delete()
    item = a_picture(place, author)
    out(wall, author, picture=item)
    deliver(wall)
    assert wall.service.posted[0].more["files"].startswith("doc-7_")


def test_what_a_network_will_not_do_goes_to_a_person(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    vk, telegram = one(networks, "vk", place), one(networks, "telegram", place)
    posts = [out(vk, author), out(telegram, author)]
    assert isinstance(vk.service, Vk)
    assert isinstance(telegram.service, Telegram)
    vk.service.refuse(214)
    telegram.service.town.chats[CHANNEL].blocked = True
    deliver(vk)
    assert [ended(post).state for post in posts] == ["by_hand", "by_hand"]
    assert "право ключа на стену" in posts[0].error
    assert "администратором" in posts[1].error


def test_a_page_unknown_to_its_account_goes_to_a_person(wall: Wall, author: User) -> None:
    wall.page.outer_id = "чужая"
    wall.page.save()
    post = out(wall, author)
    deliver(wall)
    assert (ended(post).state, wall.posts) == ("by_hand", [])


def test_reach_is_gathered_in_its_time(wall: Wall, author: User) -> None:
    service = wall.service
    post = out(wall, author)
    deliver(wall)
    begin = ended(post).placed_at
    assert begin is not None
    if isinstance(service, Vk):
        made = service.community(7).posts[int(post.link.rpartition("_")[2])]
        made |= {"views": {"count": 120}, "likes": {"count": 4}, "reposts": {"count": 1}}
    elif isinstance(service, Max):
        service.views = 55
    assert gather(wall, begin + timedelta(hours=1)) == []
    told = {
        "vk": [("2h", 120, 4, 0, 1)],
        "ok": [("2h", None, 7, 0, 2)],
        "max": [("2h", 55, None, None, None)],
        "telegram": [],
    }[service.name]
    assert gather(wall, begin + timedelta(hours=2)) == told
    assert gather(wall, begin + timedelta(hours=3)) == told
    assert len(gather(wall, begin + timedelta(hours=25))) == len(told) * 2
    assert len(gather(wall, begin + timedelta(days=8))) == len(told) * 3
    note_reach(post, {"views": 300}, author, begin + timedelta(days=9))


def gather(wall: Wall, now: datetime) -> list[tuple[object, ...]]:
    gather_reach(wall.page.municipality, now)
    rows = PostReach.objects.order_by("at", "pk")
    return list(rows.values_list("mark", "views", "likes", "comments", "reposts"))


def test_the_newest_is_asked_of_first(
    networks: dict[str, Service], place: Municipality, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = one(networks, "vk", place)
    old, new = out(wall, author), out(wall, author, "Другая запись.")
    deliver(wall)
    now = ended(new).placed_at
    assert now is not None
    Post.objects.filter(pk=old.pk).update(placed_at=now - timedelta(days=8))
    gather_reach(place, now + timedelta(hours=2), limit=1)
    assert PostReach.objects.get().post == new


def test_a_network_that_is_shut_is_asked_again_later(
    networks: dict[str, Service], place: Municipality, author: User
) -> None:
    wall = one(networks, "vk", place)
    post = out(wall, author)
    deliver(wall)
    begin = ended(post).placed_at
    assert begin is not None
    wall.service.faults.fail()
    assert gather(wall, begin + timedelta(hours=2)) == []
    assert len(gather(wall, begin + timedelta(hours=3))) == 1
