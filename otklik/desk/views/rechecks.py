"""Проверки после оценки: a bad score asks somebody who did not write the answer to read it again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.models import Answer
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.satisfaction.models import Recheck
from otklik.satisfaction.rules import REASONS, RECHECK_RESULTS
from otklik.satisfaction.selectors import rechecks_for
from otklik.satisfaction.services import close_recheck

SHOWN = 50


@require_safe
@needs("quality.check")
def rechecks(request: DeskRequest) -> HttpResponse:
    """Open checks, oldest first: the score, its reasons, the citizen's words, the answer that was rated."""
    waiting = rechecks_for(request.user, request.municipality, request.rights)
    rows = list(waiting[:SHOWN])
    answers = Answer.objects.filter(case__in=[row.case_id for row in rows], state="sent").order_by("version")
    texts = {answer.case_id: answer for answer in answers}
    context: dict[str, Any] = {
        "rows": [
            {
                "check": row,
                "reasons": [REASONS[key] for key in row.score.reasons if key in REASONS],
                "answer": texts.get(row.case_id),
            }
            for row in rows
        ],
        "total": waiting.count() if len(rows) == SHOWN else len(rows),
        "results": [one for one in RECHECK_RESULTS if one[0] != "reopened" or may(request, "cases.reopen")],
    }
    return page_or_part(request, "rechecks/list", context)


@require_POST
@needs("quality.check")
def close(request: DeskRequest, key: int) -> HttpResponse:
    """«Проверка закончена» with its result and what was seen."""
    check: Recheck | None = (
        rechecks_for(request.user, request.municipality, request.rights).filter(pk=key).first()
    )
    if check is None:
        raise Http404
    result = request.POST.get("result", "")
    close_recheck(check, result, request.POST.get("reason", ""), request.user, timezone.now())
    said = "карточка снова в работе" if result == "reopened" else "ответ верный"
    return done(request, f"{check.case.number}: проверка закончена, {said}", reverse("desk:rechecks"))
