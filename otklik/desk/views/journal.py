"""Журнал: every deed of the municipality, newest first; filters by thing, deed, person."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from otklik.audit.selectors import journal_of, sentences
from otklik.audit.services import verify_journal
from otklik.desk.page import done, needs, page_or_part, refuse
from otklik.desk.request import DeskRequest

PAGE = 100


@require_safe
@needs("audit.view")
def journal(request: DeskRequest) -> HttpResponse:
    """A page of the journal; pages are counted by the number of the entry, so deep ones cost the same."""
    words, rows = sentences(), journal_of(request.municipality)
    conditions = {
        "thing_kind": request.GET.get("thing", ""),
        "thing_id": request.GET.get("id", ""),
        "code": request.GET.get("code", ""),
    }
    rows = rows.filter(**{name: value for name, value in conditions.items() if value})
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(number__lt=int(before))
    shown = list(rows[: PAGE + 1])
    context = {
        "rows": [{"entry": one, "words": words.get(one.code, one.code)} for one in shown[:PAGE]],
        "next": shown[PAGE - 1].number if len(shown) > PAGE else None,
        "codes": sorted(words.items(), key=lambda one: one[1]),
        "conditions": conditions,
        "is_filtered": any(conditions.values()),
    }
    return page_or_part(request, "journal/journal", context)


@require_POST
@needs("audit.view")
def verify(request: DeskRequest) -> HttpResponse:
    """Walk the chain: nothing was edited, removed or swapped — or where it was."""
    breaks = verify_journal(request.municipality)
    if breaks:
        first = breaks[0]
        return refuse(request, f"Цепочка журнала нарушена: запись {first.number}: {first.words}.", 409)
    return done(
        request,
        "Цепочка журнала цела: ни одна запись не изменена и не удалена",
        request.path.replace("verify/", ""),
    )
