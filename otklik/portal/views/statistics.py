"""Open pages of figures: what was done by residents' messages, and the statistics of the last months."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.common.models import Municipality
from otklik.common.today import today_in
from otklik.portal.bars import bars_of
from otklik.portal.towns import in_town
from otklik.portal.views.widget import framed
from otklik.reports.open_data.figures import done_in, statistics_of, topics_of
from otklik.reports.open_data.services import months_before


@require_safe
@in_town
def done(request: HttpRequest, town: Municipality) -> HttpResponse:
    """«Что сделано по вашим обращениям»."""
    return render(request, "portal/done.html", {"town": town, "tab": "done", **_done(town)})


@require_safe
@in_town
def done_framed(request: HttpRequest, town: Municipality) -> HttpResponse:
    """The same block for the pages of named sites: no cookies, no person's data."""
    return framed(render(request, "portal/done_framed.html", {"town": town, **_done(town)}), town)


def _done(town: Municipality) -> dict[str, Any]:
    figures = done_in(town, today_in(town))
    days = round(figures.hours / 24, 1) if figures.hours is not None else None
    return {"done": figures, "days": days}


@require_safe
@in_town
def statistics(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Open statistics: twelve whole months, their terms, their topics."""
    today = today_in(town)
    period = months_before(today)
    figures = statistics_of(town, period, today)
    context = {
        "town": town,
        "tab": "statistics",
        "period": period,
        "figures": figures,
        "bars": bars_of([(one.month, one.received or 0, one.answered or 0) for one in figures.months]),
        "topics": topics_of(town, period, today),
    }
    return render(request, "portal/statistics.html", context)
