"""One scenario for each capability the charters name: what the centre does, told in a few lines.

Every scenario is told for all charters that have the capability; `CLAUSES` says which clauses of each it carries out.
Scenarios of risks, polls and pages come with their packages; what their clauses say of acts is told here.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from otklik.accounts.models import Body, Post, Role
from otklik.accounts.services import Appointment, give_role, make_user
from otklik.analytics.heatmap.slices import SliceText, hand_slice, keep_slice
from otklik.analytics.models import FactMark
from otklik.analytics.rating.models import RatingRow
from otklik.analytics.rating.services import freeze
from otklik.analytics.rating.spans import MONTH, span_before, span_of
from otklik.analytics.services import rebuild
from otklik.analytics.targets.services import set_direction
from otklik.cases import services as cases
from otklik.cases.models import Case
from otklik.charter.files import preset_folders
from otklik.charter.selectors import charter_of
from otklik.charter.services import load_charter
from otklik.common.period import Period
from otklik.config.demo.papers import sign_paper
from otklik.deadlines.selectors import calendar_of
from otklik.office import services as office
from otklik.office.coordination.services.affairs import AffairText, hold_affair, note_affair
from otklik.office.coordination.services.inquiries import Asked as Request
from otklik.office.coordination.services.inquiries import ask
from otklik.office.coordination.services.papers import METHOD_MAKERS, MethodWords, issue_method
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
from otklik.problems.gathering import Member
from otklik.problems.models import Problem
from otklik.problems.roadmaps import services as roadmaps
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from otklik.reports.composing import Order
from otklik.reports.forms import FORMS
from otklik.reports.materials import Asked, assemble, confirm_part, fill_part, take_request
from otklik.reports.selectors import duties_of
from otklik.reports.services import compose_report
from otklik.satisfaction.services import take_outer_score
from otklik.satisfaction.studies import StudyText, keep_study
from otklik.topics.models import Topic
from tests.charter.centre import Centre
from tests.charter.planters.charter import acts, put
from tests.rights.coordinated import workbook

Scenario = Callable[[Centre], None]
SCENARIOS: dict[str, Scenario] = {}
CLAUSES: dict[str, dict[str, tuple[str, ...]]] = {}


def carries(capability: str, **clauses: tuple[str, ...]) -> Callable[[Scenario], Scenario]:
    """The scenario of a capability and, by preset, the clauses it carries out."""

    def keep(scenario: Scenario) -> Scenario:
        SCENARIOS[capability] = scenario
        CLAUSES[capability] = clauses
        return scenario

    return keep


@carries(
    "INTAKE",
    borovichi=("BOR-1.1.1.1", "BOR-1.1.4.3", "BOR-1.2.а.1", "BOR-1.2.а.3", "BOR-2.3.б"),
    demyansk=("DEM-1.1.1.1", "DEM-1.1.1.3", "DEM-1.1.1.4", "DEM-3.3.2"),
    mikhaylovka=("MIH-1.1.2.1", "MIH-1.3.1.1", "MIH-1.3.1.3", "MIH-1.3.1.4", "MIH-3.2.1"),
    lovozero=("LOV-1.2.1.1", "LOV-1.2.1.2", "LOV-2.1.1", "LOV-4.3.1.1"),
    bogotol=("BOG-I.2.1.1", "BOG-I.2.3.1", "BOG-I.2.4.1", "BOG-II.1.1.1", "BOG-II.1.1.3"),
)
def messages_come_by_every_way(centre: Centre) -> None:
    """A resident writes to ПОС, an organisation to Инцидент."""
    centre.case("pos", author="Анна", phone="8 900 000 00 00")
    centre.case("incident", author="ООО «Ромашка»", author_kind="organisation", outer_author="romashka")


@carries(
    "STRUCT",
    borovichi=("BOR-1.1.3.а", "BOR-COMP-B1.1", "BOR-1.1.4", "BOR-1.1.5"),
    demyansk=("DEM-2.2.1.1", "DEM-2.2.3"),
    mikhaylovka=("MIH-1.1.7.1", "MIH-1.1.8", "MIH-1.1.9", "MIH-1.1.10.1"),
    lovozero=("LOV-2.2.1.2", "LOV-COMP-7.2"),
    bogotol=("BOG-I.2.4", "BOG-I.2.5", "BOG-II.1.2.а", "BOG-II.2.1.2"),
)
def a_message_is_told_from_an_appeal_and_gets_its_topic(centre: Centre) -> None:
    """A post in a network is a message, a letter on paper is an appeal; both have a topic."""
    message, appeal = (
        centre.case("incident"),
        centre.case("paper", author="Анна", address="ул. Советская, 12"),
    )
    assert (message.kind, appeal.kind) == ("message", "appeal")
    assert message.topic_id is not None


@carries(
    "ROUTE",
    borovichi=("BOR-1.2.б", "BOR-2.3.в", "BOR-2.6.а"),
    demyansk=("DEM-3.3.3",),
    mikhaylovka=("MIH-2.2.3", "MIH-3.2.3"),
    lovozero=("LOV-1.2.2", "LOV-COMP-7.1"),
    bogotol=("BOG-III.4.4.1",),
)
def a_case_goes_to_its_body_and_the_head_moves_it_on(centre: Centre) -> None:
    """The sorter gives a case of ПОС to a body; the head of the centre gives it to another."""
    case = centre.assigned("pos")
    other = next(one for one in centre.town.bodies if one != centre.body)
    cases.pass_on(case, other, centre.of_role("head"), centre.now, "их улица")


@carries(
    "DEADLINE",
    borovichi=("BOR-1.1.3.б", "BOR-1.2.г", "BOR-2.4.е"),
    demyansk=("DEM-2.2.1.4",),
    mikhaylovka=("MIH-1.1.7.2", "MIH-1.1.9.2", "MIH-1.4.3"),
    lovozero=("LOV-1.2.5.1", "LOV-2.2.1.3", "LOV-3.4.3"),
    bogotol=("BOG-II.2.1.3", "BOG-III.4.5.2", "BOG-III.4.7.6"),
)
def clocks_start_with_the_case(centre: Centre) -> None:
    """A paper appeal has the clock of the law, an assigned message the clock of its draft."""
    letter = centre.case("paper", author="Анна", address="ул. Советская, 12")
    assert letter.terms.filter(key__startswith="fz59.").exists()
    assert centre.assigned("pos").terms.exists()


@carries(
    "ANSWER",
    borovichi=("BOR-1.2.г.2",),
    demyansk=("DEM-1.1.3", "DEM-2.2.3.1"),
    mikhaylovka=("MIH-1.3.3",),
    lovozero=("LOV-3.4.1",),
    bogotol=("BOG-II.1.3",),
)
def an_answer_goes_by_the_route_of_the_charter(centre: Centre) -> None:
    """The executor answers by deed, the roles of the charter approve, the answer leaves."""
    assert centre.answered("pos").answered_at is not None


@carries(
    "QUALITY",
    borovichi=("BOR-1.2.г.1", "BOR-2.4.е.1"),
    demyansk=("DEM-2.2.1.5",),
    mikhaylovka=("MIH-1.4.3.1", "MIH-1.4.4", "MIH-2.2.1.3"),
    lovozero=("LOV-1.2.5", "LOV-2.2.1.4", "LOV-3.4.2"),
    bogotol=("BOG-II.2.1.4", "BOG-III.4.7.6.1"),
)
@carries(
    "SATISF",
    borovichi=("BOR-1.2.г.4", "BOR-2.4.ж"),
    demyansk=("DEM-2.2.2", "DEM-2.2.9"),
    mikhaylovka=("MIH-1.4.5", "MIH-2.2.1.4", "MIH-3.2.7"),
    lovozero=("LOV-1.2.5.2", "LOV-2.2.1.5"),
    bogotol=("BOG-II.2.1.5", "BOG-II.2.6", "BOG-III.4.7.7"),
)
def a_bad_score_is_looked_into_and_studied(centre: Centre) -> None:
    """The resident gives one of five, a check opens; the centre writes down a study of the month."""
    case = centre.answered("pos", centre.block.key)
    if case.applicant_id is None:
        centre.case("pos", author="Анна", phone="8 900 000 00 00")
        known = Case.objects.filter(applicant__isnull=False).values("applicant")[:1]
        Case.objects.filter(pk=case.pk).update(applicant=known)
        case.refresh_from_db()
    assert take_outer_score(case, 1, centre.now) is not None
    words = StudyText("Осень", "Довольны ли жители ответами?", "", "Выше оценивают ответы со сроком.")
    days = Period(centre.today - timedelta(days=20), centre.today)
    keep_study(centre.whose, words, days, "", centre.who("satisfaction.view"), centre.now)


@carries(
    "ANALYTICS",
    borovichi=("BOR-1.1.3.в", "BOR-1.1.3.г", "BOR-2.3.б.1", "BOR-2.5.в", "BOR-2.6.в"),
    demyansk=("DEM-2.2.1", "DEM-3.3.2.1"),
    mikhaylovka=("MIH-1.1.7.3", "MIH-1.1.7.4", "MIH-1.4.6", "MIH-3.2.4"),
    lovozero=("LOV-1.2.4", "LOV-1.2.6", "LOV-2.2.1.1", "LOV-4.3.1"),
    bogotol=("BOG-II.2.1.1", "BOG-II.2.1.6", "BOG-III.4.4.3", "BOG-III.4.5.3"),
)
def the_flow_is_counted(centre: Centre) -> None:
    """Cases of two channels are given to bodies, the night counts them."""
    for kind in ("pos", "incident"):
        centre.assigned(kind)
    rebuild(centre.whose)


@carries(
    "HEATMAP",
    borovichi=("BOR-1.1.3", "BOR-1.1.3.е"),
    demyansk=("DEM-2.2.1.2", "DEM-2.2.1.3", "DEM-2.2.5.1"),
    mikhaylovka=("MIH-1.1.7", "MIH-1.1.7.6", "MIH-2.2.2.1", "MIH-4.4"),
    lovozero=("LOV-2.2.2.1",),
    bogotol=("BOG-II.2.2.1", "BOG-III.4.7.3"),
)
def a_problem_of_cases_stands_on_the_map(centre: Centre) -> None:
    """A case becomes a problem with its point; the map is kept for a decision."""
    raised(centre)
    kept_map(centre)


@carries(
    "INTEGRATION",
    borovichi=("BOR-1.1.1", "BOR-1.1.2", "BOR-1.2.и.1", "BOR-3.1.1"),
    demyansk=("DEM-2.3.1",),
    mikhaylovka=("MIH-1.1.1", "MIH-1.1.2", "MIH-1.1.3", "MIH-3.2.2"),
    lovozero=("LOV-1.1.1", "LOV-4.1"),
    bogotol=("BOG-I.2.1", "BOG-I.2.2", "BOG-III.4.2.2"),
)
def messages_and_maps_go_between_systems(centre: Centre) -> None:
    """ПОС and Инцидент bring messages; a case of the region goes to its centre, a map to the outer system."""
    centre.case("pos")
    case, by = centre.case("incident"), centre.who("cases.forward")
    region = Body.objects.get(municipality=centre.whose, kind="region_centre")
    cases.forward_case(case, region, "вопрос области", by, centre.now)
    made = kept_map(centre)
    hand_slice(made, "BI ЦУР", "14", centre.who("analytics.study"), centre.now)


@carries(
    "KPI",
    borovichi=("BOR-1.3", "BOR-2.2.а"),
    demyansk=("DEM-2.1", "DEM-3.2.2"),
    mikhaylovka=("MIH-4.1.1.1",),
    lovozero=("LOV-3.2.1",),
    bogotol=("BOG-I.1.1", "BOG-III.4.2.3"),
)
def the_centre_knows_where_it_goes(centre: Centre) -> None:
    """Who hands targets down sets a direction; those who decide are given a study."""
    centre.answered("pos")
    by = centre.who("analytics.targets")
    set_direction(centre.whose, "Решать больше решаемого", "план года", centre.today, by, centre.now)
    words = StudyText("Осень", "Довольны ли жители ответами?", "", "Выше оценивают ответы со сроком.")
    keep_study(
        centre.whose,
        words,
        Period(centre.today, centre.today),
        "",
        centre.who("satisfaction.view"),
        centre.now,
    )


@carries(
    "RATING",
    borovichi=("BOR-1.1.3.д", "BOR-3.2.б"),
    mikhaylovka=("MIH-1.1.7.5", "MIH-4.3.3"),
    lovozero=("LOV-2.3.1", "LOV-4.2.3"),
    bogotol=("BOG-III.4.4.2",),
)
def bodies_are_rated_by_the_month(centre: Centre) -> None:
    """The month that has ended is frozen with its formula."""
    month = span_before(span_of(centre.today, MONTH))
    frozen = freeze(centre.whose, month, centre.who("analytics.rate"), centre.now)
    # A month of an empty town gives nobody a place: one body gets what enough cases would have given it.
    rated = RatingRow.objects.filter(period=frozen, body=centre.body)
    rated.update(place=1, score=80.0, why_not="")


@carries(
    "REPORT",
    borovichi=("BOR-1.1.3.е.2", "BOR-1.2.в"),
    demyansk=("DEM-1.1.4", "DEM-2.2.15"),
    mikhaylovka=("MIH-1.1.7.6.2", "MIH-1.3.4", "MIH-1.3.5"),
    lovozero=("LOV-1.2.4.1",),
    bogotol=("BOG-II.1.4", "BOG-II.2.7"),
)
def a_paper_is_composed_signed_and_sent(centre: Centre) -> None:
    """Materials for planning, or the paper for decisions where the charter names it, go the whole way."""
    composer, signer = centre.who("reports.compose"), centre.who("reports.verify")
    days = Period(centre.today - timedelta(days=10), centre.today - timedelta(days=3))
    asked = next(
        (one for one in duties_of(centre.whose, centre.today) if one.key == "decision_support"), None
    )
    order = Order(asked.form, days, asked.key) if asked and asked.form else Order(FORMS["planning"], days)
    report = compose_report(centre.whose, order, composer, centre.now)
    sign_paper(report, (composer, signer), centre.now - timedelta(hours=5))


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


@carries(
    "DOCREQUEST",
    borovichi=("BOR-3.2.г",),
    demyansk=("DEM-2.4.6",),
    mikhaylovka=("MIH-3.1", "MIH-3.2.10"),
    lovozero=("LOV-4.2.4",),
    bogotol=("BOG-III.5.1",),
)
def materials_are_asked_for_both_ways(centre: Centre) -> None:
    """The centre asks a body; the region asks the centre, a block writes its part, one paper leaves."""
    due = centre.today + timedelta(days=6)
    request = Request("statistics", "Дороги", "Сколько заявок принято?", due, [centre.body])
    ask(centre.whose, request, centre.who("office.errands"), centre.now)
    composer, signer = centre.who("reports.compose"), centre.who("reports.verify")
    days = Period(centre.today - timedelta(days=10), centre.today - timedelta(days=3))
    letter = Asked("ЦУР", "Сведения о дорогах.", days, due, [centre.block.key])
    taken = take_request(centre.whose, letter, composer, centre.now)
    for part in taken.parts.all():
        writer = next(iter(centre.cast.of_block(part.block_key)), signer)
        fill_part(part, "Работы идут по плану, замечания разобраны.", writer, centre.now)
        confirm_part(part, writer, centre.now)
    paper = assemble(taken, composer, centre.now)
    sign_paper(paper, (composer, signer), centre.now - timedelta(hours=5))


@carries(
    "TRAINING",
    demyansk=("DEM-2.2.10",),
    mikhaylovka=("MIH-1.1.5.1", "MIH-1.4.7", "MIH-4.1.2.2"),
    bogotol=("BOG-III.4.1.1",),
)
def people_are_taught(centre: Centre) -> None:
    """A training with a programme and its result; a method note for those who answer."""
    affair(centre, "training", "Ответы в соцсетях простыми словами")
    maker = next(one for key in METHOD_MAKERS for one in centre.cast.everyone(key))
    words = MethodWords("Как отвечать", "answers", "Сначала что сделано, потом день и кто отвечает.")
    issue_method(centre.whose, words, [], maker, centre.now)


@carries("SECURITY", lovozero=("LOV-3.5.1", "LOV-3.5.2"), bogotol=("BOG-III.6",))
def work_is_provided_for_and_looks_are_recorded(centre: Centre) -> None:
    """Equipment is asked for and given; a look at personal data stands in the journal."""
    affair(centre, "support", "Рабочее место сотрудника центра")
    viewer = centre.who("cases.view_personal")
    cases.reveal_personal(centre.case("pos"), viewer, centre.now, "звонок заявителю")


@carries(
    "RBAC",
    borovichi=("BOR-COMP-1", "BOR-COMP-2", "BOR-2.1.а", "BOR-2.1.б"),
    demyansk=("DEM-3.1.1", "DEM-3.1.2", "DEM-COMP-1"),
    mikhaylovka=("MIH-4.1.4", "MIH-4.1.5"),
    lovozero=("LOV-3.1.2", "LOV-COMP-2"),
    bogotol=("BOG-III.1.2", "BOG-III.1.3"),
)
def people_are_appointed(centre: Centre) -> None:
    """The centre's roles are given to people, each in their own account."""
    for key in ("curator", "head", "incident_officer", "pos_officer"):
        role = Role.objects.filter(municipality=centre.whose, key=key).first()
        if role is not None:
            user = make_user(centre.whose, f"new-{key}", "correct horse 59", None)
            post = Post.objects.filter(municipality=centre.whose).order_by("pk")[0]
            give_role(user, Appointment(role, centre.today, post), centre.who("accounts.manage"))


