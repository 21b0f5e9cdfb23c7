"""Coordination by hand: the forms write what the services keep, and screens say it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from otklik.accounts.models import Holding, Post, User
from otklik.charter.permissions import PERMISSIONS
from otklik.common.periods import write_period
from otklik.common.today import today_in
from otklik.office.coordination.models import Affair, CompositionAct, Inquiry, VisaSheet, WorkPlan
from otklik.office.coordination.rules import plan_period
from otklik.topics.models import Block
from tests.town import Town

Enter = Callable[[User], Client]


@pytest.fixture
def desk(town: Town, enter: Enter) -> Client:
    """Somebody who may do everything."""
    return enter(town.user_with("everything", sorted(PERMISSIONS)))


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, *args: object, **data: object) -> int:
    return client.post(reverse(f"desk:{name}", args=args), data).status_code


def test_it_makes_a_plan_by_hand(town: Town, desk: Client) -> None:
    period = plan_period(today_in(town.municipality))
    assert "Плана на эти дни нет" in page(desk, "plans")
    assert send(desk, "plan_draft", period=write_period(period)) == 302
    plan = WorkPlan.objects.get(municipality=town.municipality)
    assert "проект" in page(desk, "plan", plan.pk)
    assert send(desk, "plan_item_new", plan.pk, text="", due="") == 422
    post = Post.objects.filter(municipality=town.municipality).order_by("pk")[0]
    said = {"text": "Сверить телефоны", "due": period.until.isoformat(), "post": post.pk}
    assert send(desk, "plan_item_new", plan.pk, **said) == 302
    item = plan.items.get(text="Сверить телефоны")
    assert send(desk, "plan_item_deed", item.pk, "edit", **{**said, "text": "Сверить адреса"}) == 302
    plan.items.filter(post=None).update(post=post)
    assert send(desk, "plan_approve", plan.pk) == 302
    assert send(desk, "plan_item_deed", item.pk, "done", proof="Сверено", link="/people/") == 302
    shown = page(desk, "plan", plan.pk)
    assert "Сверить адреса" in shown and "Сверено" in shown and "исполнено 1 из" in shown
    for form in ("docx", "pdf"):
        assert desk.get(reverse("desk:plan_file", args=[plan.pk, form])).status_code == 200


def test_it_asks_by_hand_and_shows_a_body_only_its_own_part(town: Town, desk: Client, enter: Enter) -> None:
    due = (today_in(town.municipality) + timedelta(days=5)).isoformat()
    bodies = [town.bodies[0].pk, town.bodies[1].pk]
    said = {"kind": "reference", "title": "Отопление", "text": "Какие дома без тепла?", "due": due}
    assert send(desk, "inquiry_ask", **said) == 422
    assert send(desk, "inquiry_ask", **said, number="нет-такой", bodies=bodies) == 422
    assert send(desk, "inquiry_ask", **said, bodies=bodies) == 302
    made = Inquiry.objects.get(municipality=town.municipality)
    assert "Отопление" in page(desk, "requests")
    boris = enter(town.boris)
    shown = page(boris, "inquiry", made.pk)
    assert f"part-{made.parts.get(body=town.bodies[0]).pk}" in shown
    assert f"part-{made.parts.get(body=town.bodies[1]).pk}" not in shown
    part = made.parts.get(body=town.bodies[0])
    assert send(boris, "inquiry_deed", made.pk, "answer", part=part.pk, text="Все с теплом") == 302
    assert enter(town.gleb).get(reverse("desk:inquiry", args=[made.pk])).status_code == 404
    assert send(desk, "inquiry_deed", made.pk, "assemble", text="Итог") == 422
    assert send(desk, "inquiry_deed", made.pk, "withdraw", text="ошиблись домом") == 302


@pytest.mark.parametrize("kind", ["outer_meeting", "training", "cooperation", "support", "process"])
def test_it_writes_down_an_affair_of_each_kind(town: Town, desk: Client, kind: str) -> None:
    today = today_in(town.municipality).isoformat()
    posts = list(
        Post.objects.filter(municipality=town.municipality).order_by("pk").values_list("pk", flat=True)[:2]
    )
    said = {"title": "Сверка", "day": today, "with_whom": "ЦУР", "means": "rooms", "posts": posts}
    assert send(desk, "affair_new", kind, title="", day="") == 422
    assert send(desk, "affair_new", kind, **said) == 302
    made = Affair.objects.get(municipality=town.municipality)
    result = {"day": today, "result": "Сверили", "came": posts[:1]}
    assert send(desk, "affair_deed", made.pk, "hold", **result) == 302
    assert "Сверили" in page(desk, "affair", made.pk) and "Сверили" in page(desk, "affairs", kind)


def test_it_goes_round_the_blocks_and_names_acts_by_hand(town: Town, desk: Client, enter: Enter) -> None:
    block = Block.objects.filter(municipality=town.municipality).order_by("position")[0]
    due = (today_in(town.municipality) + timedelta(days=5)).isoformat()
    assert send(desk, "visa_new", title="Порядок", text="Текст", due=due) == 422
    assert send(desk, "visa_new", title="Порядок", text="Текст", due=due, blocks=[block.key]) == 302
    sheet = VisaSheet.objects.get(municipality=town.municipality)
    assert "ещё нет визы" in page(desk, "visa", sheet.pk) and "0 из 1" in page(desk, "visas")
    head = town.user_with("head-of-block", ["accounts.name_specialists", "office.attend"])
    Holding.objects.filter(user=head).update(block_key=block.key)
    visa = sheet.visas.get()
    assert send(enter(head), "visa_deed", sheet.pk, "put", visa=visa.pk, decision="agreed") == 302
    assert "не назван акт" in page(desk, "people_history")
    today = today_in(town.municipality).isoformat()
    act = {"kind": "распоряжение", "number": "1", "day": today, "since": today, "title": "О составе"}
    assert send(desk, "people_act", **act) == 422
    changes = [f"begun:{one.pk}" for one in Holding.objects.filter(municipality=town.municipality)]
    assert send(desk, "people_act", **act, changes=changes) == 302
    assert CompositionAct.objects.get(municipality=town.municipality).lines.count() == len(changes)
    assert "У каждого изменения" in page(desk, "people_history")


def test_it_finds_who_decides_by_a_word(desk: Client) -> None:
    whole, found = page(desk, "competence"), desk.get(reverse("desk:competence"), {"q": "дороги"})
    assert len(found.content) < len(whole.encode())
    assert "По этим словам тем нет" in desk.get(reverse("desk:competence"), {"q": "ъъъ"}).content.decode()
