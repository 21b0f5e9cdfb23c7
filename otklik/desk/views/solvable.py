"""Решаемые: solved in fact up, explained down (Демянск 2.2.3); explanations that a person has to look at."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.analytics.measures import measure
from otklik.analytics.models import FactMark
from otklik.analytics.selectors import sums
from otklik.analytics.sight import Sight, sight_of
from otklik.cases.selectors import cases_for
from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import MONTH_NAMES, before, month_of
from otklik.desk.cuts import cut_asked, cut_links, cut_table, figures_of, list_address
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.periods import period_asked, period_picker, say_days
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.desk.views.measures import cell_of
from otklik.quality.selectors import explained_to_look
from otklik.quality.services import review_explained

SHOWN = ("solvable_solved", "solvable_explained", "solvable", "reopened")
HEADS = ("solvable_solved", "solvable_explained")
DEEDS = [("right", "разъяснение уместно"), ("reopened", "вернуть в работу")]
"""What may be decided on an explanation; the second needs the right to reopen."""

MOST = 20
MONTHS = 12


@require_safe
@needs("analytics.view")
def solvable(request: DeskRequest) -> HttpResponse:
    """How much of what could be solved was solved, and the queue of explanations."""
    town, query, today = request.municipality, request.GET, timezone.localdate()
    period, by = period_asked(query, today), cut_asked(query)
    listed, may_look = may(request, *SEES_CASES), may(request, "quality.check")
    own = cases_for(request.user, town, request.rights)
    waiting = explained_to_look(town, own)
    past, sight = before(period), sight_of(request.rights, town)
    now_sums, past_sums = (figures_of(town, one, sight)[0] for one in (period, past))
    more = {"solvable": "1", "result": "explained", "dates": "answered"}
    found = [(measure(key), measure(key).of(now_sums), measure(key).of(past_sums)) for key in HEADS]
    context: dict[str, Any] = {
        "heads": [
            {"title": one.title, "now": cell_of(one, value), "past": cell_of(one, was), "good": one.direction}
            for one, value, was in found
        ],
        "months": months(request, today, sight),
        "table": cut_table(
            town,
            period,
            by,
            [measure(key) for key in SHOWN],
            more if listed else None,
            "solvable_answered",
            sight,
        ),
        "limits": say_sight(sight, town),
        "queue": list(waiting[:MOST]) if may_look else [],
        "waiting": waiting.count() if may_look else 0,
        "may_look": may_look,
        "reviews": [one for one in DEEDS if one[0] != "reopened" or may(request, "cases.reopen")],
        "explained_href": list_address(period, more) if listed else "",
        "picker": period_picker(query, period, today),
        "past": say_days(past, today),
        "cuts": cut_links(query, by),
        "mark": FactMark.objects.filter(municipality=town).first(),
    }
    return page_or_part(request, "solvable/solvable", context)


def months(request: DeskRequest, today: date, sight: Sight) -> list[dict[str, Any]]:
    """The last twelve months: what was solved and what was explained of the solvable."""
    first = today.replace(day=1)
    starts = [first]
    while len(starts) < MONTHS:
        starts.append(before(month_of(starts[-1].year, starts[-1].month)).since)
    period = Period(starts[-1], today)
    columns = ("solvable_answered", "solvable_solved", "solvable_explained")
    found = sums([request.municipality.pk], period, ("month",), {"sight": sight}, columns)
    rows = []
    for start in starts:
        if (start,) not in found or not found[start,]["solvable_answered"]:
            continue
        one = found[start,]
        solved, explained = (measure(key).of(one) for key in HEADS)
        rows.append(
            {
                "name": f"{words.capitalised(MONTH_NAMES[start.month - 1])} {start.year}",
                "solved": cell_of(measure("solvable_solved"), solved),
                "explained": cell_of(measure("solvable_explained"), explained),
                "solved_bar": 0.64 * (solved.number or 0),
                "explained_bar": 0.64 * (explained.number or 0),
            }
        )
    return rows


@require_POST
@needs("quality.check")
def review(request: DeskRequest, number: str) -> HttpResponse:
    """«Разъяснение уместно» or «Вернуть в работу» with the reason."""
    own = cases_for(request.user, request.municipality, request.rights)
    case = own.filter(number=number).first()
    if case is None:
        raise Http404
    said = request.POST
    found = review_explained(
        case, said.get("decision", ""), said.get("words", ""), request.user, timezone.now()
    )
    return done(request, f"{number}: {found.get_decision_display()}", reverse("desk:solvable"))
