"""The complex picture of a block: one page its head can defend."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.analytics.measures import measure
from otklik.analytics.models import FactMark
from otklik.cases.selectors import CaseFilter
from otklik.common import words
from otklik.common.periods import say_period
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.periods import period_asked, period_picker
from otklik.desk.problem_bench import say_cost
from otklik.desk.problem_look import bars
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.views.measures import cell_of
from otklik.desk.views.problems import SEES
from otklik.problems.selectors import costs_of, picture_of_block
from otklik.topics.models import Block


@require_safe
@needs(*SEES)
def block(request: DeskRequest, key: str) -> HttpResponse:
    """Problems, flow, terms, marks, causes and decisions of one block; who sees only his blocks sees only those."""
    town, today = request.municipality, timezone.localdate()
    blocks = Block.objects.filter(municipality=town)
    if "cases.view_block" in request.rights.permissions and not may(request, "cases.view"):
        blocks = blocks.filter(key__in=request.rights.block_keys)
    found = blocks.filter(key=key).first()
    if found is None:
        raise Http404
    period = period_asked(request.GET, today)
    picture = picture_of_block(town, found, period, today)
    costs: dict[int, str] = {}
    for problem, _ in picture.problems:
        own = [one for one in picture.roots if one.problem_id == problem.pk]
        if own:
            costs |= {pk: say_cost(cost) for pk, cost in costs_of(own, problem, today).items()}
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    asked = CaseFilter(block=found.key, **days).to_query()
    listed = f"{reverse('desk:list')}?{asked}" if may(request, *SEES_CASES) else ""
    context: dict[str, Any] = {
        "picture": picture,
        "rows": [{"problem": one, "flow": flow, "bars": bars(flow.days)} for one, flow in picture.problems],
        "figures": [
            {
                "title": measure(one.key).title,
                "now": cell_of(measure(one.key), one.now),
                "past": cell_of(measure(one.key), one.past),
                "href": listed if one.key == "received" else "",
            }
            for one in picture.figures
        ],
        "roots": [{"cause": one, "cost": costs.get(one.pk, "")} for one in picture.roots],
        "opening": _opening(picture.problems, picture.undecided),
        "past": say_period(picture.past),
        "picker": period_picker(request.GET, period, today),
        "others": [(one.key, one.title) for one in blocks if one.pk != found.pk],
        "may_compose": may(request, "reports.compose"),
        "mark": FactMark.objects.filter(municipality=town).first(),
    }
    return page_or_part(request, "problems/block", context)


def _opening(problems: Any, undecided: int) -> str:
    waiting = sum(one.state == "proposed" for one, _ in problems)
    live = len(problems) - waiting
    if not problems:
        return "Проблем на перечне у блока нет."
    said = f"На перечне {words.count(live, 'проблема', 'проблемы', 'проблем')}"
    if waiting:
        said += (
            f", {words.count(waiting, 'предложение ждёт', 'предложения ждут', 'предложений ждут')} решения"
        )
    if undecided:
        roots = words.count(undecided, "первопричины", "первопричин", "первопричин")
        said += f"; по{words.NBSP}{roots} решения нет"
    return f"{said}."
