"""Problems and their causes, advice and its adoption, fast-track mechanisms."""

from datetime import timedelta
from typing import Any

from otklik.cases.models import Case
from otklik.problems.advice.models import Advice
from otklik.problems.advice.services import (
    AdviceText,
    EffectText,
    advise,
    decide,
    record_effect,
    report_adoption,
)
from otklik.problems.fast_track.models import Gain, Mechanism, Proposal
from otklik.problems.fast_track.rules import STAGE_KEYS
from otklik.problems.fast_track.services import MechanismText, add_measure, approve, design
from otklik.problems.gathering import Member
from otklik.problems.models import OuterIndicator, Problem
from otklik.problems.outer_table import OuterLine
from otklik.problems.services import Proof, list_outer, name_root, prove, raise_problem, write_why5
from otklik.problems.services import Proposal as Raised
from otklik.topics.models import Topic
from tests.charter.planters.ground import Ground, plants

WHYS = ("Работы не в тот день", "График не сверяют", "Ответственного нет")


def raised(soil: Ground, source: str = "cases", **more: Any) -> Problem:
    proposal = Raised(source, "Ямы", "заведена вручную", soil.today, **more)
    return raise_problem(soil.whose, proposal, soil.by, soil.now)


def joined(ground: Ground) -> Problem:
    """A problem with a case a person has agreed to."""
    case = ground.case()
    problem = raised(ground, cases={case.pk: Member(0.9, "то же место")})
    problem.links.update(state="confirmed")
    return problem


@plants("problems.list", "problems.local", "problems.points", "problems.by_block")
def a_problem_on_the_map(ground: Ground) -> None:
    raised(ground, place_text="въезд в село", point=(56.2, 89.5), block_key=ground.block.key)


@plants("problems.from_cases")
def a_problem_of_cases(ground: Ground) -> None:
    joined(ground)


@plants("problems.from_polls")
def a_problem_of_polls(ground: Ground) -> None:
    raised(ground, "polls", ground="сход граждан")


@plants("problems.channel_setup")
def a_problem_of_channels(ground: Ground) -> None:
    raised(ground, "channel_setup", ground="анализ каналов")


@plants("problems.national_projects")
def a_problem_of_an_indicator(ground: Ground) -> None:
    line = OuterLine("БКД-2", "Дороги в нормативе", ground.today, "БКД", "%", 70.0, 60.0)
    list_outer(ground.whose, "Нацпроекты", "таблица отдела экономики", [line], ground.by, ground.now)
    indicator = OuterIndicator.objects.get(municipality=ground.whose)
    raised(ground, "national_projects", indicator=indicator)


@plants("problems.causes")
def a_proved_root_cause(ground: Ground) -> None:
    problem = joined(ground)
    root = write_why5(problem, WHYS, ground.by, ground.now)[-1]
    case = Case.objects.get(problem_links__problem=problem)
    prove(root, Proof("case", "видно из карточки", case=case), ground.by, ground.now)
    name_root(root, True, ground.by, ground.now)


def said(ground: Ground, kind: str, **more: Any) -> Advice:
    text = AdviceText(
        kind, "Называть день", "В ответе день и кто.", "письма жителей", body=ground.body, **more
    )
    return advise(ground.whose, text, ground.by, ground.now)


def _of_kind(key: str, kind: str) -> None:
    @plants(key)
    def advice(ground: Ground) -> None:
        said(ground, kind)

    advice.__name__ = f"advice_of_kind_{kind}"


_of_kind("problems.recommendations", "communication")
_of_kind("problems.online", "online")
_of_kind("problems.priorities", "priority")
_of_kind("problems.practices", "practice")
_of_kind("problems.digital", "digital")
_of_kind("problems.new_services", "service")
_of_kind("problems.optimisation", "optimisation")
_of_kind("problems.proposals", "decision")


@plants("problems.urgent")
def urgent_advice(ground: Ground) -> None:
    said(ground, "communication", is_urgent=True, problem=raised(ground))


@plants("problems.digital_link")
def digital_advice_of_a_block(ground: Ground) -> None:
    said(ground, "digital", block_key=ground.block.key, programme="цифровизация хозяйства")


@plants("problems.decisions")
def a_decision_on_a_problem(ground: Ground) -> None:
    advice = said(ground, "decision", problem=raised(ground))
    decide(advice, True, "берём", ground.by, ground.now)


def adopted(ground: Ground, kind: str) -> Advice:
    advice = decide(said(ground, kind), True, "берём", ground.by, ground.now)
    report_adoption(
        advice, ground.block.key, "adopted", "Работает везде.", ground.today, ground.by, ground.now
    )
    return advice


@plants("problems.adoption_reports", "problems.practices_adopted")
def an_adopted_practice(ground: Ground) -> None:
    adopted(ground, "practice")


@plants("problems.rollout")
def an_adopted_regulation(ground: Ground) -> None:
    adopted(ground, "rollout")


@plants("problems.practice_effect")
def the_effect_of_a_practice(ground: Ground) -> None:
    text = EffectText("economy", "справка отдела", words="Выездов меньше вдвое.")
    record_effect(adopted(ground, "practice"), text, ground.by, ground.now)


def designed(ground: Ground) -> Mechanism:
    norms, topic = dict.fromkeys(STAGE_KEYS, 1), list(Topic.objects.order_by("pk")[:1])
    text = MechanismText("Быстрее о ямах", "пишут каждую неделю", topic, ground.body, norms, 10)
    made = design(ground.whose, text, ground.by, ground.now)
    for kind in ("organisational", "technical"):
        add_measure(made, kind, "Шаблон ответа", None, None, ground.by, ground.now)
    return made


@plants("fast_track.measures")
def measures_of_a_mechanism(ground: Ground) -> None:
    designed(ground)


@plants("fast_track.mechanisms")
def a_mechanism_in_force(ground: Ground) -> None:
    made = designed(ground)
    approve(made, made.version, ground.by, ground.now)


@plants("fast_track.proposed")
def a_topic_that_comes_back(ground: Ground) -> None:
    topic = Topic.objects.order_by("pk")[0]
    Proposal.objects.create(
        municipality=ground.whose,
        topic=topic,
        since=ground.today,
        until=ground.today,
        reason="повторы",
        at=ground.now,
    )


@plants("fast_track.effect")
def a_measured_gain(ground: Ground) -> None:
    Gain.objects.create(
        municipality=ground.whose,
        mechanism=designed(ground),
        at=ground.now,
        figures={},
        words="быстрее на день",
    )


@plants("fast_track.cycle", "fast_track.stages")
def a_quick_answer(ground: Ground) -> None:
    case = ground.answered("paper")
    registered = ground.now - timedelta(days=2)
    Case.objects.filter(pk=case.pk).update(fast_track=True, registered_at=registered, answered_at=ground.now)
