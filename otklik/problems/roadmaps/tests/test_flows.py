"""A roadmap and the flow: the effect proved, the flow that comes back, evidence by rows."""

from datetime import timedelta

import pytest

from otklik.accounts.models import Notice
from otklik.analytics.models import DayFact
from otklik.charter.evidence import Evidence, evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.places.models import Settlement
from otklik.problems.models import Problem
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import Aim, Roadmap
from otklik.problems.roadmaps.tests.cast import NOW, TODAY, TOPIC, Cast, done

pytestmark = pytest.mark.django_db
PERIOD = Period(TODAY - timedelta(days=400), TODAY)


def plant(cast: Cast, weeks: int, mine: list[int], other: list[int]) -> tuple[Settlement, Settlement]:
    """Facts of two settlements by weeks, the oldest first, up to last week; months are made of them."""
    town = cast.town.municipality
    here, there = Settlement.objects.filter(municipality=town).order_by("pk")[:2]
    monday = TODAY - timedelta(days=TODAY.weekday())
    rows = []
    for place, counts in ((here, mine), (there, other)):
        for back, count in zip(range(weeks, 0, -1), counts, strict=True):
            rows.append(
                DayFact(
                    municipality=town,
                    day=monday - timedelta(weeks=back),
                    channel="phone",
                    kind="message",
                    topic=TOPIC,
                    body=0,
                    block="",
                    settlement=place.pk,
                    h3="",
                    state_class="closed",
                    received=count,
                )
            )
    DayFact.objects.bulk_create(rows)
    return here, there


def effective(cast: Cast, mine: list[int], other: list[int], ago: int = 8) -> Roadmap:
    """A roadmap whose measure ended so many weeks ago, with the flow before and after it."""
    here, _ = plant(cast, len(mine), mine, other)
    roadmap = cast.draft(settlements=[here.pk])
    measure = services.add_measure(roadmap, cast.text("Заделать ямы", -7 * (ago + 1), -7 * ago), cast.manager)
    services.send(roadmap, [cast.posts[0]], cast.manager, NOW)
    services.decide(roadmap, True, "", cast.people[0], NOW)
    services.report_done(measure, done(cast, TODAY - timedelta(weeks=ago)), cast.manager, NOW)
    return services.finish(roadmap, cast.manager, NOW)


def test_it_proves_an_effect_against_the_same_topic_elsewhere(cast: Cast) -> None:
    roadmap = effective(cast, [12, 14, 13] * 8 + [12, 13] + [6] + [4, 3, 4, 3, 4, 3, 4], [10, 11] * 17)
    kept = services.count_effect(roadmap, NOW)
    assert kept is not None and kept.verdict == "proved", kept
    assert kept.control.startswith("place:") and kept.high is not None and kept.high < 0
    assert services.count_effect(roadmap, NOW) == kept
    with pytest.raises(Refused, match="из списка"):
        services.choose_control(roadmap, "place:0", "так", cast.manager, NOW)
    with pytest.raises(Refused, match="почему с этим"):
        services.choose_control(roadmap, kept.control, "", cast.manager, NOW)
    chosen = services.choose_control(roadmap, kept.control, "соседнее село", cast.manager, NOW)
    assert chosen.control_by == cast.manager
    assert services.choose_control(roadmap, "", "", cast.manager, NOW).control_by is None
    assert services.watch_flows(cast.town.municipality, NOW) == 1
    assert not Notice.objects.filter(text__startswith="Поток вернулся").exists()


def test_it_tells_when_the_flow_comes_back(cast: Cast) -> None:
    roadmap = effective(cast, [12, 14, 13] * 8 + [12, 13] + [6] + [4, 3, 4, 14, 13, 15, 14], [10, 11] * 17)
    services.count_effect(roadmap, NOW)
    roadmap.refresh_from_db()
    assert roadmap.returned_on == TODAY
    assert Notice.objects.filter(permission="problems.manage", text__startswith="Поток вернулся").count() == 1
    services.count_effect(roadmap, NOW)
    assert Notice.objects.filter(text__startswith="Поток вернулся").count() == 1
    with pytest.raises(Refused, match="уже в работе или закрыты"):
        services.return_problems(roadmap, cast.manager, NOW)
    problem = Problem.objects.create(
        municipality=cast.town.municipality,
        number="1",
        title="Ямы",
        source="cases",
        since=TODAY,
        raised_at=NOW,
        confirmed_at=NOW,
        solved_on=TODAY,
        state="watch",
    )
    Aim.objects.create(municipality=cast.town.municipality, roadmap=roadmap, problem=problem)
    assert services.return_problems(roadmap, cast.manager, NOW) == 1
    problem.refresh_from_db()
    assert (problem.state, problem.solved_on) == ("in_work", None)


def test_it_says_there_is_not_enough_data_or_nothing_to_compare_with(cast: Cast) -> None:
    few = services.count_effect(effective(cast, [1, 0, 1, 0], [1, 1, 0, 1], ago=1), NOW)
    assert few is not None and few.verdict == "few"
    assert few.words.replace("\xa0", " ").startswith("Недостаточно данных: недель до меры")
    roadmap, _ = cast.agreed()
    assert services.count_effect(roadmap, NOW) is None


def test_it_says_there_is_nothing_like_to_compare_with(cast: Cast) -> None:
    unlike = services.count_effect(effective(cast, [12, 14] * 13 + [6] + [3] * 7, [1] * 10 + [30] * 24), NOW)
    assert unlike is not None and (unlike.verdict, unlike.control) == ("few", "")
    assert "не шла до мер так же" in unlike.words.replace("\xa0", " ")
    assert unlike.words.startswith("Недостаточно данных")


def proved(cast: Cast, key: str) -> Evidence:
    found = evidence_for(key, cast.town.municipality, PERIOD)
    assert found is not None
    return found


def test_its_evidence_moves_with_the_records(cast: Cast) -> None:
    keys = (
        "problems.roadmaps",
        "problems.improvement_plan",
        "office.interdepartmental",
        "problems.cause_effect",
    )
    assert [proved(cast, key).count for key in keys] == [0, 0, 0, 0]
    roadmap = effective(cast, [12, 14] * 13 + [6] + [3] * 7, [10, 11] * 17)
    services.count_effect(roadmap, NOW)
    plan = cast.draft(kind="improvement_plan", cause_text="")
    assert [proved(cast, key).count for key in keys] == [1, 0, 0, 1]
    services.add_measure(plan, cast.text("Учёба", 1, 5, post=1), cast.manager)
    other = next(one for one in cast.posts if one.body_id != cast.posts[1].body_id)
    joint = cast.draft(kind="interdepartmental")
    services.add_measure(joint, cast.text("Вместе", 1, 5, helpers=[other]), cast.manager)
    services.send(joint, [cast.posts[0]], cast.manager, NOW)
    services.decide(joint, True, "", cast.people[0], NOW)
    assert [proved(cast, key).count for key in keys] == [2, 1, 1, 1]
    assert proved(cast, "problems.cause_effect").words == "эффект доказан: 1"
    for one in (roadmap, plan, joint):
        Roadmap.objects.filter(pk=one.pk).delete()
    assert [proved(cast, key).count for key in keys] == [0, 0, 0, 0]
