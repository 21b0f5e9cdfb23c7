"""Queries that prove clauses about cases, answers, terms and routing: how many, when last, where to look."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from otklik.accounts.models import Body
from otklik.cases.models import Answer, Assignment, Case, Move, Question, Term
from otklik.charter.evidence import Evidence, counted, during, proves
from otklik.common.models import Municipality
from otklik.common.period import Period

Query = Callable[[Municipality, Period], Evidence]


def _cases(municipality: Municipality, period: Period) -> QuerySet[Case]:
    return Case.objects.filter(**during("came_at", municipality, period))


def _of_cases(*keys: str, link: str = "/cases/", **conditions: object) -> None:
    """Register one query: cases of the period under these conditions."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        return counted(_cases(municipality, period).filter(**conditions), "came_at", link)


_of_cases("cases.registered", "cases.by_channel", "cases.gist")
_of_cases("cases.from_pos", link="/cases/?channel=pos", channel__kind="pos")
_of_cases("cases.from_vk", link="/cases/?channel=vk", channel__kind="vk")
_of_cases("cases.from_ok", link="/cases/?channel=ok", channel__kind="ok")
_of_cases("cases.from_telegram", link="/cases/?channel=telegram", channel__kind="telegram")
_of_cases(
    "cases.from_open_sources", channel__kind__in=["incident", "vk", "ok", "telegram", "max", "public_pages"]
)
_of_cases("cases.from_systems", channel__kind__in=["pos", "incident", "ecpur", "edms", "api", "portal_gov"])
_of_cases("cases.written", channel__kind__in=["paper", "edms"])
_of_cases("cases.oral", channel__kind__in=["phone", "oral", "reception"])
_of_cases("cases.electronic", channel__kind__in=["pos", "incident", "email", "web_form", "portal_gov", "api"])
_of_cases("cases.by_form", "cases.applicant_category", applicant__isnull=False)
_of_cases("cases.organisations", applicant__kind="organisation")
_of_cases("cases.messages", link="/cases/?kind=message", kind="message")
_of_cases("cases.appeals", link="/cases/?kind=appeal", kind="appeal")
_of_cases("cases.topics", topic__isnull=False)
_of_cases("cases.solvable", solvable=True)
_of_cases("cases.other_feedback", text_kind__in=["proposal", "question", "thanks"])


@proves("cases.questions")
def questions(municipality: Municipality, period: Period) -> Evidence:
    """Questions found in the cases of the period."""
    rows = Question.objects.filter(case__in=_cases(municipality, period))
    return counted(rows.select_related("case"), "case__came_at", "/cases/")


def _of_moves(*keys: str, condition: Q) -> None:
    """Register one query: deeds of the period."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        moves = Move.objects.filter(condition, **during("at", municipality, period))
        return counted(moves.select_related("case"), "at", "/cases/")


_of_moves("cases.passed_on", condition=Q(deed__in=["assign", "pass_on", "forward"]))
_of_moves("cases.incident_distribution", condition=Q(deed="assign", case__channel__kind="incident"))
_of_moves("cases.pos_distribution", condition=Q(deed="assign", case__channel__kind="pos"))
_of_moves("cases.first_reaction", condition=Q(deed__in=["take", "sign"]))
# A head steps in where the work has got stuck: gives it to another, sends back, hurries, takes up again.
_of_moves(
    "cases.head_interventions",
    condition=Q(
        by__holdings__role__key="head",
        deed__in=["pass_on", "return_case", "return_answer", "set_urgency", "reopen"],
    ),
)
_of_moves("answers.in_social", condition=Q(deed="place", case__channel__kind__in=["incident", "vk", "ok"]))


@proves("channels.region_exchange")
def handed_to_region_centre(municipality: Municipality, period: Period) -> Evidence:
    """Cases forwarded or copied to the region's centre in the period."""
    centres = Body.objects.filter(municipality=municipality, kind="region_centre")
    keys = list(centres.values_list("key", flat=True))
    handed = Q(deed="forward", details__body__in=keys)
    for key in keys:
        handed |= Q(deed="send_copies", details__bodies__contains=[key])
    rows = Move.objects.filter(handed, **during("at", municipality, period))
    return counted(rows.select_related("case"), "at", "/cases/?state=forwarded", "передано в ЦУР")


def _of_answers(*keys: str, condition: Q) -> None:
    """Register one query: versions of answers made in the period."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        rows = Answer.objects.filter(condition, **during("created_at", municipality, period))
        return counted(rows.select_related("case"), "created_at", "/cases/")


_of_answers("answers.drafts", condition=Q(author__isnull=False))
_of_answers(
    "answers.by_officer", condition=Q(author__holdings__role__key__in=["pos_officer", "incident_officer"])
)
_of_answers("answers.truth_mark", condition=~Q(vouched_title=""))
_of_answers("answers.by_block", condition=~Q(case__block_key=""))
_of_answers("answers.solved_fact", condition=Q(kind="solved", state="sent"))
_of_answers("answers.explained_share", condition=Q(kind="explained", state="sent", case__solvable=True))


def _of_terms(*keys: str, condition: Q) -> None:
    """Register one query: clocks started in the period."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        rows = Term.objects.filter(condition, **during("start_at", municipality, period))
        return counted(rows.select_related("case"), "start_at", "/terms/")


_of_terms("terms.on_time", "terms.by_channel", "terms.by_block", "terms.discipline", condition=Q())
_of_terms("terms.fz59", condition=Q(key__startswith="fz59."))
_of_terms("terms.draft_handed", condition=Q(key="deadline.draft_days"))


@proves("routing.rules")
def routed_by_rules(municipality: Municipality, period: Period) -> Evidence:
    """Assignments made by auto-rules in the period."""
    rows = Assignment.objects.filter(rule__isnull=False, **during("since", municipality, period))
    return counted(rows.select_related("case", "rule"), "since", "/rules/")
