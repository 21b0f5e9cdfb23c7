"""Calm mode: everything planned is held with a reason, the emergency's own goes out, the rest comes back one by one."""

from datetime import timedelta

import pytest

from otklik.channels.models import Outgoing
from otklik.common.errors import Refused
from otklik.outreach.content.models import Material, Post
from otklik.outreach.content.selectors import calm_of, held_posts
from otklik.outreach.content.services import (
    approve,
    end_calm,
    let_go,
    place_due,
    send_back,
    settle,
    start_calm,
    try_again,
    withdraw_post,
)
from otklik.outreach.content.tests.conftest import NOW, Desk, only

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
WHY = "Авария на теплотрассе"


def planned(desk: Desk, **more: object) -> Material:
    page = desk.page("vk", f"{Post.objects.count() + 1}")
    return approve(desk.material(page, at=LATER, **more), desk.head, NOW)


def state(material: Material) -> str:
    return only(material).state


def test_it_holds_everything_but_the_emergency(desk: Desk) -> None:
    usual, campaign = planned(desk), planned(desk, about="campaign:1")
    risk, own = planned(desk, about="risk:3"), planned(desk, passes_calm=True)
    draft = desk.material(desk.page("ok", "9"), at=LATER)
    calm = start_calm(desk.place, WHY, desk.head, NOW)
    assert [state(one) for one in (usual, campaign, risk, own, draft)] == [
        "held",
        "held",
        "approved",
        "approved",
        "draft",
    ]
    assert [post.held_why for post in held_posts(desk.place)] == [WHY, WHY]
    assert calm_of(desk.place) == calm
    with pytest.raises(Refused, match="уже включён"):
        start_calm(desk.place, WHY, desk.head, NOW)
    place_due(desk.place, LATER)
    assert [state(one) for one in (usual, risk, own)] == ["held", "by_hand", "by_hand"]


def test_it_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(Refused, match="из-за чего"):
        start_calm(desk.place, " ", desk.head, NOW)
    with pytest.raises(Refused, match="не включён"):
        end_calm(desk.place, desk.head, NOW)


def test_it_holds_what_is_agreed_meanwhile(desk: Desk) -> None:
    start_calm(desk.place, WHY, desk.head, NOW)
    at_once = approve(desk.material(desk.page("vk", "1")), desk.head, NOW)
    urgent = approve(desk.material(desk.page("vk", "2"), about="risk:1"), desk.head, NOW)
    assert (state(at_once), state(urgent)) == ("held", "by_hand")


def test_it_returns_them_one_by_one(desk: Desk) -> None:
    first, second = planned(desk), planned(desk)
    start_calm(desk.place, WHY, desk.head, NOW)
    end_calm(desk.place, desk.head, LATER)
    assert (state(first), state(second)) == ("held", "held")
    tomorrow = LATER + timedelta(days=1)
    with pytest.raises(Refused, match="уже прошло"):
        let_go(only(first), NOW, desk.head, LATER)
    post = let_go(only(first), tomorrow, desk.head, LATER)
    assert (post.state, post.planned_at, post.held_why) == ("approved", tomorrow, "")
    assert state(second) == "held"
    withdraw_post(only(second), "устарело", desk.head, LATER)
    assert state(second) == "withdrawn"


def test_it_lets_one_go_during_the_mode_with_a_reason(desk: Desk) -> None:
    material = planned(desk)
    start_calm(desk.place, WHY, desk.head, NOW)
    with pytest.raises(Refused, match="почему эта запись нужна сейчас"):
        let_go(only(material), None, desk.head, NOW)
    let_go(only(material), None, desk.head, NOW, "график подвоза воды")
    place_due(desk.place, LATER)
    assert state(material) == "by_hand"


def on_its_way(desk: Desk) -> Post:
    page = desk.page("vk", "1", desk.channel("vk", pages=[{"group_id": 1}]))
    post = only(approve(desk.material(page), desk.head, NOW))
    assert post.state == "sending"
    return post


def test_it_stops_what_has_not_left_yet(desk: Desk) -> None:
    post = on_its_way(desk)
    start_calm(desk.place, WHY, desk.head, NOW)
    post.refresh_from_db()
    assert (post.state, post.outgoing, Outgoing.objects.count()) == ("held", None, 0)
    end_calm(desk.place, desk.head, NOW)
    let_go(post, None, desk.head, NOW)
    place_due(desk.place, NOW)
    assert Outgoing.objects.get().key == f"post:{post.pk}"


def test_it_sets_aside_what_was_tried_in_vain_and_goes_on_under_the_same_key(desk: Desk) -> None:
    post = on_its_way(desk)
    Outgoing.objects.update(tries=2)
    start_calm(desk.place, WHY, desk.head, NOW)
    post.refresh_from_db()
    outgoing = Outgoing.objects.get()
    assert (post.state, outgoing.state) == ("held", "by_hand")
    end_calm(desk.place, desk.head, NOW)
    post = let_go(post, LATER, desk.head, NOW)
    outgoing.refresh_from_db()
    assert (post.state, outgoing.state, outgoing.tries, outgoing.next_try_at) == (
        "sending",
        "waiting",
        2,
        LATER,
    )


def test_what_was_tried_in_vain_is_not_written_anew(desk: Desk) -> None:
    post = on_its_way(desk)
    Outgoing.objects.update(tries=2)
    start_calm(desk.place, WHY, desk.head, NOW)
    with pytest.raises(Refused, match="уже пробовали отправить"):
        send_back(post.material, "короче", desk.head, NOW)


def test_it_sends_nothing_again_while_the_mode_is_on(desk: Desk) -> None:
    post = on_its_way(desk)
    Outgoing.objects.update(state="dead", error="Прошлая попытка оборвалась.")
    settle(desk.place, NOW)
    start_calm(desk.place, WHY, desk.head, NOW)
    with pytest.raises(Refused, match="Включён режим тишины"):
        try_again(post, desk.head, NOW)
    end_calm(desk.place, desk.head, NOW)
    assert try_again(post, desk.head, NOW).state == "sending"


def test_it_does_not_hold_what_is_being_sent(desk: Desk) -> None:
    post = on_its_way(desk)
    Outgoing.objects.update(state="sending")
    start_calm(desk.place, WHY, desk.head, NOW)
    post.refresh_from_db()
    assert post.state == "sending"
    with pytest.raises(Refused, match="уже вышла или выходит"):
        withdraw_post(post, "стоп", desk.head, NOW)
