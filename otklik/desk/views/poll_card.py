"""The card of a poll: where it stands, what it lacks, questions, response, signs, the decision and its execution."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.audit.selectors import journal_about, sentences
from otklik.deadlines.selectors import calendar_of
from otklik.desk.forms.polls import DecisionForm, OuterForm, ResultsForm, StepForm
from otklik.desk.page import may, needs, page_or_part, part
from otklik.desk.poll_look import chip_of_poll, counted, response_of, way_of
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_POLLS
from otklik.desk.views.polls import ABOUT_PROBLEM, RUNS, find
from otklik.office.errands.of_polls import PAGE, errands_by_step
from otklik.outreach.content.selectors import posts_about
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.selectors import authorised_of, questions_of, within_of
from otklik.outreach.polls.services.placing import words_of
from otklik.outreach.polls.words import ENDED
from otklik.outreach.selectors import open_pages
from otklik.problems.models import Problem

APPROVES = "outreach.approve_polls"
MOST_ENTRIES = 12


@require_safe
@needs(*SEES_POLLS)
def poll(request: DeskRequest, key: int) -> HttpResponse:
    """Everything about one poll; choices are on the screen of results, once the box is open."""
    found, town, now = find(request, key, counted(Poll.objects.all())), request.municipality, timezone.now()
    runs, today = may(request, RUNS), timezone.localdate()
    is_mine = found.author_id == request.user.pk
    context: dict[str, Any] = {
        "poll": found,
        "way": way_of(found),
        "chip": chip_of_poll(found, now, calendar_of(town), within_of(town)),
        "questions": questions_of(found),
        "strata": list(found.strata.all()),
        "lacks": services.lacks_of(found, now) if found.state in ("draft", "approval") else [],
        "response": response_of(found, today) if found.opened_at else None,
        "signs": list(found.signs.select_related("looked_by")) if found.opened_at else [],
        "may_run": runs,
        "may_approve": may(request, APPROVES) and found.state == "approval" and not is_mine,
        "waits_other": found.state == "approval" and is_mine,
        "may_decide": may(request, APPROVES) and found.state == "summed",
        "is_ended": found.state in ENDED,
        **_outside(request, found),
        "is_due": bool(found.opens_on and found.opens_on <= today),
        "outer_form": OuterForm(town, auto_id="outer-%s"),
        "results_form": ResultsForm(town, auto_id="results-%s"),
        "decision_form": DecisionForm(town, auto_id="decision-%s"),
        "entries": _entries(found),
        "at": request.GET.get("at", ""),
        "at_way": request.GET.get("way", ""),
        **_grown(found),
        **_placed(found, runs),
        **_decision(request, found, runs),
    }
    return page_or_part(request, "polls/one", context)


def _entries(found: Poll) -> list[dict[str, Any]]:
    """The newest deeds, as the journal tells them."""
    said = sentences()
    rows = journal_about(found, found.municipality)[:MOST_ENTRIES]
    return [{"one": one, "said": said.get(one.code, one.code)} for one in rows]


@require_safe
@needs(*SEES_POLLS)
def response(request: DeskRequest, key: int) -> HttpResponse:
    """The response of a running poll as it is now: the card asks for it every half a minute."""
    found = find(request, key, counted(Poll.objects.all()))
    told = response_of(found, timezone.localdate())
    return part(
        request, "polls/_response", {"poll": found, "response": told, "is_ended": found.state in ENDED}
    )


def _outside(request: DeskRequest, found: Poll) -> dict[str, Any]:
    """Who answers for a poll of ПОС, and whether the viewer does."""
    role = authorised_of(request.municipality) if found.place == "pos" else None
    return {"authorised": role, "is_authorised": role is None or role.key in request.rights.role_keys}


def _placed(found: Poll, runs: bool) -> dict[str, Any]:
    """What official pages say of the poll, and the pages a person may tell of it on."""
    may_place = runs and found.state not in ("draft", "approval", "withdrawn")
    may_place = may_place and (found.place != "pos" or bool(found.outer_link))
    return {
        "posts": list(posts_about(found.municipality, f"poll:{found.pk}")),
        "pages": list(open_pages(found.municipality)) if may_place else [],
        "place_words": words_of(found),
    }


def _grown(found: Poll) -> dict[str, Any]:
    """The problem the poll grew from, and problems its results have raised."""
    own = Problem.objects.filter(municipality=found.municipality)
    raised = own.filter(source="polls", ground_link=f"{PAGE}{found.pk}/")
    key = found.about.removeprefix(ABOUT_PROBLEM)
    origin = (
        own.filter(pk=int(key)).first() if found.about.startswith(ABOUT_PROBLEM) and key.isdecimal() else None
    )
    return {"origin": origin, "raised": list(raised)}


def _decision(request: DeskRequest, found: Poll, runs: bool) -> dict[str, Any]:
    decision = getattr(found, "decision", None)
    if decision is None:
        return {"decision": None}
    errands = errands_by_step(found)
    steps = [{"one": one, "errand": errands.get(one.pk)} for one in decision.steps.select_related("post")]
    return {
        "decision": decision,
        "steps": steps,
        "step_form": StepForm(request.municipality, auto_id="step-%s") if runs else None,
        "may_give": may(request, "office.errands"),
    }
