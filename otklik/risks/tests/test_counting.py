"""What counts and what never does: speed by level, topic and page, exercises, grounds of decisions, clauses."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.outreach.content.models import Material
from otklik.risks import prefill, services
from otklik.risks.deciding import for_decision
from otklik.risks.figures import Speed, speeds, summary
from otklik.risks.models import Alert, Risk
from otklik.risks.selectors import for_list
from otklik.risks.services import Figures, PageText
from otklik.risks.tests.cast import CALM, HOUR, LOW, MINUTE, NOW, TEXT, Cast, fresh
from otklik.topics.models import Topic

pytestmark = pytest.mark.django_db
MONTH = Period(NOW.date().replace(day=1), NOW.date().replace(day=31))
DAY = 24 * HOUR
KEYS = (
    "risks.register", "risks.found", "risks.verified", "risks.unknown_facts", "risks.measures", "risks.criticality",
    "risks.placement", "risks.reaction", "risks.closed", "risks.compensation", "risks.reaction_speed",
)  # fmt: skip


def test_it_counts_how_quickly_the_centre_tells_verifies_and_answers(cast: Cast) -> None:
    cast.closed(topic=Topic.objects.get(key="road-potholes"))
    late = cast.found(LOW)
    services.tell_chat(late, cast.officer, NOW + 9 * HOUR)
    end = NOW + 70 * HOUR
    by_level = speeds(cast.whose, MONTH, "level", end)
    assert [one.title for one in by_level] == ["высокий", "низкий"]
    high, low = by_level
    assert high.speeds["alert"] == Speed(started=1, done=1, in_time=1, minutes=5.0)
    assert high.speeds["verify"].minutes == 20.0 and high.speeds["first_word"].minutes == 40.0
    assert low.speeds["alert"] == Speed(started=1, done=1, in_time=0, minutes=540.0)
    assert low.speeds["verify"] == Speed(started=1)
    titles = {one.title for one in speeds(cast.whose, MONTH, "topic", end)}
    assert titles == {"не указано", Topic.objects.get(key="road-potholes").title}


def test_the_period_in_numbers(cast: Cast) -> None:
    page = services.watch_page(
        cast.whose, PageText("local_pages", "Паблик", "https://vk.com/x"), cast.officer, NOW
    )
    services.log_look(page, 0, cast.officer, NOW)
    services.return_to_work(cast.answered(), "ответ сняли", cast.officer, NOW + HOUR)
    cast.found(LOW)
    found = summary(cast.whose, MONTH, NOW + 15 * DAY)
    assert (found.found, found.closed, found.open_now, found.returned, found.looks) == (2, 0, 2, 1, 1)
    assert found.missing_looks == 11


def test_a_look_is_missed_on_past_days_of_the_watch_alone(cast: Cast) -> None:
    page = services.watch_page(
        cast.whose, PageText("local_pages", "Паблик", "https://vk.com/x"), cast.officer, NOW - 6 * DAY
    )
    assert summary(cast.whose, MONTH, NOW).missing_looks == 6
    services.leave_page(page, "закрылась", cast.officer, NOW)
    assert summary(cast.whose, MONTH, NOW + 15 * DAY).missing_looks == 7


def whole_way(cast: Cast, drill: bool) -> Risk:
    """Everything the procedure asks for, done once."""
    risk = cast.in_work(drill=drill)
    services.note_unknown(risk, "кто брал пробу", "водоканал", cast.officer, NOW)
    services.add_measure(risk, "taken", "подвезли воду", cast.officer, NOW)
    services.tell(risk, "глава", cast.officer, NOW)
    services.answer(risk, TEXT, cast.officer, NOW + 30 * MINUTE)
    cast.stands(risk)
    services.placed(risk, cast.officer, NOW + 45 * MINUTE)
    services.report(risk, cast.officer, NOW + 50 * MINUTE)
    services.observe(risk, CALM, cast.officer, NOW + 60 * HOUR)
    services.compensate(risk, "О воде", "Страница", "https://vk.com/wall-1_5", cast.officer, NOW + 60 * HOUR)
    return services.close(risk, cast.officer, NOW + 60 * HOUR)


def test_an_exercise_goes_the_whole_way_and_counts_nowhere(cast: Cast) -> None:
    risk = whole_way(cast, drill=True)
    assert (risk.state, risk.number, str(risk)) == ("closed", 1, "№ 1 (учебный)")
    assert all(one.drill for one in Alert.objects.filter(risk=risk))
    proved = {key: found.count for key in KEYS if (found := evidence_for(key, cast.whose, MONTH)) is not None}
    assert [key for key, count in proved.items() if count] == []
    assert summary(cast.whose, MONTH, NOW).found == 0 and speeds(cast.whose, MONTH, "level", NOW) == []
    assert cast.found().number == 1
    with pytest.raises(Refused, match="По учебному риску решений не принимают"):
        services.begin_roadmap(risk, cast.officer, NOW)


def test_the_text_of_an_exercise_is_an_exercise_for_the_content_plan(cast: Cast) -> None:
    risk = cast.in_work(drill=True)
    services.answer(risk, TEXT, cast.officer, NOW + HOUR, [cast.page()])
    assert Material.objects.get(about=risk.about).is_exercise


def test_grave_late_and_repeated_risks_are_grounds_of_decisions(cast: Cast) -> None:
    grave, late, quiet = cast.found(), cast.found(LOW), cast.found(LOW, now=NOW + 70 * HOUR)
    grounds = for_decision(cast.whose, NOW + 70 * HOUR)
    assert [one.risk for one in grounds] == [grave, late]
    assert "просрочен срок отработки" in grounds[1].reason
    assert quiet not in [one.risk for one in grounds]


def test_a_risk_begins_a_roadmap_once(cast: Cast) -> None:
    risk = cast.found(topic=Topic.objects.get(key="road-potholes"))
    roadmap = services.begin_roadmap(risk, cast.officer, NOW + 61 * HOUR)
    assert (roadmap.title, roadmap.topics, risk.roadmaps.get().roadmap) == (
        "Качество воды",
        ["road-potholes"],
        roadmap,
    )
    with pytest.raises(Refused, match="уже начата"):
        services.begin_roadmap(risk, cast.officer, NOW + 61 * HOUR)


def test_the_level_is_proposed_again_as_the_card_grows(cast: Cast) -> None:
    risk = cast.found(LOW, text="Вода ржавая", reach=Figures(views=100, reactions=2))
    assert prefill.level_now(risk, NOW).level_key == "low"
    services.add_reach(risk, Figures(views=350, reactions=30), cast.officer, NOW + HOUR)
    assert prefill.level_now(risk, NOW + HOUR).level_key == "high"
    services.add_reach(risk, Figures(views=900, reactions=300), cast.officer, NOW + 2 * HOUR)
    found = prefill.level_now(risk, NOW + 2 * HOUR)
    assert (found.level_key, "больше 50 реакций в час" in found.reason) == ("critical", True)


def test_a_case_becomes_a_risk_by_the_proposal_as_it_stands(cast: Cast) -> None:
    case = cast.town.case("Взрыв газа на улице Советской, есть пострадавшие", "vk", NOW)
    seen = prefill.from_case(case)
    level = prefill.proposed(prefill.level_for(cast.whose, replace(seen, link=""), NOW))
    risk = services.found(cast.whose, seen, level, cast.officer, NOW)
    assert (risk.level_key, risk.level_criteria) == ("critical", ["угроза жизни или здоровью"])
    services.link(risk, cast.officer, NOW, case=cast.town.case("Пахнет газом", "vk", NOW))
    assert risk.cases.count() == 2
    with pytest.raises(Refused, match="уже есть"):
        services.link(risk, cast.officer, NOW, case=case)
    assert fresh(risk).state == "found"


def test_a_list_costs_one_query_whatever_it_holds(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        cast.found()
    with django_assert_num_queries(1):
        rows = list(for_list(Risk.objects.filter(municipality=cast.whose)))
    assert [(one.next_due, one.views, one.cases_count) for one in rows] == [(NOW + 30 * MINUTE, 420, 0)] * 3
