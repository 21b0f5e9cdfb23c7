"""Качество: answers that passed at once, hints of the reader, returned drafts with reasons; by block, body, topic."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.analytics.measures import measure
from otklik.analytics.models import FactMark
from otklik.analytics.names import names_of
from otklik.analytics.sight import Sight, sight_of
from otklik.cases.selectors import cases_for
from otklik.common.period import Period
from otklik.common.periods import before
from otklik.desk.cuts import CUTS, cut_asked, cut_links, cut_table, figures_of, list_address
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.periods import period_asked, period_picker, say_days
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.desk.views.measures import cell_of
from otklik.quality.rules import ADVICE, TITLES
from otklik.quality.selectors import Hints, hints_of, returned_of

OWN_CUTS = {key: title for key, title in CUTS.items() if key != "channel"}
SHOWN = ("first_pass", "returned_answers", "reopened", "low_scores")
HEADS = ("first_pass", "returned_answers", "low_scores", "rechecks")
MOST = 20


@require_safe
@needs("analytics.view", "quality.check")
def quality(request: DeskRequest) -> HttpResponse:
    """The period beside the one before; every number opens its cases."""
    town, query, today = request.municipality, request.GET, timezone.localdate()
    period, by = period_asked(query, today), cut_asked(query, known=OWN_CUTS)
    listed = may(request, *SEES_CASES)
    own, sight = cases_for(request.user, town, request.rights), sight_of(request.rights, town)
    hints = hints_of(town, period, by, None if sight.is_whole else own)
    returned = list(returned_of(town, period, own)[: MOST + 1]) if listed else []
    context: dict[str, Any] = {
        "heads": _heads(request, period, sight),
        "table": cut_table(
            town,
            period,
            by,
            [measure(key) for key in SHOWN],
            {"dates": "answered"} if listed else None,
            "checked",
            sight,
        ),
        "limits": say_sight(sight, town),
        "hints": hints,
        "codes": [
            {
                "title": TITLES.get(code, code),
                "advice": ADVICE.get(code, ""),
                "n": n,
                "share": n / hints.whole.read,
                "href": list_address(period, {"fault": code, "dates": "answered"}) if listed else "",
            }
            for code, n in hints.by_code
        ],
        "hinted": _hinted(request, hints, by, period, listed),
        "returned": returned[:MOST],
        "more": len(returned) > MOST,
        "returned_href": list_address(period, {"returned": "1", "dates": "answered"}),
        "picker": period_picker(query, period, today),
        "past": say_days(before(period), today),
        "cuts": cut_links(query, by, OWN_CUTS),
        "by_title": OWN_CUTS[by],
        "mark": FactMark.objects.filter(municipality=town).first(),
    }
    return page_or_part(request, "quality/quality", context)


def _heads(request: DeskRequest, period: Period, sight: Sight) -> list[dict[str, Any]]:
    """The main figures beside those of the period before."""
    town = request.municipality
    now, past = (figures_of(town, one, sight)[0] for one in (period, before(period)))
    found = [(measure(key), measure(key).of(now), measure(key).of(past)) for key in HEADS]
    return [
        {"title": one.title, "now": cell_of(one, value), "past": cell_of(one, was)}
        for one, value, was in found
    ]


def _hinted(
    request: DeskRequest, hints: Hints, by: str, period: Period, listed: bool
) -> list[dict[str, Any]]:
    """Cuts by the share of answers with hints, those with most hinted answers first."""
    name = names_of(request.municipality, by)
    rows = sorted(hints.by_cut.items(), key=lambda one: -one[1].hinted)
    return [
        {
            "name": name(key),
            "read": one.read,
            "hinted": one.hinted,
            "template": one.template,
            "share": one.hinted / one.read,
            "href": list_address(period, {by: str(key), "fault": "template", "dates": "answered"})
            if listed and key and one.template
            else "",
        }
        for key, one in rows
        if one.hinted
    ][:MOST]
