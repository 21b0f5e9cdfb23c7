"""Динамика: how the flow changed, what it is made of, unusual days, the weeks ahead with the error of the forecast."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from otklik.analytics.dashboards.whose import whole
from otklik.analytics.growth.selectors import spikes_of
from otklik.analytics.growth.words import finding
from otklik.analytics.models import FactMark
from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import before, write_period, year_before
from otklik.desk.charts import FILES, XLSX, chart_of, chart_part, file_of, picture, sizes_of
from otklik.desk.dynamics import AHEAD, CUTS, PLOTS, Asked, asked_of, href_of, line_of, rest_of, weeks_of
from otklik.desk.page import needs, page_or_part
from otklik.desk.periods import period_picker, say_days, say_past, turned
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.desk.summary import linked_table
from otklik.desk.summary_export import to_workbook

MOST = 15
WIDE = frozenset({"flow"})


@require_safe
@needs("analytics.view")
def dynamics(request: DeskRequest) -> HttpResponse:
    """The period against the one before it or the same days a year ago; the whole question stands in the address."""
    asked, query = asked_of(request), request.GET
    period, growth = asked.period, asked.growth
    context = {
        "growth": growth,
        "limits": say_sight(asked.sight, asked.town),
        "said": finding(growth, asked.name),
        "season": words.number(round(growth.season)),
        "lines": [line_of(one, asked) for one in growth.factors[:MOST]],
        "rest": rest_of(growth.factors[MOST:]),
        "spikes": [
            (
                words.long_day(one.day),
                one.count,
                round(one.band.expected),
                href_of("", "", Period(one.day, one.day), asked.is_listed),
            )
            for one in spikes_of([asked.town.pk], period, asked.where)
        ],
        "picker": period_picker(query, period, asked.today),
        "cuts": [(title, turned(query, by=key), key == asked.by) for key, title in CUTS.items()],
        "pasts": [
            (say_past(period, before(period)), turned(query, past=""), query.get("past") != "year"),
            (say_past(period, year_before(period)), turned(query, past="year"), query.get("past") == "year"),
        ],
        "says_past": say_past(period, asked.past),
        "by_title": CUTS[asked.by],
        "past": say_days(asked.past, asked.today),
        "now": say_days(period, asked.today),
        "mark": FactMark.objects.filter(municipality=asked.town).first(),
    }
    if growth.after or growth.before:
        context |= _drawn(request, asked)
    return page_or_part(request, "dynamics/dynamics", context)


def _drawn(request: DeskRequest, asked: Asked) -> dict[str, Any]:
    """Charts of the screen by name, each with the addresses of its files, and the weeks ahead in words."""
    query = request.GET.urlencode()
    charts: dict[str, Any] = {}
    for name, plotted in PLOTS.items():
        plot, table = plotted(asked)
        files = {
            form: reverse("desk:dynamics_chart", args=[name, form]) + (f"?{query}" if query else "")
            for form in ("part", "png", "svg", "xlsx")
        }
        chart = None if plot.is_empty else chart_of(plot, sizes_of(name in WIDE))
        linked = linked_table(table, reverse("desk:summary_cases") if asked.is_listed else "")
        charts[name] = {"chart": chart, "plot": plot, "linked": linked, "files": files}
    weeks = [
        (title, charts[name], weeks_of(asked.told(column), asked.today))
        for (column, title), name in zip(AHEAD.items(), ("ahead", "late"), strict=True)
    ]
    return {"charts": charts, "weeks": weeks}


@require_safe
@needs("analytics.view")
def chart(request: DeskRequest, name: str, form: str) -> HttpResponse:
    """One chart of the screen for its page, or its rows as a picture or a workbook."""
    if name not in PLOTS or form not in ("part", "xlsx", *FILES):
        raise Http404
    asked = asked_of(request)
    plot, table = PLOTS[name](asked)
    file = f"otklik-dynamics-{name}-{write_period(asked.period)}"
    if form == "xlsx":
        return file_of(
            to_workbook("Динамика", [table], whole(asked.town), asked.period), XLSX, f"{file}.xlsx"
        )
    if plot.is_empty:
        raise Http404
    return chart_part(request, plot, name in WIDE) if form == "part" else picture(plot, form, file)
