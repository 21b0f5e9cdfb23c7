"""Where a deed leads: back to the tray it was done in, or to the card with the list one came from."""

from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import reverse

from otklik.cases.models import Case
from otklik.cases.selectors import CaseFilter, cases_for
from otklik.desk.request import DeskRequest

TALLY = "triage_tally"
LAST = "triage_last"
TRAY = "?back=triage"


def in_tray(request: DeskRequest) -> bool:
    """Whether the deed was begun in Разбор."""
    return request.GET.get("back") == "triage"


def count_decision(request: DeskRequest, number: str, waited: bool, waits: bool) -> None:
    """One more decided in the tray today when the case has left it, one fewer when it came back.

    The last decided stays at hand: it can be taken back when its toast has gone.
    """
    tally = request.session.get(TALLY, 0) + int(waited) - int(waits)
    request.session[TALLY] = max(tally, 0)
    request.session[LAST] = "" if waits else number


def after_deed(request: DeskRequest, case: Case) -> str:
    """The next of the tray, the same card, or the list when the deed took the case out of sight."""
    if in_tray(request):
        return reverse("desk:triage_one", args=[case.number]) if case.needs_triage else reverse("desk:triage")
    mine = cases_for(request.user, request.municipality, request.rights)
    if not mine.filter(pk=case.pk).exists():
        return f"{reverse('desk:list')}?{list_behind(request)}"
    return card_address(case.number, list_behind(request))


def undo_address(request: DeskRequest, number: str) -> str:
    """The opposite deed; it comes back to the tray when the deed was done there."""
    return reverse("desk:undo", args=[number]) + (TRAY if in_tray(request) else "")


def card_address(number: str, query: str) -> str:
    """A card with the filter of the list behind it; without one, the card alone."""
    return reverse("desk:card", args=[number]) + (f"?{query}" if query else "")


def list_behind(request: DeskRequest) -> str:
    """The filter in the address of the page the deed was done on, so that ← and → go on along the same list."""
    page = request.htmx.current_url if request.htmx else request.headers.get("referer")
    return CaseFilter.from_query(QueryDict(urlsplit(page or "").query)).to_query()
