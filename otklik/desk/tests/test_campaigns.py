"""Campaigns on the desk: the year of threats, a start in one step, the card to its approval, who sees what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Post, User
from otklik.common.today import today_in
from otklik.outreach.models import OfficialPage
from otklik.risks.campaigns.models import Campaign, CampaignCall, CampaignStep, Revision, Threat
from otklik.topics.models import Topic
from tests.town import SINCE, Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]
KEEPS = ["risks.view", "risks.work"]
APPROVES = ["risks.view", "outreach.approve"]


def page_of(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"desk:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def do(client: Client, name: str, *args: object, **data: Any) -> str:
    """Post the words; `status` among them is the answer's, a redirect when none is named."""
    status = data.pop("status", 302)
    answer = client.post(reverse(f"desk:{name}", args=args), data)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def official_page(town: Town) -> OfficialPage:
    return OfficialPage.objects.create(
        municipality=town.municipality,
        title="Страница района",
        network="vk",
        url="https://vk.com/borovichi",
        organisation="Администрация",
        opened_on=SINCE,
    )


def test_an_empty_calendar_offers_the_starter_and_is_looked_through(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("keeper", KEEPS))
    assert "Начните с готового перечня" in page_of(client, "threats")
    do(client, "threats_adopt")
    shown = page_of(client, "threats", query="?year=2027")
    assert (
        "2027 год" in shown
        and "<svg" in shown
        and "Паводок и ледоход" in shown
        and "начальный текст" in shown
    )
    assert page_of(client, "threats", query="?year=abc").count("ribbon__season") >= 30
    do(client, "threats_revise", status=422, words=" ")
    do(client, "threats_revise", words="перечень подходит")
    assert Revision.objects.get().threats == 40
    reader = enter(town.user_with("reader", ["risks.view"]))
    assert "Взять начальный перечень" not in page_of(reader, "threats")
    assert reader.post(reverse("desk:threats_revise"), {"words": "x"}).status_code == 404


def test_a_threat_is_changed_taken_off_and_put_back(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("keeper", KEEPS))
    words = {
        "title": "Лужи у школы",
        "kind": "yearly",
        "gist": "Дети промокают",
        "begin_day": 1,
        "begin_month": 9,
        "end_day": 31,
        "end_month": 10,
        "warn_weeks": 2,
        "topics": ["storm-drains"],
    }
    do(client, "threat_new", status=422, **{**words, "end_day": 31, "end_month": 11})
    do(client, "threat_new", **words)
    threat = Threat.objects.get()
    assert (threat.begins, threat.ends, threat.begins_by) == ("09-01", "10-31", "fixed")
    assert "Лужи у школы" in page_of(client, "threat", threat.pk)
    assert 'value="31"' in page_of(client, "threat_edit", threat.pk)
    do(client, "threat_edit", threat.pk, **{**words, "gist": "Дети приходят мокрые"}, version=1)
    again = do(client, "threat_edit", threat.pk, status=422, **{**words, "gist": "Мокрые ноги"}, version=1)
    assert "Мокрые ноги" in again and 'name="version" value="2"' in again, (
        "the text stays and may be sent again"
    )
    do(client, "threat_deed", threat.pk, "off", why="осушили")
    assert "исключена: осушили" in page_of(client, "threats")
    do(client, "threat_deed", threat.pk, "back")
    threat.refresh_from_db()
    assert threat.is_on and threat.gist == "Дети приходят мокрые"


