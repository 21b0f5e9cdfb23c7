"""Roadmaps: drafted, approved, between bodies; their effect as it was counted."""

from datetime import timedelta

from otklik.accounts.models import Holding
from otklik.deadlines.selectors import calendar_of
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import EffectCount, Roadmap
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from tests.charter.planters.ground import Ground, plants


def drafted(ground: Ground, kind: str = "roadmap") -> Roadmap:
    """A roadmap of one measure where another body helps."""
    text = RoadmapText("Снег", "Убирать к семи утра", kind, cause_text="одна машина")
    roadmap = services.draft_roadmap(ground.whose, text, ground.by, ground.now)
    due = calendar_of(ground.whose).working_day_from(ground.today + timedelta(days=9))
    post, helper = ground.posts[:2]
    measure = MeasureText(
        "Нанять машину", "машина работает", "машин, шт", "1", "2", post, ground.today, due, [helper]
    )
    services.add_measure(roadmap, measure, ground.by)
    return roadmap


@plants("problems.roadmaps")
def a_roadmap(ground: Ground) -> None:
    drafted(ground)


@plants("problems.improvement_plan")
def a_plan_of_improvement(ground: Ground) -> None:
    drafted(ground, "improvement_plan")


@plants("office.interdepartmental")
def an_approved_roadmap_between_bodies(ground: Ground) -> None:
    roadmap, post = drafted(ground, "interdepartmental"), ground.posts[0]
    signer = ground.town.user_with("signs", ["cases.work"])
    Holding.objects.filter(user=signer).update(post=post)
    services.send(roadmap, [post], ground.by, ground.now)
    services.decide(roadmap, True, "", signer, ground.now)


@plants("problems.cause_effect")
def a_counted_effect(ground: Ground) -> None:
    EffectCount.objects.create(
        municipality=ground.whose,
        roadmap=drafted(ground),
        until=ground.today,
        at=ground.now,
        verdict="unknown",
        words="недостаточно данных",
    )
