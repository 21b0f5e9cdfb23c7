"""Проблемы: the registry with its filter, raising by hand, the card."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from otklik.accounts.selectors import body_ids_under
from otklik.analytics.sight import sight_of
from otklik.deadlines.selectors import calendar_of
from otklik.desk.errand_rows import ErrandRow, errand_rows
from otklik.desk.forms.problems import OfficialTextForm, OwnerForm, PartForm, ProblemForm
from otklik.desk.page import done, may, needs, page_or_part, tried, version_in
from otklik.desk.periods import turned
from otklik.desk.problem_bench import bench_of
from otklik.desk.problem_look import (
    bars,
    flow_list,
    links_of,
    map_of,
    opening_of,
    say_comparison,
    way_of,
)
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES, SEES_ERRORS, SEES_MEETINGS, SEES_POLLS, SEES_PROBLEMS
from otklik.office.about import errands_about, meetings_about
from otklik.office.selectors import name_of
from otklik.outreach.polls.models import Poll
from otklik.problems import services
from otklik.problems.models import OfficialText, Problem
from otklik.problems.roadmaps.models import Aim
from otklik.problems.rules import MOVES, allowed, keeps
from otklik.problems.selectors import (
    ProblemFilter,
    around,
    flow_of,
    flow_words,
    flows_of,
    get_problem,
    problems_of,
)
from otklik.problems.words import FAULTS, SOURCES, STATES
from otklik.topics.models import Block

SEES = SEES_PROBLEMS
MANAGE = "problems.manage"
MOST = 100
SHOWN = [("", "живые"), *STATES, ("all", "все")]


@require_safe
@needs(*SEES)
def problems(request: DeskRequest) -> HttpResponse:
    """The registry: proposals first, each problem with its flow of sixty days."""
    town, today = request.municipality, timezone.localdate()
    asked = ProblemFilter.from_query(request.GET)
    rows = list(problems_of(town, asked)[:MOST])
    flows = flows_of(rows, town, today, sight=sight_of(request.rights, town))
    blocks = dict(Block.objects.filter(municipality=town).values_list("key", "title"))
    context: dict[str, Any] = {
        "rows": [
            {
                "problem": one,
                "flow": flows[one.pk],
                "bars": bars(flows[one.pk].days),
                "block": blocks.get(one.block_key, ""),
            }
            for one in rows
        ],
        "opening": opening_of(rows, today) if asked.is_empty and rows else "",
        "asked": asked,
        "states": [(title, turned(request.GET, state=key), key == asked.state) for key, title in SHOWN],
        "sources": [(title, turned(request.GET, source=key), key) for key, title in [("", "все"), *SOURCES]],
        "source": dict(SOURCES).get(asked.source, "любого источника"),
        "state": dict(SHOWN).get(asked.state, "живые"),
        "blocks": [
            (title, turned(request.GET, block=key), key) for key, title in [("", "все"), *blocks.items()]
        ],
        "of_block": blocks.get(asked.block, "всех блоков"),
        "may_manage": may(request, MANAGE),
        "sees_errors": may(request, *SEES_ERRORS),
    }
    return page_or_part(request, "problems/list", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE)
def new(request: DeskRequest) -> HttpResponse:
    """A problem raised by hand."""
    initial = {"since": timezone.localdate(), "block_key": next(iter(sorted(request.rights.block_keys)), "")}
    form = ProblemForm(request.municipality, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = services.raise_problem(request.municipality, form.told(), request.user, timezone.now())
        return done(request, f"Проблема {made.number} заведена", address(made))
    context = {"form": form, "problem": None}
    return page_or_part(request, "problems/edit", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE)
def edit(request: DeskRequest, number: str) -> HttpResponse:
    """The words of a problem; an older sight of it does not overwrite a newer one."""
    problem = find(request, number)
    names = (
        "title",
        "gist",
        "block_key",
        "topic",
        "settlement",
        "place_text",
        "outer_ref",
        "fast_track",
        "indicator",
    )
    initial = {name: getattr(problem, name) for name in names}
    form = ProblemForm(request.municipality, request.POST or None, initial=initial).keep_origin()
    if request.method == "POST" and form.is_valid():
        by, now = request.user, timezone.now()
        if tried(form, lambda: services.change(problem, form.said(), version_in(request), by, now)):
            return done(request, "Записано", address(problem))
    context = {"form": form, "problem": problem}
    return page_or_part(request, "problems/edit", context, status=422 if form.is_bound else 200)


@require_safe
@needs(*SEES)
def problem(request: DeskRequest, number: str) -> HttpResponse:
    """Everything about one problem: flow, place, cases, causes, the text for its authors, who takes part."""
    return shown(request, find(request, number))


def shown(request: DeskRequest, found: Problem, text_form: OfficialTextForm | None = None) -> HttpResponse:
    """The card of the problem, with the text for its authors as it was typed when it could not be saved."""
    town, today = request.municipality, timezone.localdate()
    sight = sight_of(request.rights, town)
    flow, links = flow_of(found, today, sight=sight), links_of(found, request)
    keeper = keeps(request.rights.permissions, request.rights.block_keys, found.block_key)
    draft = found.texts.filter(state="draft").first()
    texts = list(found.texts.select_related("by"))
    context: dict[str, Any] = {
        "problem": found,
        "sector": Block.objects.filter(municipality=town, key=found.block_key).first(),
        "way": way_of(found),
        "flow": flow,
        "bars": bars(flow.days, 640, 96),
        "flow_words": flow_words(found),
        "flow_href": flow_list(found, flow) if may(request, *SEES_CASES) else "",
        "effect": say_comparison(around(found, found.solved_on, today)) if found.solved_on else "",
        **{f"links_{key}": value for key, value in links.items()},
        "map": map_of(found, links["points"]),
        "keeper": keeper,
        "may_campaign": may(request, "risks.work"),
        "may_ask": may(request, "outreach.polls"),
        "polls": list(Poll.objects.filter(municipality=town, about=f"problem:{found.pk}"))
        if may(request, *SEES_POLLS)
        else [],
        "moves": MOVES,
        "deeds": [_deed(key) for key, _ in allowed(found.state)] if keeper else [],
        "parts": list(found.parts.select_related("body")),
        "own_bodies": _own_bodies(request),
        "given": [one for one in texts if one.state != "draft"],
        "draft": draft,
        "text_form": text_form or (_text_form(request, draft) if keeper else None),
        "owner_form": OwnerForm(
            town, initial={"post": found.owner_post_id, "body": found.body_id}, auto_id="owner-%s"
        )
        if keeper
        else None,
        "part_form": PartForm(town, auto_id="part-%s") if keeper else None,
        "errors": list(found.talk_errors.all()[:10]),
        "aims": list(Aim.objects.filter(problem=found).select_related("roadmap")),
        "meetings": [(one, name_of(one)) for one in meetings_about(found)]
        if may(request, *SEES_MEETINGS)
        else [],
        "errands": _errands(request, found),
        "faults": dict(FAULTS),
        **bench_of(request, found, keeper),
    }
    return page_or_part(request, "problems/card", context, status=422 if text_form else 200)


def _errands(request: DeskRequest, found: Problem) -> list[ErrandRow]:
    rows = errands_about(found, request.user, request.rights).prefetch_related("helpers")
    return errand_rows(rows, request, timezone.now(), calendar_of(request.municipality))


def find(request: DeskRequest, number: str) -> Problem:
    """The problem of this number here, or 404."""
    try:
        return get_problem(request.municipality, number)
    except Problem.DoesNotExist:
        raise Http404 from None


def address(found: Problem) -> str:
    """The card of the problem."""
    return reverse("desk:problem", args=[found.number])


def _deed(key: str) -> dict[str, Any]:
    step = MOVES[key]
    return {"key": key, "title": step.title, "needs_words": step.needs_words}


def _text_form(request: DeskRequest, draft: OfficialText | None) -> OfficialTextForm:
    values = {"kind": "explained"}
    if draft is not None:
        values = {name: getattr(draft, name) for name in ("text", "kind", "promise_on")}
    return OfficialTextForm(request.municipality, initial=values, auto_id="text-%s")


def _own_bodies(request: DeskRequest) -> set[int]:
    """Bodies whose part the person may report."""
    return (
        set(body_ids_under(request.rights.body_ids, request.municipality))
        if request.rights.body_ids
        else set()
    )


def whole_of(text: str) -> int:
    """The number typed or sent, 0 for anything else."""
    return int(text) if text.isdecimal() else 0
