"""The queue of questions to residents: what to ask first, why, how sure; one press makes a draft."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.selectors import CaseFilter
from otklik.charter.selectors import charter_of
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES, SEES_POLLS
from otklik.desk.views.polls import RUNS, address
from otklik.problems.asking.drafting import draft_from
from otklik.problems.asking.models import Candidate
from otklik.problems.asking.rules import SOURCES, WEIGHT_WORDS, WEIGHTS
from otklik.problems.asking.selectors import named_thresholds, queue_of, thresholds_of
from otklik.problems.asking.services import find_questions, refuse

MOST = 40
SHOWN = {"": "Ждут решения", "taken": "Взяты", "refused": "Отклонены", "all": "Все"}


@require_safe
@needs(*SEES_POLLS)
def queue(request: DeskRequest) -> HttpResponse:
    """Questions by priority; each tells the parts of its points, so that any line can be recounted."""
    town = request.municipality
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    rows = queue_of(town)
    rows = rows.filter(state=show or "open") if show != "all" else rows
    found = list(rows[: MOST + 1])
    listed = may(request, *SEES_CASES)
    context: dict[str, Any] = {
        "rows": [
            {
                "one": one,
                "parts": _parts(one),
                "href": _cases_of(one) if listed else "",
                "sources": source_words(one),
            }
            for one in found[:MOST]
        ],
        "has_more": len(found) > MOST,
        "open": queue_of(town).filter(state="open").count() if show else len(found),
        "views": [(title, f"?show={key}", key == show) for key, title in SHOWN.items()],
        "show": show,
        "may_run": may(request, RUNS),
        "has_forms": bool(charter_of(town).polls.forms),
        "asked": thresholds_of(town),
        "unconfirmed": any(one.needs_confirmation for one in named_thresholds(town)),
        "may_see_parameters": may(request, "charter.view"),
    }
    return page_or_part(request, "polls/queue", context)


@require_POST
@needs(RUNS)
def question(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """«Составить черновик» or «Не спрашивать» with the reason."""
    found = get_object_or_404(queue_of(request.municipality), pk=key)
    match name:
        case "take":
            made = draft_from(found, request.user, timezone.now())
            return done(request, "Черновик составлен: проверьте слова, срок и кого спрашиваем", address(made))
        case "refuse":
            refuse(found, request.POST.get("words", ""), request.user, timezone.now())
            return done(request, f"Не спрашиваем: {found.title}", reverse("desk:poll_queue"))
    raise Http404


@require_POST
@needs(RUNS)
def again(request: DeskRequest) -> HttpResponse:
    """Look at the figures anew without waiting for the night."""
    made = find_questions(request.municipality, timezone.now())
    said = f"Новых вопросов: {len(made)}" if made else "Новых вопросов нет, цифры обновлены"
    return done(request, said, reverse("desk:poll_queue"))


def _parts(one: Candidate) -> list[tuple[str, int, int]]:
    """What the points are made of: words, points, of how many."""
    given = one.figures.get("parts", {})
    return [(WEIGHT_WORDS[key], int(given.get(key, 0)), most) for key, most in WEIGHTS.items()]


def _cases_of(one: Candidate) -> str:
    """The cases behind a question that has a topic."""
    if one.topic is None:
        return ""
    place = {"settlement": str(one.settlement_id)} if one.settlement_id else {}
    asked = CaseFilter(topic=one.topic.key, since=one.since.isoformat(), until=one.until.isoformat(), **place)
    return f"{reverse('desk:list')}?{asked.to_query()}"


def source_words(one: Candidate) -> str:
    """«проблемная точка, рост»."""
    return ", ".join(SOURCES[key] for key in one.sources if key in SOURCES)
