"""A campaign from the list of threats to the appeals it saved, through the alert chat and the content plan."""

from datetime import datetime, timedelta

import pytest

from otklik.accounts.models import Notice
from otklik.audit.models import JournalEntry
from otklik.channels.models import Outgoing
from otklik.charter.evidence import evidence_for
from otklik.charter.services import change_parameter
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.outreach.content.models import Material, Post
from otklik.outreach.content.services import place_by_hand
from otklik.problems.models import Problem
from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import CampaignCall, CampaignStep, EffectCount, Participation, Threat
from otklik.risks.campaigns.selectors import climate_of, coming, revision_is_due
from otklik.risks.campaigns.services import StepText, ThreatText
from otklik.risks.campaigns.tests.cast import MONDAY, NOW, TEXT, TODAY, WEEK, Cast
from otklik.topics.models import Topic

pytestmark = pytest.mark.django_db
LINK = "https://vk.com/wall-1_1"


def proof(cast: Cast, key: str) -> int:
    found = evidence_for(f"risks.{key}", cast.whose, Period(TODAY - timedelta(days=60), TODAY + 20 * WEEK))
    assert found is not None
    return found.count


def test_the_calendar_calls_the_chat_hears_and_a_campaign_begins_in_one_step(cast: Cast) -> None:
    cast.threat()
    cast.plant({"road-snow": [3] * 60})
    made = services.propose(cast.whose, NOW + WEEK)
    assert {one.threat.key for one in made if one.threat} >= {"first-ice", "flu", "darkness"}
    assert services.propose(cast.whose, NOW + WEEK) == []
    assert Notice.objects.filter(municipality=cast.whose, permission="risks.work").count() == 1
    call = next(one for one in made if one.threat is not None and one.threat.key == "first-ice")
    assert "В прошлый сезон" in call.reason.replace("\xa0", " ")
    services.tell_chat(call, cast.officer, NOW)
    call.refresh_from_db()
    sent = Outgoing.objects.get(about=call.about)
    assert "Первый гололёд" in sent.body and call.state == "told" and proof(cast, "campaign_calls") == 1
    with pytest.raises(Refused, match="уже сказано"):
        services.tell_chat(call, cast.officer, NOW)
    campaign = services.start_from(call, cast.officer, NOW)
    call.refresh_from_db()
    assert (call.state, campaign.source, campaign.topics) == (
        "started",
        "calendar",
        ["road-snow", "pavement-snow"],
    )
    assert [one.kind for one in campaign.steps.all()].count("post") == 2
    assert Participation.objects.get(campaign=campaign).is_officer and proof(cast, "campaigns") == 1
    with pytest.raises(Refused, match="уже в работе"):
        services.start_from(cast.threat("first-ice"), cast.officer, NOW)
    with pytest.raises(Refused, match="Кампания не готова"):
        services.send(campaign, [], cast.officer, NOW)


def test_a_call_is_refused_once_and_a_growing_topic_calls_by_itself(cast: Cast) -> None:
    past = [5] * 60
    # Last year this topic rose now, so it is foretold to rise again.
    past[8:14] = [25] * 6
    cast.plant({"stray-dogs": past, "road-potholes": [20] * 60})
    made = services.propose(cast.whose, NOW)
    assert [one.source for one in made] == ["forecast"]
    assert made[0].topic is not None and made[0].topic.key == "stray-dogs"
    with pytest.raises(Refused, match="почему не нужна"):
        services.refuse_call(made[0], " ", cast.officer, NOW)
    services.refuse_call(made[0], "отлов уже заказан", cast.officer, NOW)
    assert services.propose(cast.whose, NOW) == []
    with pytest.raises(Refused, match="решено, что кампания не нужна"):
        services.tell_chat(CampaignCall.objects.get(pk=made[0].pk), cast.officer, NOW)


