"""What is found to be the cause and what is decided about it."""

from datetime import timedelta
from typing import Any

from otklik.cases.models import Case
from otklik.charter.selectors import charter_of
from otklik.deadlines.selectors import calendar_of
from otklik.office import services as office
from otklik.office.errands.services import Order as ErrandOrder
from otklik.office.errands.services import give
from otklik.problems import services as problems
from otklik.problems.advice.services import (
    AdviceText,
    EffectText,
    advise,
    decide,
    record_effect,
    report_adoption,
)
from otklik.problems.fast_track.models import Gain
from otklik.problems.fast_track.rules import STAGE_KEYS
from otklik.problems.fast_track.services import MechanismText, add_measure, approve, design
from otklik.problems.roadmaps import services as roadmaps
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from otklik.topics.models import Topic
from tests.charter.centre import Centre
from tests.charter.told.records import affair, raised
from tests.charter.told.tale import carries


@carries(
    "ROOTCAUSE",
    borovichi=("BOR-1.2.д",),
    demyansk=("DEM-2.4.3.1",),
    lovozero=("LOV-4.3.2",),
    bogotol=("BOG-III.4.7.5",),
)
def a_root_cause_is_proved_by_a_case(centre: Centre) -> None:
    """Five whys end in a cause; a case proves it; what its roadmap gave is counted."""
    problem, keeper = raised(centre), centre.who("problems.manage")
    whys = ("Чинят не в тот день", "График не сверяют", "Ответственного нет")
    root = problems.write_why5(problem, whys, keeper, centre.now)[-1]
    case = Case.objects.get(problem_links__problem=problem)
    problems.prove(root, problems.Proof("case", "видно из карточки", case=case), keeper, centre.now)
    problems.name_root(root, True, keeper, centre.now)
    roadmap = drafted(centre, "roadmap")
    roadmap.effects.create(
        municipality=centre.whose, until=centre.today, at=centre.now, verdict="unknown", words="данных мало"
    )


@carries("ROADMAP", borovichi=("BOR-1.2.д.1", "BOR-3.2.в.2"), demyansk=("DEM-2.2.4.1", "DEM-2.4.3"))
def a_roadmap_is_drafted_against_a_cause(centre: Centre) -> None:
    """A roadmap against a cause and a plan of the centre's own improvement, each with a measure."""
    drafted(centre, "roadmap")
    drafted(centre, "improvement_plan")


@carries(
    "RECOMMEND",
    borovichi=("BOR-1.1.3.г.1", "BOR-1.2.е", "BOR-1.2.е.2", "BOR-3.2.в.3", "BOR-3.2.в.4"),
    demyansk=("DEM-2.2.7", "DEM-2.2.8", "DEM-2.4.4", "DEM-2.4.4.1", "DEM-2.4.5"),
    mikhaylovka=("MIH-1.1.7.4.1", "MIH-2.2.5", "MIH-4.1.3.6"),
    lovozero=("LOV-4.3.2.1",),
    bogotol=("BOG-II.2.4", "BOG-II.2.5", "BOG-III.5.3"),
)
def advice_is_given_decided_and_put_in_practice(centre: Centre) -> None:
    """Urgent advice and a proposal to decide; a practice is taken up, its effect told with the source."""
    author, decider = centre.who("problems.recommend"), centre.who("problems.manage")
    problem = raised(centre)
    for kind in ("communication", "decision", "practice"):
        said = AdviceText(
            kind, "Называть день", "В ответе день и кто сделает.", "письма", is_urgent=True, body=centre.body,
            problem=problem,
        )  # fmt: skip
        advice = decide(advise(centre.whose, said, author, centre.now), True, "берём", decider, centre.now)
    report_adoption(advice, "", "adopted", "Работает во всех отделах.", centre.today, author, centre.now)
    record_effect(advice, EffectText("economy", "справка", words="Выездов меньше."), author, centre.now)


