"""Ошибки общения: the register with the lesson learnt of each."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.selectors import cases_for
from otklik.common.errors import Refused
from otklik.desk.forms.problems import TalkForm, first_fault
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.periods import turned
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_ERRORS, SEES_PROBLEMS
from otklik.problems.models import TalkError
from otklik.problems.selectors import talk_errors_of
from otklik.problems.services import learn, note_talk_error
from otklik.problems.services.talk import NOTERS
from otklik.problems.words import FAULTS

SEES = SEES_ERRORS
MOST = 60
SHOWN = {"": ("Все", Q()), "bare": ("Без урока", Q(lesson="")), "learnt": ("С уроком", ~Q(lesson=""))}


@require_safe
@needs(*SEES)
def errors(request: DeskRequest) -> HttpResponse:
    """Errors newest first; cases open only for those who see them."""
    town, query = request.municipality, request.GET
    show = query.get("show", "") if query.get("show", "") in SHOWN else ""
    found = talk_errors_of(town).filter(SHOWN[show][1])
    if query.get("fault", "") in dict(FAULTS):
        found = found.filter(fault=query["fault"])
    if query.get("body", "").isdecimal():
        found = found.filter(body_id=int(query["body"]))
    rows = list(found[:MOST])
    seen = cases_for(request.user, town, request.rights).filter(
        pk__in=[one.case_id for one in rows if one.case_id]
    )
    may_note = may(request, *NOTERS)
    context: dict[str, Any] = {
        "rows": rows,
        "seen": set(seen.values_list("pk", flat=True)),
        "shown": [(title, turned(query, show=key), key == show) for key, (title, _) in SHOWN.items()],
        "show": show,
        "bare": talk_errors_of(town).filter(lesson="").count(),
        "is_narrowed": bool(query.get("fault") or query.get("body")),
        "may_note": may_note,
        "sees_problems": may(request, *SEES_PROBLEMS),
        "form": TalkForm(town, initial={"on": timezone.localdate()}, auto_id="talk-%s") if may_note else None,
    }
    return page_or_part(request, "talk/list", context)


@require_POST
@needs(*NOTERS)
def note(request: DeskRequest) -> HttpResponse:
    """Write an error by hand."""
    form = TalkForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    seen = cases_for(request.user, request.municipality, request.rights)
    note_talk_error(request.municipality, form.told(seen), request.user, timezone.now())
    return done(request, "Ошибка записана", reverse("desk:talk_errors"))


@require_POST
@needs(*NOTERS)
def lesson(request: DeskRequest, key: int) -> HttpResponse:
    """Write the lesson of an error."""
    found = get_object_or_404(TalkError, pk=key, municipality=request.municipality)
    learn(found, request.POST.get("lesson", ""), request.user, timezone.now())
    return done(request, "Урок записан", reverse("desk:talk_errors"))
