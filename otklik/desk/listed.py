"""Cases behind a number as a list of their own, where the filter of «Лента» cannot ask for exactly these.

`desk/parts/listed.html` draws a group; `desk/behind/behind.html` is the page of one.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from otklik.accounts.selectors import rights_of
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.common.models import Municipality
from otklik.deadlines.selectors import calendar_of
from otklik.desk.clocks import row_chip
from otklik.desk.page import page_or_part
from otklik.desk.request import DeskRequest

SHOWN_CASES = 100


def listed(
    request: DeskRequest, ids: Sequence[int], town: Municipality, has_name: bool = False
) -> dict[str, Any]:
    """Cases of one municipality that the person may see, newest first; cards open in the chosen one only."""
    is_here = town == request.municipality
    rights = request.rights if is_here else rights_of(request.user, town)
    seen = cases_for(request.user, town, rights).filter(pk__in=ids)
    now, calendar = timezone.now(), calendar_of(town)
    newest = list(seen.values_list("pk", flat=True).order_by("-came_at", "-pk")[:SHOWN_CASES])
    rows = Case.objects.filter(pk__in=newest).select_related(
        "topic", "settlement", "body", "channel", "executor"
    )
    ordered = sorted(rows.defer("masked_text", "bands", "search"), key=lambda case: newest.index(case.pk))
    return {
        "town": town,
        "is_here": is_here,
        "has_name": has_name,
        "rows": [{"case": case, "chip": row_chip(case, now, calendar)} for case in ordered],
        "seen": seen.count() if len(newest) == SHOWN_CASES else len(newest),
    }


def behind(
    request: DeskRequest, ids: Sequence[int], said: str, back: tuple[str, str], screen: str
) -> HttpResponse:
    """The page of cases behind one number of a screen: what they are in words, and the way back."""
    context = {"said": said, "group": listed(request, ids, request.municipality), "back": back}
    return page_or_part(request, "behind/behind", context, screen=screen)