def test_a_campaign_runs_from_visas_to_its_result(cast: Cast) -> None:
    steps = [
        StepText("post", "График уборки", NOW + timedelta(days=1), "Звоните: [телефон]", pages=[cast.page]),
        StepText("print", "Памятка", NOW + timedelta(days=2)),
    ]
    made = services.start(cast.whose, cast.text(), cast.officer, NOW, steps=steps)
    with pytest.raises(Refused, match=r"заполните \[телефон\]"):
        services.send(made, [], cast.officer, NOW)
    post = CampaignStep.objects.get(campaign=made, kind="post")
    services.change_step(
        post, StepText("post", "График", NOW + timedelta(days=1), TEXT, pages=[cast.page]), cast.officer, NOW
    )
    holder = cast.holder
    services.send(made, [cast.post], cast.officer, NOW)
    with pytest.raises(Refused, match="ещё не согласовала"):
        services.approve(made, cast.curator, NOW)
    services.decide(made, False, "назовите улицы", holder, NOW)
    made.refresh_from_db()
    assert made.state == "draft" and "назовите улицы" in made.state_reason
    services.send(made, [cast.post], cast.officer, NOW)
    services.decide(made, True, "", holder, NOW)
    with pytest.raises(Refused, match="согласует публикации"):
        services.approve(made, cast.officer, NOW)
    services.approve(made, cast.curator, NOW)
    post.refresh_from_db()
    assert post.state == "placed" and Material.objects.get().about == made.about
    assert Post.objects.get().state == "approved"
    with pytest.raises(Refused, match="Сначала закройте шаги"):
        services.finish(made, "готово", cast.officer, NOW)
    place_by_hand(Post.objects.get(), LINK, cast.officer, NOW + timedelta(days=1))
    assert services.settle_posts(cast.whose, NOW + timedelta(days=1)) == 1
    leaflet = CampaignStep.objects.get(campaign=made, kind="print")
    services.report_step(
        leaflet, "развесили", "https://vk.com/wall-1_2", cast.holder, NOW + timedelta(days=2)
    )
    post.refresh_from_db()
    assert (post.state, post.link) == ("done", LINK) and proof(cast, "campaigns_held") == 2
    done = services.finish(made, "все знают график", cast.officer, NOW + timedelta(days=3))
    assert done.state == "done"
    codes = set(JournalEntry.objects.filter(code__startswith="campaigns.").values_list("code", flat=True))
    assert {"campaigns.approved", "campaigns.step_done", "campaigns.finished", "campaigns.returned"} <= codes


def test_appeals_saved_are_counted_against_the_forecast_frozen_on_approval(cast: Cast) -> None:
    cast.plant({"road-snow": [20] * 112, "lamps-broken": [60] * 112})
    campaign = cast.running()
    assert campaign.expected["weeks"] == 8 and campaign.expected["sums"][7][0] == pytest.approx(160, rel=0.05)
    assert services.count_effect(campaign, NOW) is None
    later = NOW + 9 * WEEK
    cast.plant({"road-snow": [6] * 9, "lamps-broken": [60] * 9}, later)
    assert services.watch_effects(cast.whose, later) == services.watch_effects(cast.whose, later) == 1
    effect = EffectCount.objects.get(campaign=campaign)
    assert (
        effect.verdict == "proved"
        and effect.came == 48
        and effect.until == MONDAY + 8 * WEEK - timedelta(days=1)
    )
    assert effect.low is not None and 0 < effect.low < (effect.avoided or 0) < (effect.high or 0)
    assert "меньше" in effect.against
    before = dict(campaign.expected)
    campaign.refresh_from_db()
    assert campaign.expected == before


def test_a_town_without_history_hears_that_data_is_not_enough(cast: Cast) -> None:
    cast.plant({"road-snow": [5] * 4})
    campaign = cast.running()
    assert "Недостаточно данных" in campaign.expected["why_not"]
    assert services.count_effect(campaign, NOW + 9 * WEEK) is None


