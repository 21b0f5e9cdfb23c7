"""Proposals of a discussion: moderated by its published rules, each answered officially."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_POLLS
from otklik.desk.views.polls import RUNS, find
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Proposal
from otklik.outreach.polls.selectors import proposals_of
from otklik.outreach.polls.words import VERDICTS

ON_PAGE = 20
SHOWN = {
    "waiting": "На проверке",
    "unanswered": "Без ответа",
    "answered": "С ответом",
    "refused": "Не опубликованы",
}
CONDITIONS: dict[str, dict[str, Any]] = {
    "waiting": {"state": "waiting"},
    "unanswered": {"state": "shown", "answered_at": None},
    "answered": {"state": "shown", "answered_at__isnull": False},
    "refused": {"state": "refused"},
}


@require_safe
@needs(*SEES_POLLS)
def proposals(request: DeskRequest, key: int) -> HttpResponse:
    """What residents propose, those that wait for a check first."""
    found = find(request, key)
    if found.form != "discussion":
        raise Http404
    rows = proposals_of(found)
    counts = {name: rows.filter(**asked).count() for name, asked in CONDITIONS.items()}
    show = request.GET.get("show", "")
    show = show if show in SHOWN else next((name for name in SHOWN if counts[name]), "waiting")
    page = Paginator(rows.filter(**CONDITIONS[show]), ON_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "poll": found,
        "page": page,
        "show": show,
        "views": [(title, f"?show={name}", name == show, counts[name]) for name, title in SHOWN.items()],
        "counts": counts,
        "verdicts": VERDICTS,
        "may_run": may(request, RUNS),
    }
    return page_or_part(request, "polls/proposals", context)


@require_POST
@needs(RUNS)
def proposal(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Publish, keep back with the rule that is broken, answer."""
    found = get_object_or_404(
        Proposal.objects.select_related("poll__municipality", "municipality"),
        pk=key,
        municipality=request.municipality,
    )
    now = timezone.now()
    match name:
        case "show":
            services.show_proposal(found, request.user, now)
            said = f"Предложение № {found.number} опубликовано"
        case "refuse":
            services.refuse_proposal(found, request.POST.get("reason", ""), request.user, now)
            said = f"Предложение № {found.number} не опубликовано, причина сказана автору"
        case "answer":
            verdict, answer = request.POST.get("verdict", ""), request.POST.get("answer", "")
            services.answer_proposal(found, verdict, answer, request.user, now)
            said = f"На предложение № {found.number} дан ответ"
        case _:
            raise Http404
    return done(request, said, reverse("desk:poll_proposals", args=[found.poll_id]))
