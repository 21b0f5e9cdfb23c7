"""Журнал: every deed of the municipality, newest first; filters by thing, deed, person."""

from django.apps import apps
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from otklik.audit.models import JournalEntry
from otklik.audit.selectors import journal_of, sentences
from otklik.audit.services import verify_journal
from otklik.cases.models import Case
from otklik.desk.page import done, needs, page_or_part, refuse
from otklik.desk.request import DeskRequest

PAGE = 100
CASE = "cases.case"


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
        "rows": [
            {
                "entry": one,
                "words": words.get(one.code, one.code),
                "thing": thing_words(one),
                "number": number,
            }
            for one, number in numbered(request, shown[:PAGE])
        ],
        "next": shown[PAGE - 1].number if len(shown) > PAGE else None,
        "codes": sorted(words.items(), key=lambda one: one[1]),
        "conditions": conditions,
        "is_filtered": any(conditions.values()),
    }
    return page_or_part(request, "journal/journal", context)


def thing_words(entry: JournalEntry) -> str:
    """«автоправило 46» instead of the table's name."""
    try:
        name = apps.get_model(entry.thing_kind)._meta.verbose_name
    except (LookupError, ValueError):
        name = entry.thing_kind
    return f"{name} {entry.thing_id}"


def numbered(request: DeskRequest, shown: list[JournalEntry]) -> list[tuple[JournalEntry, str]]:
    """Entries with the number of their card, empty for other things; one question for all."""
    keys = {int(one.thing_id) for one in shown if one.thing_kind == CASE and one.thing_id.isdigit()}
    cases = Case.objects.filter(municipality=request.municipality, pk__in=keys)
    numbers = {str(key): number for key, number in cases.values_list("pk", "number")}
    return [(one, numbers.get(one.thing_id, "") if one.thing_kind == CASE else "") for one in shown]


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
