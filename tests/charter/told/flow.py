"""How a message becomes an answered case."""

from datetime import timedelta

from otklik.accounts.models import Body
from otklik.analytics.heatmap.slices import hand_slice
from otklik.cases import services as cases
from otklik.cases.models import Case
from otklik.common.period import Period
from otklik.satisfaction.services import take_outer_score
from otklik.satisfaction.studies import StudyText, keep_study
from tests.charter.centre import Centre
from tests.charter.told.records import kept_map
from tests.charter.told.tale import carries


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
