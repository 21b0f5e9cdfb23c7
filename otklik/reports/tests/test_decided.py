"""A paper tells what the centre has decided: problems with causes, roadmaps, errands, the plan ahead; nobody's data."""

from datetime import date, datetime

import pytest

from otklik.accounts.models import Post
from otklik.analytics.services import rebuild
from otklik.common.periods import quarter_of
from otklik.office.coordination.models import PlanItem, WorkPlan
from otklik.office.errands.models import Errand
from otklik.places.models import Settlement
from otklik.problems.models import Cause, Problem, ProblemCase
from otklik.problems.roadmaps.models import EffectCount, Measure, Roadmap
from otklik.reports.composing import compose
from otklik.reports.tests.test_story import LATER, OCTOBER, POTHOLE, order, table, words
from tests.analytics.living import NOW
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
QUARTER = quarter_of(2026, 4)
END = datetime.fromisoformat("2027-01-10T12:00:00+03:00")


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def post(town: Town) -> Post:
    body = town.bodies[0]
    return Post.objects.create(
        municipality=town.municipality, body=body, key="roads", title="Начальник отдела дорог"
    )


def _problem(town: Town) -> Problem:
    problem = Problem.objects.create(
        municipality=town.municipality, number="2026-1", title="Ямы, звонить 89001234567", source="cases",
        since=OCTOBER.since, state="confirmed", raised_at=NOW, confirmed_at=NOW,
    )  # fmt: skip
    Cause.objects.create(
        municipality=town.municipality,
        problem=problem,
        text="Договор без обслуживания",
        is_root=True,
        cost=12.4,
        at=NOW,
    )
    return problem


def test_it_tells_problems_with_their_letters_and_causes(town: Town) -> None:
    assert "проблема 2026-1" not in words(compose(town.municipality, order(town), LATER)).lower()
    problem, case = _problem(town), town.case(POTHOLE, "pos", NOW)
    rebuild(town.municipality, now=NOW)
    said = words(compose(town.municipality, order(town), LATER))
    assert "за период карточек не было, подтверждена" in said
    ProblemCase.objects.create(
        municipality=town.municipality,
        problem=problem,
        case=case,
        state="confirmed",
        reason="о том же",
        at=NOW,
    )
    said = words(compose(town.municipality, order(town), LATER))
    assert "за период 1 карточка" in said and "89001234567" not in said
    assert "Первопричина: Договор без обслуживания, 12 обращений в месяц; решения ещё нет." in said


def test_it_names_the_place_of_a_problem_once_and_a_small_cost_as_it_is(town: Town) -> None:
    problem = _problem(town)
    problem.settlement = Settlement.objects.filter(municipality=town.municipality)[0]
    problem.title = f"Ямы: {problem.settlement}"
    problem.save()
    problem.causes.update(cost=0.3)
    said = words(compose(town.municipality, order(town), LATER))
    assert said.count(str(problem.settlement).replace("\xa0", " ")) == 1
    assert "0,3 обращения в месяц" in said


def test_it_tells_how_roadmaps_and_errands_stand_and_what_is_planned(town: Town, post: Post) -> None:
    place = town.municipality
    card = Roadmap.objects.create(
        municipality=place, number=3, title="Дороги", goal="меньше ям", state="running", author=town.vera, made_at=NOW,
        approved_at=NOW,
    )  # fmt: skip
    days = {"start": OCTOBER.since, "due": OCTOBER.until, "first_due": OCTOBER.until}
    for number, state in enumerate(("done", "running", "dropped")):
        Measure.objects.create(
            municipality=place, roadmap=card, position=number, title=f"Дело {number}", result="акт", indicator="ям",
            was="9", will_be="0", post=post, state=state, report="сделано", drop_reason="не нужно",
            done_on=OCTOBER.until if state == "done" else None, **days,
        )  # fmt: skip
    EffectCount.objects.create(
        municipality=place,
        roadmap=card,
        until=OCTOBER.until,
        at=NOW,
        verdict="few",
        words="Недостаточно данных.",
    )
    Errand.objects.create(
        municipality=place, number=1, kind="own", text="заделать яму", post=post, body=post.body, given_by=town.vera,
        given_at=NOW, first_due_on=OCTOBER.until, due_on=OCTOBER.until,
    )  # fmt: skip
    plan = WorkPlan.objects.create(
        municipality=place, since=date(2027, 1, 1), until=date(2027, 3, 31), drafted_at=NOW, approved_at=NOW
    )
    PlanItem.objects.create(municipality=place, plan=plan, number=1, text="Заседание", due=date(2027, 1, 20))
    assert (
        "срок наступил у 1 поручения, исполнено вовремя 0 из 1, просрочено 1"
        in words(compose(place, order(town), LATER)).lower()
    )
    paper = compose(place, order(town, "quarter", QUARTER), END)
    assert table(paper, "Дорожные карты") == {"№ 3 «Дороги»": [None, 0.5, 1, None]}
    assert "Недостаточно данных." in words(paper)
    assert list(table(paper, "План")) == ["Заседание"]
    assert "дорожная карта" not in words(compose(place, order(town), LATER)).lower()
    for until, said in (
        (date(2026, 9, 27), "было случайностью"),
        (OCTOBER.until, "Обращений стало меньше на 34 %"),
    ):
        EffectCount.objects.create(
            municipality=place, roadmap=card, until=until, at=NOW, verdict="proved", words=said, control=said[:9]
        )  # fmt: skip
    note = words(compose(place, order(town), LATER))
    assert (
        "Дорожная карта № 3 «Дороги»: обращений стало меньше на 34 %." in note and "случайностью" not in note
    )
