"""Results of a poll: figures with their intervals, signs of fraud, groups; the protocol as a file."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.desk.charts import file_of
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.poll_paper import paper_of
from otklik.desk.poll_results import taken_part, told_of
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_POLLS
from otklik.desk.views.polls import RUNS, find
from otklik.outreach.polls.words import ENDED
from otklik.reports.render import CONTENT_TYPES
from otklik.reports.render.beside import draw


@require_safe
@needs(*SEES_POLLS)
def results(request: DeskRequest, key: int) -> HttpResponse:
    """What the opened box says; while it is shut, the turnout alone."""
    found = find(request, key)
    figures, questions = told_of(found)
    context = {
        "poll": found,
        "figures": figures,
        "questions": questions,
        "has_map": any(one.map for one in questions),
        "taken_part": taken_part(figures),
        "signs": list(found.signs.select_related("looked_by")),
        "may_run": may(request, RUNS),
        "is_ended": found.state in ENDED,
    }
    return page_or_part(request, "polls/results", context)


@require_safe
@needs(*SEES_POLLS)
def protocol(request: DeskRequest, key: int, form: str) -> HttpResponse:
    """The protocol of results. Raises Http404 for another form and before the closing."""
    if form not in ("docx", "pdf", "xlsx"):
        raise Http404
    found = find(request, key)
    if found.state not in ENDED:
        raise Http404
    paper = paper_of(found, timezone.now())
    return file_of(draw(paper, form), CONTENT_TYPES[form], f"poll-{found.number}.{form}")
