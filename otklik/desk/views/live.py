"""What has changed while a screen was open: one sentence with «Показать», nothing while all is as drawn.

A light request in ten seconds instead of the whole page; own deeds redraw the screen themselves and do not count.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from otklik.audit.models import JournalEntry
from otklik.audit.selectors import newest_about, sentences
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.channels.selectors import raw_tray
from otklik.common import words
from otklik.desk.page import needs, part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.views.card import find
from otklik.desk.way import card_address

READING = ("cases.personal_shown", "cases.exported")
CARDS = ("карточка", "карточки", "карточек")


@dataclass(frozen=True)
class Screen:
    """Who may watch it and which part of the page is drawn anew; without a part the page opens again."""

    permissions: tuple[str, ...]
    part: str = ""


SCREENS = {
    "day": Screen((), "day"),
    "terms": Screen(SEES_CASES, "board"),
    "triage": Screen(("cases.sort", "cases.assign"), "triage"),
    "raw": Screen(("channels.view_raw",), "screen"),
    "card": Screen(SEES_CASES),
}


@require_safe
@needs()
def changes(request: DeskRequest, screen: str) -> HttpResponse:
    """The sentence for this screen since the moment it was drawn."""
    watched, since = SCREENS.get(screen), _moment(request.GET.get("since", ""))
    if watched is None or since is None:
        raise Http404
    if watched.permissions and not request.rights.permissions.intersection(watched.permissions):
        raise Http404
    context = {
        "sentence": _said(request, screen, since),
        "href": _address(request, screen),
        "screen": watched,
    }
    return part(request, "parts/changes", context)


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _address(request: DeskRequest, screen: str) -> str:
    number = request.GET.get("number", "")
    if screen == "card" and number:
        return card_address(number, request.GET.get("list", ""))
    return reverse(f"desk:{screen}") if screen in SCREENS and screen != "card" else ""


def _said(request: DeskRequest, screen: str, since: datetime) -> str:
    if screen == "raw":
        return _raw(request)
    entries = _of_others(request, since)
    if screen == "card":
        return _card(find(request, request.GET.get("number", "")), entries)
    touched = cases_for(request.user, request.municipality, request.rights).filter(
        pk__in={entry.thing_id for entry in entries}
    )
    if screen == "triage":
        touched = touched.filter(Q(needs_triage=True) | Q(number=request.GET.get("number", "")))
    n = touched.count()
    if not n:
        return ""
    verb = words.plural(n, "изменилась", "изменились", "изменилось")
    return f"Пока страница была открыта, {verb} {words.count(n, *CARDS)}."


def _of_others(request: DeskRequest, since: datetime) -> list[JournalEntry]:
    """Deeds of other people and of the machine on cases; reading changes nothing."""
    return [
        entry
        for entry in newest_about("cases.case", request.municipality)
        if entry.at > since and entry.actor_id != request.user.pk and entry.code not in READING
    ]


def _card(case: Case, entries: list[JournalEntry]) -> str:
    newest = next((entry for entry in entries if entry.thing_id == str(case.pk)), None)
    if newest is None:
        return ""
    done = sentences().get(newest.code, "карточка изменена")
    who = f" ({newest.actor_title})" if newest.actor_id else ""
    return f"Пока карточка была открыта, {done}{who}. Набранный текст цел."


def _raw(request: DeskRequest) -> str:
    shown, waits = request.GET.get("n", ""), raw_tray(request.municipality).count()
    if not shown.isdigit() or int(shown) == waits:
        return ""
    return f"В лотке теперь {words.count(waits, 'сообщение', 'сообщения', 'сообщений')}, было {shown}."