def test_a_campaign_goes_from_a_call_to_approval_on_the_desk(town: Town, enter: Enter) -> None:
    keeper, curator = town.user_with("keeper", KEEPS), town.user_with("curator", APPROVES)
    client, page = enter(keeper), official_page(town)
    today = today_in(town.municipality)
    topic = Topic.objects.get(key="stray-dogs")
    days = {"since": today.isoformat(), "until": (today + timedelta(days=30)).isoformat()}
    do(client, "campaign_call_new", topic=topic.pk, why="пишут из трёх сёл", **days)
    call = CampaignCall.objects.get()
    listed = page_of(client, "campaigns")
    assert "пишут из трёх сёл" in listed and "просит одна тема" in listed
    assert "Передать в алерт-чат" not in listed  # this charter names no chat
    assert "Бездомные собаки" in page_of(client, "campaign_new")
    do(client, "campaign_start", "call", call.pk)
    campaign = Campaign.objects.get()
    card = page_of(client, "campaign", campaign.pk)
    assert "Назовите ответственную должность" in card and "нет текста записи" in card
    step = CampaignStep.objects.get()
    told = {
        "kind": "post",
        "title": "О собаках",
        "text": "Заявки на отлов по телефону 112.",
        "day": (today + timedelta(days=2)).isoformat(),
        "hour": "10:00",
        "pages": [page.pk],
    }
    assert "О собаках" not in page_of(client, "campaign_step", step.pk)
    do(client, "campaign_step", step.pk, **told)
    do(client, "campaign_step_new", campaign.pk, **{**told, "kind": "print", "title": "Памятка"})
    post = Post.objects.filter(municipality=town.municipality).order_by("pk")[0]
    head = {
        "title": "О собаках",
        "aim": "Жители знают, куда звонить",
        "ground": "пишут",
        "audience": "жители",
        "post": post.pk,
        "topics": ["stray-dogs"],
        **days,
        "watch_since": today.isoformat(),
        "watch_until": (today + timedelta(days=60)).isoformat(),
        "version": campaign.version,
    }
    assert "пишут из трёх сёл" in page_of(client, "campaign_edit", campaign.pk)
    campaign.refresh_from_db()
    do(client, "campaign_edit", campaign.pk, **{**head, "version": campaign.version})
    do(client, "campaign_deed", campaign.pk, "send")
    do(client, "campaign_deed", campaign.pk, "approve", status=422)
    boss = enter(curator)
    assert "Утвердить" in page_of(boss, "campaign", campaign.pk)
    do(boss, "campaign_deed", campaign.pk, "approve")
    card = page_of(client, "campaign", campaign.pk)
    assert "Страница района: ждёт времени" in card and "Недостаточно данных" in card
    leaflet = CampaignStep.objects.get(kind="print")
    report = reverse("desk:campaign_step_deed", args=[leaflet.pk, "done"])
    assert report in card and report not in page_of(boss, "campaign", campaign.pk)
    do(client, "campaign_step_deed", leaflet.pk, "done", status=422, result="")
    do(client, "campaign_step_deed", leaflet.pk, "done", result="развесили")
    do(client, "campaign_step_deed", step.pk, "drop", why="собак забрали")
    do(client, "campaign_deed", campaign.pk, "part", stage="carry", why="обошёл дворы")
    do(client, "campaign_deed", campaign.pk, "finish", why="звонков стало меньше")
    assert "завершена" in page_of(client, "campaigns", query="?show=done")
    assert page_of(client, "campaigns", query="?show=all&page=7").count("О собаках") == 1


def test_a_post_named_in_a_campaign_sees_it_and_a_stranger_does_not(town: Town, enter: Enter) -> None:
    client = enter(town.user_with("keeper", KEEPS))
    today = today_in(town.municipality)
    head = {
        "title": "Снег",
        "aim": "цель",
        "ground": "зима",
        "audience": "жители",
        "since": today.isoformat(),
        "until": today.isoformat(),
        "watch_since": today.isoformat(),
        "watch_until": today.isoformat(),
    }
    do(client, "campaign_own", status=422, **{**head, "until": (today - timedelta(days=1)).isoformat()})
    do(client, "campaign_own", **head)
    campaign = Campaign.objects.get()
    stranger = enter(town.user_with("stranger", ["cases.view"]))
    assert stranger.get(reverse("desk:campaign", args=[campaign.pk])).status_code == 404
    post = Post.objects.filter(municipality=town.municipality).order_by("pk")[0]
    holder = town.user_with("holder", ["cases.view"])
    holder.holdings.update(post=post)
    Campaign.objects.update(post=post, made_at=timezone.now())
    assert "Снег" in page_of(enter(holder), "campaign", campaign.pk)
    do(client, "campaign_deed", campaign.pk, "cancel", why="снега не будет")
    assert "Отменена: снега не будет" in page_of(client, "campaign", campaign.pk)
