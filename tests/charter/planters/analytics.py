"""Counted facts, slices of the map, findings, ratings, targets."""

from datetime import timedelta

from otklik.analytics.criteria.models import Finding
from otklik.analytics.criteria.services import decide, evaluate
from otklik.analytics.heatmap.slices import SliceText, hand_slice, keep_slice
from otklik.analytics.models import FactMark, HeatmapSlice
from otklik.analytics.rating.models import RatingFormula, RatingPeriod, RatingRow
from otklik.analytics.services import rebuild
from otklik.analytics.targets.services import Plan, hand_down, set_direction
from otklik.cases.models import Case
from otklik.common.period import Period
from otklik.satisfaction.studies import StudyText, keep_study
from tests.charter.planters.ground import Ground, plants
from tests.charter.planters.satisfaction import scored
from tests.rights.coordinated import workbook


@plants("analytics.slice", "analytics.summary", "analytics.by_block", "analytics.by_function")
@plants("analytics.pos_flow", "analytics.incident_flow", "analytics.repeats")
@plants("goals.satisfaction", "goals.on_time")
def a_counted_day(ground: Ground) -> None:
    scored(ground)
    for kind in ("incident", "pos"):
        case = ground.in_work(kind)
        Case.objects.filter(pk=case.pk).update(block_key=ground.block.key, is_repeat=True)
    rebuild(ground.whose)


def kept(ground: Ground) -> HeatmapSlice:
    FactMark.objects.update_or_create(municipality=ground.whose, defaults={"brought_at": ground.now})
    said = SliceText(Period(ground.today, ground.today), "", 0, workbook(), "Где чинить дороги")
    return keep_slice(ground.whose, said, ground.by, ground.now)


@plants("analytics.heat_map")
def a_slice(ground: Ground) -> None:
    kept(ground)


@plants("channels.heat_map_export")
def a_slice_handed_over(ground: Ground) -> None:
    hand_slice(kept(ground), "BI ЦУР", "14", ground.by, ground.now)


@plants("analytics.auto_runs")
def a_run_of_criteria(ground: Ground) -> None:
    rebuild(ground.whose)
    evaluate(ground.whose, ground.now)


def found(ground: Ground, kind: str = "pos", cause: str = "") -> Finding:
    return Finding.objects.create(
        municipality=ground.whose,
        channel=ground.town.channel(kind).key,
        since=ground.today,
        until=ground.today,
        text="Рост",
        formula="",
        at=ground.now,
        by=ground.by,
        cause=cause,
    )


@plants("analytics.incident_growth")
def a_cause_of_growth_in_incident(ground: Ground) -> None:
    found(ground, "incident", "паводок")


@plants("analytics.pos_growth")
def a_cause_of_growth_in_pos(ground: Ground) -> None:
    found(ground, "pos", "паводок")


@plants("analytics.weak_sides")
def a_weak_side(ground: Ground) -> None:
    decide(found(ground), "weak", "Долго готовим ответы по дворам.", ground.by, ground.now)


@plants("rating.recipients", "rating.count", "rating.terms", "rating.speed", "rating.completeness")
@plants("rating.quality", "rating.pos", "rating.incident")
def a_frozen_rating(ground: Ground) -> None:
    criteria = [{"key": key} for key in ("overdue", "speed", "solved", "quality")]
    formula = RatingFormula.objects.create(
        municipality=ground.whose,
        number=99,
        since=ground.today,
        data={"criteria": criteria},
        digest="planted",
    )
    period = RatingPeriod.objects.create(
        municipality=ground.whose,
        since=ground.today - timedelta(days=30),
        until=ground.today,
        formula=formula,
        priors={},
        min_items=2,
        frozen_at=ground.now,
    )
    for sheet in ("pos", "incident"):
        RatingRow.objects.create(
            municipality=ground.whose,
            period=period,
            sheet=sheet,
            body=ground.body,
            body_name="Отдел",
            received=9,
            figures={},
            place=1,
            score=80.0,
        )


@plants("goals.targets", "goals.targets_met")
def a_target_with_its_fact(ground: Ground) -> None:
    scored(ground)
    rebuild(ground.whose)
    days = Period(ground.today - timedelta(days=20), ground.today + timedelta(days=20))
    for measure in ("received", "answered"):
        hand_down(ground.whose, Plan(measure, "", days, 1, True), ground.by, ground.now)


@plants("goals.directions")
def a_direction(ground: Ground) -> None:
    set_direction(ground.whose, "Решать больше решаемого", "", ground.today, ground.by, ground.now)


@plants("goals.information")
def information_given(ground: Ground) -> None:
    ground.answered("incident")
    words = StudyText("Осень", "Довольны ли ответами?", "", "Довольны.")
    keep_study(ground.whose, words, Period(ground.today, ground.today), "", ground.by, ground.now)