def test_days_written_by_hand_stand_and_others_move_with_the_climate(cast: Cast) -> None:
    snow = cast.threat()
    shown = ("11-25", "03-05")
    text = ThreatText(snow.title, snow.kind, snow.gist, "11-15", "03-05", topics=snow.topics)
    changed = services.change_threat(snow, text, shown, snow.version, cast.officer, NOW)
    assert (changed.begins, changed.begins_by, changed.ends_by) == ("11-15", "fixed", "spring")
    for key, weeks in (("climate.spring_weeks", 6), ("climate.autumn_weeks", -4)):
        change_parameter(cast.whose, key, weeks, "приказ", cast.town.vera, TODAY)
    found = coming(changed, TODAY, climate_of(cast.whose))
    assert found is not None and (found.period.since.isoformat(), found.period.until.isoformat()) == (
        "2026-11-15",
        "2027-04-16",
    )
    with pytest.raises(Refused, match="изменил кто-то другой"):
        services.change_threat(changed, text, shown, 1, cast.officer, NOW)
    assert revision_is_due(cast.whose, TODAY)
    services.revise(cast.whose, "подвинули снег", cast.officer, NOW)
    assert not revision_is_due(cast.whose, TODAY) and proof(cast, "threats") == 1
    services.take_off(Threat.objects.get(key="bathing"), "пляжей нет", cast.officer, NOW)
    with pytest.raises(Refused, match="Весь начальный перечень"):
        services.adopt_starter(cast.whose, cast.officer, NOW)


def test_the_list_is_due_by_the_days_of_the_town(cast: Cast) -> None:
    """Half past midnight here is yesterday by UTC."""
    cast.threat()
    looked = datetime.fromisoformat("2026-07-21T00:30:00+03:00")
    services.revise(cast.whose, "смотрели ночью", cast.officer, looked)
    assert not revision_is_due(cast.whose, TODAY)
    assert services.remind_to_revise(cast.whose, NOW + timedelta(days=1)) == 1
    assert "21\xa0июля 2026" in Notice.objects.get(link="/campaigns/threats/").text


def test_no_person_stands_in_a_plan(cast: Cast) -> None:
    who = "Иванов Иван Петрович, 8 921 123-45-67"
    made = services.start(cast.whose, cast.text(ground=who, aim=who, places=who), cast.officer, NOW)
    told = ThreatText("Лужи", "constant", "Не пройти", "01-01", "12-31", advice=who, check_words=who)
    threat = services.add_threat(cast.whose, told, cast.officer, NOW)
    said = [made.ground, made.aim, made.places, threat.advice, threat.check_words]
    assert all("Иванов" not in one and "123-45-67" not in one for one in said) and all(said)


def test_an_exercise_goes_through_and_proves_nothing(cast: Cast) -> None:
    topic = Topic.objects.get(key="floods")
    call = services.call_by_hand(
        cast.whose, topic, "учения", Period(TODAY, TODAY), cast.officer, NOW, drill=True
    )
    services.tell_chat(call, cast.officer, NOW)
    made = services.start_from(call, cast.officer, NOW)
    assert made.drill and Outgoing.objects.get(about=call.about).body.startswith("УЧЕБНОЕ")
    assert [proof(cast, key) for key in ("campaign_calls", "campaigns", "campaigns_held")] == [0, 0, 0]


def test_a_problem_begins_a_campaign_and_a_cancelled_one_takes_its_posts_off(cast: Cast) -> None:
    problem = Problem.objects.create(
        municipality=cast.whose,
        number="П-1",
        title="Темно у школы",
        source="cases",
        since=TODAY,
        raised_at=NOW,
        topic=Topic.objects.get(key="lamps-broken"),
    )
    made = services.start_from(problem, cast.officer, NOW)
    assert (made.source, made.topics, made.problem) == ("problem", ["lamps-broken"], problem)
    running = cast.running()
    services.cancel(running, "снега не будет", cast.officer, NOW)
    assert Post.objects.get().state == "withdrawn"
    with pytest.raises(Refused, match="другом состоянии"):
        services.finish(running, "итог", cast.officer, NOW)