@carries(
    "FASTTRACK",
    borovichi=("BOR-1.2.ж.1", "BOR-3.2.в.1"),
    demyansk=("DEM-2.4.2",),
    mikhaylovka=("MIH-1.1.11.2",),
    lovozero=("LOV-4.3.3",),
)
def a_mechanism_is_designed_and_put_in_force(centre: Centre) -> None:
    """A topic that comes back gets norms of stages and two measures, and goes into force; the gain is kept."""
    designer, approver = centre.who("problems.recommend"), centre.who("problems.manage")
    norms, topics = dict.fromkeys(STAGE_KEYS, 1), list(Topic.objects.order_by("pk")[:1])
    text = MechanismText("Быстрее о ямах", "пишут каждую неделю", topics, centre.body, norms, 10)
    made = design(centre.whose, text, designer, centre.now)
    for kind in ("organisational", "technical"):
        add_measure(made, kind, "Дежурный и заготовка ответа", None, None, designer, centre.now)
    approve(made, made.version, approver, centre.now)
    Gain.objects.create(
        municipality=centre.whose, mechanism=made, at=centre.now, figures={}, words="быстрее на день"
    )


@carries(
    "MEETING",
    borovichi=("BOR-2.2.в", "BOR-2.2.г"),
    demyansk=("DEM-3.2.4",),
    bogotol=("BOG-III.2.3", "BOG-III.4.2.1", "BOG-III.2.6", "BOG-III.2.7", "BOG-III.3.1", "BOG-III.4.3.4.1"),
)
def a_meeting_of_the_mode_the_charter_names(centre: Centre) -> None:
    """Prepared everywhere; agreed where the agenda is agreed; held with a signed protocol where meetings are."""
    mode, head = charter_of(centre.whose).meetings.mode, centre.who("office.organise")
    members = [one.pk for one in centre.cast.everyone("office.attend")][:4]
    soon = centre.now + timedelta(days=7)
    call = office.Call("in_person", "рост жалоб на ямы", soon, "зал заседаний")
    meeting = office.convene(centre.whose, call, members, head, centre.now)
    post = centre.post_of_others(head, *centre.cast.everyone("office.chair"))
    office.prepare(meeting, "подготовить справку", post, centre.today + timedelta(days=2), head, centre.now)
    if mode == "preparation":
        return
    chair = centre.who("office.chair")
    item = office.add_question(meeting, "Ямы на въездах", "", "", head, centre.now)
    office.agree(meeting, chair, centre.now)
    if mode == "agenda":
        return
    meeting = office.start(meeting, "", chair, centre.now)
    here = set(meeting.participants.values_list("pk", flat=True))
    office.attend(meeting, here, {}, head)
    errand = office.DecisionText("errand", post, "заделать ямы", "акт", centre.today + timedelta(days=14))
    office.add_decision(item, errand, head, centre.now)
    office.sign(office.finish(meeting, head, centre.now), chair, centre.now)


@carries(
    "COORD",
    borovichi=("BOR-1.2.а", "BOR-2.3.а", "BOR-2.3.г", "BOR-2.4.а"),
    demyansk=("DEM-1.1.1", "DEM-2.3", "DEM-3.3.1", "DEM-3.3.4"),
    mikhaylovka=("MIH-1.3.1", "MIH-3.2.11", "MIH-4.1.2.1"),
    lovozero=("LOV-1.2.1", "LOV-2.3.2", "LOV-3.3.1"),
    bogotol=("BOG-II.1.1", "BOG-III.4.1.3", "BOG-III.4.3.1", "BOG-III.4.3.3"),
)
def the_head_gives_an_errand_and_agrees_with_others(centre: Centre) -> None:
    """One register of cases; an errand with its post and day; an agreement with another body."""
    centre.case("pos")
    head = centre.of_role("head")
    post = centre.post_of_others(head)
    due = calendar_of(centre.whose).working_day_from(centre.today + timedelta(days=9))
    give(centre.whose, ErrandOrder("убрать снег у школы", post, due, "снимок"), head, centre.now)
    affair(centre, "cooperation", "Сверка сроков ответов")


def drafted(centre: Centre, kind: str) -> Any:
    """A roadmap of one measure."""
    keeper, (post, _) = centre.who("problems.manage"), centre.posts[0]
    text = RoadmapText("Снег", "Убирать к семи утра", kind, cause_text="одна машина")
    roadmap = roadmaps.draft_roadmap(centre.whose, text, keeper, centre.now)
    due = calendar_of(centre.whose).working_day_from(centre.today + timedelta(days=9))
    measure = MeasureText("Нанять машину", "машина работает", "машин", "1", "2", post, centre.today, due)
    roadmaps.add_measure(roadmap, measure, keeper)
    return roadmap
