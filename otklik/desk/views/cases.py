"""Лента: filter phrase, saved views, search, keyset pages, bulk deeds, export."""

from collections import Counter
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.selectors import bodies_of
from otklik.cases.models import Case, SavedView
from otklik.cases.selectors import CaseFilter, Page, cases_for, list_clocks, list_page
from otklik.common.errors import Refused
from otklik.deadlines.selectors import calendar_of
from otklik.desk.clocks import row_look
from otklik.desk.export import to_xlsx
from otklik.desk.page import done, may, needs, page_or_part, part
from otklik.desk.phrase import DROPS, phrase_of, pick_options
from otklik.desk.request import DeskRequest
from otklik.desk.rows import row_of
from otklik.desk.seen_by import SEES_CASES

USUAL = CaseFilter(state="open", order="term")
GROUPS = {
    "over": "Просрочено",
    "today": "Сегодня",
    "soon": "Скоро",
    "pause": "Пауза",
    "ok": "В срок",
    "done": "Исполнено",
}
EXPORT_LIMIT = 10_000
HEADS_LIMIT = 500


def filter_of(query: QueryDict) -> CaseFilter:
    """The filter of the address; an empty address is the usual view: open, burning first."""
    asked = CaseFilter.from_query(query)
    return USUAL if asked.is_empty else asked


@require_safe
@needs(*SEES_CASES)
def case_list(request: DeskRequest) -> HttpResponse:
    """A page of cases; with htmx only the rows, with `after` only the next ones."""
    now, conditions = timezone.now(), filter_of(request.GET)
    page = list_page(
        request.user, request.municipality, conditions, now, request.GET.get("after", ""), 50, request.rights
    )
    if conditions.q and not request.GET.get("after") and (only := exact_number(page.rows, conditions)):
        return redirect("desk:card", only)
    context: dict[str, Any] = {
        "groups": grouped(request, page, now, conditions),
        "shown": len(page.rows),
        "next": next_address(conditions, page.next_cursor),
        "filter": conditions,
        "query": conditions.to_query(),
        "since_seen": now.isoformat(),
        "drop": last_condition(conditions),
        "filter_pairs": parse_qsl(conditions.to_query()),
    }
    if request.GET.get("after") and request.htmx:
        return part(request, "cases/_rows", context)
    context["phrase"] = phrase_of(conditions, request.municipality)
    context |= list_tools(request, conditions)
    return page_or_part(request, "cases/list", context)


def list_tools(request: DeskRequest, conditions: CaseFilter) -> dict[str, Any]:
    """Saved views, and what this person may do with many rows."""
    views = list(SavedView.objects.filter(user=request.user, municipality=request.municipality))
    return {
        "views": views,
        "is_usual": conditions == USUAL,
        "may_bulk": may(request, "cases.bulk"),
        "may_assign": may(request, "cases.assign"),
        "may_export": may(request, "cases.export"),
        "bodies": list(bodies_of(request.municipality).filter(is_external=False)),
    }


def exact_number(rows: list[Case], conditions: CaseFilter) -> str:
    """A whole number typed into the search opens its card at once."""
    return rows[0].number if len(rows) == 1 and rows[0].number == conditions.q else ""


def grouped(request: DeskRequest, page: Page, now: datetime, conditions: CaseFilter) -> list[dict[str, Any]]:
    """Rows under heads of term states when the burning come first, else one group without a head."""
    calendar = calendar_of(request.municipality)
    rows = [row_of(case, now, calendar) for case in page.rows]
    if conditions.order != "term":
        return [{"title": "", "rows": rows}] if rows else []
    counted, is_cut = heads(request, page, now, conditions)
    groups = [
        {
            "title": title,
            "rows": [row for row in rows if row.look == look],
            "n": counted[look],
            "is_more": is_cut == look,
        }
        for look, title in GROUPS.items()
    ]
    return [group for group in groups if group["rows"]]


def heads(
    request: DeskRequest, page: Page, now: datetime, conditions: CaseFilter
) -> tuple[Counter[str], str]:
    """How many of the whole list stand in each state; and the state that was not counted to its end.

    A list that goes on after the page is counted by its clocks alone, up to `HEADS_LIMIT`.
    """
    calendar = calendar_of(request.municipality)
    if not page.next_cursor and not request.GET.get("after"):
        return Counter(row_look(case, now, calendar) for case in page.rows), ""
    user, town, rights = request.user, request.municipality, request.rights
    rows = list_clocks(user, town, conditions, now, rights, HEADS_LIMIT)
    looks = [row_look(case, now, calendar) for case in rows]
    return Counter(looks), looks[-1] if len(looks) == HEADS_LIMIT else ""


def next_address(conditions: CaseFilter, cursor: str) -> str:
    """The address of the next page, empty at the end."""
    return f"?{conditions.to_query()}&{urlencode({'after': cursor})}" if cursor else ""


def last_condition(conditions: CaseFilter) -> dict[str, str] | None:
    """The condition an empty list offers to drop."""
    said = [name for name in DROPS if getattr(conditions, name)]
    if not said:
        return None
    without = replace(conditions, **{said[-1]: ""})
    return {"title": DROPS[said[-1]], "href": f"?{without.to_query()}"}


@require_safe
@needs(*SEES_CASES)
def options(request: DeskRequest, name: str) -> HttpResponse:
    """Values of one picker with their counts; asked only when the picker opens."""
    conditions = filter_of(request.GET)
    if name not in {one.name for one in fields(CaseFilter)}:
        raise Http404
    found = pick_options(name, conditions, request.user, request.municipality, request.rights)
    return part(request, "cases/_options", {"options": found, "name": name, "many": len(found) > 9})


@require_safe
@needs(*SEES_CASES)
def arrivals(request: DeskRequest) -> HttpResponse:
    """How many cards have come since the page was drawn: «Пришли 3 новые карточки»."""
    try:
        since = datetime.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        raise Http404 from None
    fresh = cases_for(request.user, request.municipality, request.rights).filter(registered_at__gt=since)
    return part(request, "cases/_arrivals", {"fresh": fresh.count(), "since": since.isoformat()})


@require_safe
@needs("cases.export")
def export(request: DeskRequest) -> HttpResponse:
    """The filtered list as XLSX; names, phones and original texts are left out."""
    conditions = filter_of(request.GET)
    page = list_page(
        request.user, request.municipality, conditions, timezone.now(), "", EXPORT_LIMIT, request.rights
    )
    response = HttpResponse(
        to_xlsx(page.rows), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    day = timezone.localdate()
    response["Content-Disposition"] = f'attachment; filename="otklik-{day:%Y-%m-%d}.xlsx"'
    return response


@require_POST
@needs(*SEES_CASES)
def save_view(request: DeskRequest) -> HttpResponse:
    """Keep the filter under a name."""
    title = request.POST.get("title", "").strip()[:80]
    if not title:
        raise Refused("Назовите подборку: имя появится над лентой.")
    query = request.POST.get("query", "")[:500]
    SavedView.objects.update_or_create(
        user=request.user, municipality=request.municipality, title=title, defaults={"query": query}
    )
    return done(request, f"Подборка «{title}» сохранена", f"{reverse('desk:list')}?{query}")


@require_POST
@needs(*SEES_CASES)
def drop_view(request: DeskRequest, key: int) -> HttpResponse:
    """Forget a saved view of one's own."""
    SavedView.objects.filter(user=request.user, municipality=request.municipality, pk=key).delete()
    return done(request, "Подборка удалена", reverse("desk:list"))
