"""Ускорение on the desk: from a proposal of the flow to a mechanism in force and its cases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.desk.tests.stale_form import keeps_what_was_typed
from otklik.problems.fast_track.models import Measure, Mechanism, Proposal
from otklik.topics.models import Topic
from tests.town import Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
SEES = ["analytics.view", "cases.view", "problems.recommend", "problems.manage"]


def page_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def proposed(town: Town) -> Proposal:
    topic = town.case(PIT).topic
    assert topic is not None
    today = timezone.localdate()
    return Proposal.objects.create(
        municipality=town.municipality,
        topic=topic,
        body=town.bodies[1],
        since=today - timedelta(days=89),
        until=today,
        reason="За 90 дней 20 карточек, повторных 6",
        at=timezone.now(),
    )


def form_for(topic: Topic, town: Town, **more: object) -> dict[str, object]:
    return {
        "title": "Ямы быстрее",
        "ground": "пишут каждую неделю",
        "topics": [topic.key],
        "body": town.bodies[1].pk,
        "register": 1,
        "study": 4,
        "draft": 2,
        "send": 1,
        "whole_days": 12,
        **more,
    }


def test_a_proposal_becomes_a_mechanism_in_force(town: Town, enter: Enter) -> None:
    proposal = proposed(town)
    client = enter(town.user_with("curator", SEES))
    assert "повторных 6" in page_of(client, "fast_track")
    asked = client.get(f"{reverse('desk:mechanism_new')}?proposal={proposal.pk}")
    assert "За 90 дней 20 карточек" in asked.content.decode()
    long = form_for(proposal.topic, town, whole_days=40, proposal=proposal.pk)
    assert client.post(reverse("desk:mechanism_new"), long).status_code == 422
    made = client.post(reverse("desk:mechanism_new"), form_for(proposal.topic, town, proposal=proposal.pk))
    assert made.status_code == 302
    mechanism = Mechanism.objects.get()
    proposal.refresh_from_db()
    assert (proposal.state, mechanism.whole_days) == ("taken", 12)
    address = reverse("desk:mechanism_approve", args=[mechanism.pk])
    assert client.post(address, {"version": mechanism.version}).status_code == 422
    for kind in ("organisational", "technical"):
        client.post(reverse("desk:fast_measure_new", args=[mechanism.pk]), {"kind": kind, "text": "Сделать"})
    measure = Measure.objects.order_by("pk").first()
    assert measure is not None
    client.post(reverse("desk:fast_measure_done", args=[measure.pk]), {"result": "сделано"})
    assert client.post(address, {"version": mechanism.version}).status_code == 302
    case = town.case(PIT)
    shown = page_of(client, "mechanism", mechanism.pk)
    assert "действует" in shown and case.number in shown and "Недостаточно данных" in shown
    stop = reverse("desk:mechanism_stop", args=[mechanism.pk])
    assert client.post(stop, {"words": ""}).status_code == 422
    assert client.post(stop, {"words": "больше не нужен"}).status_code == 302
    assert "остановлен" in page_of(client, "mechanism", mechanism.pk)


def test_a_draft_is_changed_and_a_proposal_refused(town: Town, enter: Enter) -> None:
    proposal = proposed(town)
    client = enter(town.user_with("writer", ["problems.recommend"]))
    client.post(reverse("desk:mechanism_new"), form_for(proposal.topic, town))
    mechanism = Mechanism.objects.get()
    edit = reverse("desk:mechanism_edit", args=[mechanism.pk])
    assert "Ямы быстрее" in page_of(client, "mechanism_edit", mechanism.pk)
    theirs = form_for(proposal.topic, town, title="Ямы за месяц")
    mine = form_for(proposal.topic, town, title="Ямы за неделю")
    keeps_what_was_typed(client, edit, theirs, mine, "Ямы за неделю")
    assert Mechanism.objects.get().title == "Ямы за неделю"
    assert client.post(reverse("desk:mechanism_approve", args=[mechanism.pk])).status_code == 404
    refuse = reverse("desk:fast_proposal_refuse", args=[proposal.pk])
    assert client.post(refuse, {"words": ""}).status_code == 422
    assert client.post(refuse, {"words": "ремонт уже идёт"}).status_code == 302
    assert "повторных 6" not in page_of(client, "fast_track")


def test_an_empty_screen_says_what_a_mechanism_is(town: Town, enter: Enter) -> None:
    shown = page_of(enter(town.user_with("reader", ["analytics.view"])), "fast_track")
    assert "Механизмов ещё нет" in shown and "Составить механизм" not in shown