@carries("PUBLISH", borovichi=("BOR-ACT-4",), demyansk=("DEM-ACT-5", "DEM-ACT-5.1"), lovozero=("LOV-ACT-4",))
@carries("RISK", demyansk=("DEM-ACT-4",))
def the_act_is_published(centre: Centre) -> None:
    """The charter that says where the act stands and what it approves is put in force."""
    load_charter(preset_folders()[centre.whose.key])


BARE: dict[str, Scenario] = {
    "PUBLISH": lambda centre: put(centre.whose, acts(published_in=[])),
    "RISK": lambda centre: put(centre.whose, acts(approves=["charter"])),
}
"""What is cleared first where the charter itself is the proof."""


def raised(centre: Centre, **more: Any) -> Problem:
    """A problem of a case, on the list, with a point and a block."""
    case, keeper = centre.case("pos"), centre.who("problems.manage")
    proposal = problems.Proposal(
        "cases", "Ямы на въезде", "заведена вручную", centre.today, block_key=centre.block.key,
        point=(58.4, 33.9), cases={case.pk: Member(0.9, "та же улица")}, **more,
    )  # fmt: skip
    problem = problems.raise_problem(centre.whose, proposal, keeper, centre.now)
    problem.links.update(state="confirmed")
    return problem


def kept_map(centre: Centre) -> Any:
    FactMark.objects.update_or_create(municipality=centre.whose, defaults={"brought_at": centre.now})
    said = SliceText(Period(centre.today, centre.today), "", 0, workbook(), "Где чинить дороги")
    return keep_slice(centre.whose, said, centre.who("analytics.study"), centre.now)


def drafted(centre: Centre, kind: str) -> Any:
    """A roadmap of one measure."""
    keeper, (post, _) = centre.who("problems.manage"), centre.posts[0]
    text = RoadmapText("Снег", "Убирать к семи утра", kind, cause_text="одна машина")
    roadmap = roadmaps.draft_roadmap(centre.whose, text, keeper, centre.now)
    due = calendar_of(centre.whose).working_day_from(centre.today + timedelta(days=9))
    measure = MeasureText("Нанять машину", "машина работает", "машин", "1", "2", post, centre.today, due)
    roadmaps.add_measure(roadmap, measure, keeper)
    return roadmap


def affair(centre: Centre, kind: str, title: str) -> None:
    """An affair with others, held with its result."""
    by, post = centre.who("office.organise"), centre.posts[0][0]
    said = AffairText(
        kind, title, centre.today, with_whom="Администрация", means="equipment", programme="правило и примеры",
        ground="план центра", posts=[post],
    )  # fmt: skip
    made = note_affair(centre.whose, said, by, centre.now)
    hold_affair(made, "Договорились, ответственный назван.", centre.today, [post], [], by, centre.now)
