"""Рекомендации, Приоритеты and «Могли решить» on the desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.analytics.services import rebuild
from otklik.cases.models import Answer, Case
from otklik.desk.tests.stale_form import keeps_what_was_typed
from otklik.office.coordination.models import Affair
from otklik.problems.advice.models import Adoption, Advice, Effect, Effort
from otklik.quality.models import ExplainedReview
from otklik.quality.selectors import Looked, explained_by_block
from otklik.topics.models import Block
from tests.town import Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]
PIT = "На улице Гагарина напротив дома {} огромная яма на дороге, пробили колесо. Когда заделаете?"
SEES = ["analytics.view", "cases.view", "problems.recommend", "problems.manage"]


def page_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def given(town: Town, **more: object) -> dict[str, object]:
    return {
        "kind": "practice",
        "title": "Карта уборки снега",
        "text": "Каждое утро выкладываем очередь улиц.",
        "ground": "пятая часть писем зимой о снеге",
        "body": town.bodies[0].pk,
        **more,
    }


def test_a_practice_goes_from_the_form_to_its_effect(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("curator", SEES))
    assert "Каталог пуст" in page_of(client, "advice")
    new = reverse("desk:advice_new")
    outside = given(town, ground_link="https://example.org/")
    assert client.post(new, outside).status_code == 422
    assert client.post(new, given(town, is_urgent="on")).status_code == 422
    assert client.post(new, given(town)).status_code == 302
    advice = Advice.objects.get()
    assert "Карта уборки снега" in page_of(client, "advice_edit", advice.pk)
    edit, ground = reverse("desk:advice_edit", args=[advice.pk]), "каждое пятое письмо зимой о снеге"
    theirs, mine = given(town, title="Карта уборки"), given(town, title="Карта уборки", ground=ground)
    keeps_what_was_typed(client, edit, theirs, mine, ground)
    decide = reverse("desk:advice_decide", args=[advice.pk])
    assert client.post(decide, {"decision": "maybe", "words": "да"}).status_code == 422
    assert client.post(decide, {"decision": "accepted", "words": "берём"}).status_code == 302
    report = {
        "state": "adopted",
        "words": "работает",
        "on": timezone.localdate().isoformat(),
        "block_key": "",
    }
    assert client.post(reverse("desk:advice_adoption", args=[advice.pk]), report).status_code == 302
    effect = {"kind": "economy", "words": "выездов меньше", "source": "справка", "days": "30"}
    assert client.post(reverse("desk:advice_effect", args=[advice.pk]), effect).status_code == 302
    assert (Adoption.objects.count(), Effect.objects.count()) == (1, 1)
    shown = page_of(client, "advice_one", advice.pk)
    assert "внедрено" in shown and "выездов меньше" in shown and "берём" in shown
    assert "Карта уборки" in page_of(client, "advice", q="уборкой", kind="practice", state="accepted")
    assert "Похожие по смыслу" in page_of(client, "advice", q="показать очередь улиц на завтра")
    assert "Таких записей нет" in page_of(client, "advice", kind="digital")


def test_the_head_of_a_block_reports_for_the_own_block_alone(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("curator", SEES))
    client.post(reverse("desk:advice_new"), given(town))
    advice = Advice.objects.get()
    client.post(reverse("desk:advice_decide", args=[advice.pk]), {"decision": "accepted", "words": "берём"})
    head = town.user_with("head-of-block", [], role_key="block_head")
    block = "infrastructure"
    holding = head.holdings.get()
    holding.block_key = block
    holding.save()
    report = {"state": "working", "words": "начали", "on": timezone.localdate().isoformat()}
    address = reverse("desk:advice_adoption", args=[advice.pk])
    assert enter(head).post(address, {**report, "block_key": ""}).status_code == 422
    blocks = page_of(enter(head), "advice_one", advice.pk)
    assert "весь центр</option>" not in blocks


def test_the_board_takes_efforts_and_makes_a_priority(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("curator", SEES))
    for number in range(4):
        town.case(PIT.format(number), now=timezone.now() - timedelta(days=9))
    rebuild(town.municipality)
    topic = Case.objects.filter(municipality=town.municipality).exclude(topic=None)[0].topic
    assert topic is not None
    shown = page_of(client, "priorities")
    assert topic.title in shown and "не оценены" in shown
    rate = reverse("desk:priority_effort", args=[topic.key])
    assert client.post(rate, {"size": "vast"}).status_code == 422
    assert client.post(rate, {"size": "small", "words": "бригада рядом"}).status_code == 302
    assert Effort.objects.get().size == "small"
    make = reverse("desk:priority_make", args=[topic.key])
    said = {"body": str(town.bodies[0].pk), "text": "Заделать до снега"}
    assert client.post(make, said).status_code == 302
    advice = Advice.objects.get()
    assert advice.kind == "priority" and "4 карточки" in advice.ground.replace("\xa0", " ")
    assert f"Приоритет № {advice.number}" in page_of(client, "priorities")
    unknown = reverse("desk:priority_make", args=["no-such-topic"])
    assert client.post(unknown, said).status_code == 422


def explained(town: Town, number: int) -> Case:
    """A solvable case whose answer only explains."""
    case = town.case(PIT.format(number), now=timezone.now() - timedelta(days=3))
    at = timezone.now() - timedelta(days=1)
    Answer.objects.create(
        municipality=town.municipality,
        case=case,
        version=1,
        kind="explained",
        text="Ремонт возможен при наличии средств.",
        state="sent",
        author=town.boris,
        signed_at=at,
        sent_at=at,
    )
    Case.objects.filter(pk=case.pk).update(
        solvable=True, result="explained", state="sent", answered_at=at, body=town.bodies[0]
    )
    return Case.objects.get(pk=case.pk)


def test_a_verdict_leads_to_a_recommendation_or_to_another_order_of_work(town: Town, enter: Enter) -> None:
    cases = [explained(town, number) for number in range(3)]
    plain = enter(town.user_with("checker", ["quality.check", "cases.view"]))
    assert "меняем порядок" not in page_of(plain, "could_solve")
    said = {"words": "яму можно заделать", "text": "Спросить подрядчика до ответа"}
    address = reverse("desk:solvable_review", args=[cases[0].number])
    assert plain.post(address, {**said, "decision": "could"}).status_code == 422
    head = town.user_with(
        "head", ["quality.check", "cases.view", "problems.recommend", "office.attend", "office.organise"]
    )
    client = enter(head)
    shown = page_of(client, "could_solve")
    assert "при наличии средств" in shown and cases[0].number in shown
    assert client.post(address, {"decision": "could", "words": "можно", "text": ""}).status_code == 422
    assert client.post(address, {**said, "decision": "could", "kind": "optimisation"}).status_code == 302
    advice = Advice.objects.get()
    assert (advice.kind, advice.body) == ("optimisation", town.bodies[0])
    assert advice.review == ExplainedReview.objects.get(decision="could")
    change = reverse("desk:solvable_review", args=[cases[1].number])
    assert client.post(change, {**said, "decision": "process"}).status_code == 302
    assert Affair.objects.get().kind == "process"
    right = reverse("desk:solvable_review", args=[cases[2].number])
    assert client.post(right, {"decision": "right", "words": "средств нет"}).status_code == 302
    shown = page_of(client, "could_solve")
    assert "Очередь пуста" in shown and f"Рекомендация № {advice.number}" in shown
    own = {case.block_key for case in cases}
    assert (
        explained_by_block(town.municipality, Case.objects.all()) == {own.pop(): Looked(0, 3, 2)} and not own
    )


def test_the_queue_of_explanations_is_gone_through_by_blocks(town: Town, enter: Enter) -> None:
    cases = [explained(town, number) for number in range(3)]
    block, other = Block.objects.filter(municipality=town.municipality).order_by("position")[:2]
    for case, key in zip(cases, (block.key, block.key, other.key), strict=True):
        Case.objects.filter(pk=case.pk).update(block_key=key)
    client = enter(town.user_with("checker", ["quality.check", "cases.view"]))
    shown = client.get(reverse("desk:could_solve"), {"block": other.key})
    assert [row["case"] for row in shown.context["rows"]] == [cases[2]]
    told = [(key, one.waiting) for key, _, one in shown.context["blocks"]]
    assert (told, shown.context["waiting"]) == ([(block.key, 2), (other.key, 1)], 1)
    assert client.get(reverse("desk:could_solve"), {"block": "nothing"}).context["waiting"] == 3
