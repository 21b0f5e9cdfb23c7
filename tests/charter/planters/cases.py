"""Cases by channel, kind and topic; deeds with them; answers; clocks; what went to other systems and back."""

from otklik.accounts.models import Body
from otklik.cases import services
from otklik.cases.models import Assignment, Case, Term
from otklik.routing.models import Rule
from tests.charter.planters.ground import Ground, plants


@plants("cases.registered", "cases.by_channel", "cases.gist", "cases.questions")
@plants("terms.on_time", "terms.by_channel", "terms.by_block", "terms.discipline")
@plants("cases.from_systems", "cases.electronic", "cases.from_pos", "cases.messages", "channels.pos_exchange")
def a_case_of_pos(ground: Ground) -> None:
    ground.case("pos")


def _of_channel(kind: str, *keys: str) -> None:
    @plants(*keys)
    def a_case(ground: Ground) -> None:
        ground.case(kind)

    a_case.__name__ = f"a_case_of_{kind}"


_of_channel("vk", "cases.from_vk", "cases.from_open_sources")
_of_channel("ok", "cases.from_ok")
_of_channel("telegram", "cases.from_telegram")
_of_channel("phone", "cases.oral")
_of_channel("incident", "channels.incident_exchange")
_of_channel("ecpur", "channels.ecpur_exchange")
_of_channel("edms", "channels.edms_exchange")
_of_channel("api", "channels.municipal_systems")
_of_channel("paper", "cases.written", "cases.appeals", "terms.fz59")


@plants("cases.by_form", "cases.applicant_category", "cases.organisations")
def a_letter_of_an_organisation(ground: Ground) -> None:
    ground.case("web_form", author="ООО «Ромашка»", author_kind="organisation", email="mail@town.example")


@plants("cases.topics", "cases.solvable")
def a_solvable_case_of_a_topic(ground: Ground) -> None:
    case = ground.case()
    assert case.topic_id is not None and case.solvable


@plants("cases.other_feedback")
def thanks(ground: Ground) -> None:
    case = ground.case(text="Спасибо большое за новый тротуар на Советской!")
    assert case.text_kind == "thanks"


@plants("cases.passed_on", "cases.incident_distribution")
def a_case_of_incident_given_away(ground: Ground) -> None:
    services.assign_case(ground.case("incident"), ground.body, ground.by, ground.now, "разобрано")


@plants("cases.pos_distribution")
def a_case_of_pos_given_away(ground: Ground) -> None:
    services.assign_case(ground.case("pos"), ground.body, ground.by, ground.now, "разобрано")


@plants("terms.draft_handed")
def a_clock_of_the_draft(ground: Ground) -> None:
    """This charter names no days for a draft: a clock of the case stands in for one that does."""
    clock = ground.case("pos").terms.order_by("pk")[0]
    Term.objects.filter(pk=clock.pk).update(key="deadline.draft_days")


@plants("cases.first_reaction")
def a_case_taken(ground: Ground) -> None:
    ground.in_work()


@plants("cases.head_interventions")
def the_head_steps_in(ground: Ground) -> None:
    head = ground.town.user_with("head", [], role_key="head")
    services.set_urgency(ground.case(), "high", head, ground.now, "угроза")


@plants("answers.in_social", "answers.solved_fact", "answers.truth_mark")
def a_solved_case_of_incident(ground: Ground) -> None:
    ground.answered("incident")


@plants("answers.explained_share")
def an_explained_case(ground: Ground) -> None:
    case = ground.answered("incident", "explained")
    Case.objects.filter(pk=case.pk).update(solvable=True)


@plants("answers.drafts", "answers.by_block")
def a_draft(ground: Ground) -> None:
    case = ground.in_work()
    Case.objects.filter(pk=case.pk).update(block_key=ground.block.key)
    services.save_draft(case, "Яму заделали, фото приложено.", "solved", None, 0, ground.town.boris)
    services.submit_answer(case, ground.town.boris, ground.now)


@plants("answers.by_officer")
def a_draft_of_the_officer(ground: Ground) -> None:
    officer = ground.town.user_with("officer", [], ground.body, role_key="pos_officer")
    case = services.assign_case(ground.case(), ground.body, ground.by, ground.now, "разобрано")
    services.take_case(case, officer, ground.now)
    services.save_draft(case, "Яму заделали, фото приложено.", "solved", None, 0, officer)
    services.submit_answer(case, officer, ground.now)


@plants("channels.region_exchange")
def a_case_for_the_region(ground: Ground) -> None:
    centre = Body.objects.filter(municipality=ground.whose, kind="region_centre").first()
    centre = centre or Body.objects.create(
        municipality=ground.whose,
        key="region",
        name="ЦУР",
        short_name="ЦУР",
        kind="region_centre",
        is_external=True,
    )
    services.forward_case(ground.case(), centre, "вопрос области", ground.by, ground.now)


@plants("routing.rules")
def a_case_sent_by_a_rule(ground: Ground) -> None:
    rule, case = Rule.objects.filter(municipality=ground.whose).first(), ground.case()
    services.assign_case(case, ground.body, ground.by, ground.now, "правило")
    assert Assignment.objects.filter(case=case).update(rule=rule, reason="правило") >= 1
