"""Страницы: the register of official pages, a page with its checks, the check list of 8-ФЗ, the audit."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.desk.forms.pages import LawForm, PageForm
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.page_paper import audit_paper
from otklik.desk.page_ways import PUBLISHES, keeps, number_of, ways
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_PAGES
from otklik.outreach import services
from otklik.outreach.models import OfficialPage
from otklik.outreach.rules import CHECKS, LAW_MARKS, findings_from
from otklik.outreach.selectors import (
    PageFilter,
    counts_of_pages,
    norm_of,
    open_pages,
    pages_of,
    posts_in_week,
    uncovered,
)
from otklik.outreach.words import NETWORKS, OWNERS
from otklik.reports.render import CONTENT_TYPES, RENDERERS

AT_ONCE = 50
CHECKS_SHOWN = 15
SHOWS = {"open": "Ведутся", "gaps": "С пробелами", "closed": "Закрыты"}


@require_safe
@needs(*SEES_PAGES)
def pages(request: DeskRequest) -> HttpResponse:
    """The register with gaps; what is missing by the law stands above."""
    town = request.municipality
    conditions = PageFilter.from_query(request.GET)
    counts = counts_of_pages(town)
    shown = Paginator(conditions.apply(pages_of(town)), AT_ONCE).get_page(
        number_of(request.GET.get("page", ""))
    )
    context: dict[str, Any] = {
        "ways": ways("pages"),
        "rows": [(one, findings_from(one.gaps)) for one in shown],
        "shown": shown,
        "conditions": conditions,
        "counts": counts,
        "views": [(title, key, counts[key], key == conditions.show) for key, title in SHOWS.items()],
        "networks": NETWORKS,
        "owners": OWNERS,
        "missing": [(name, NETWORKS[network]) for name, network in uncovered(town)],
        "is_narrowed": bool(conditions.network or conditions.owner or conditions.q),
        "may_keep": keeps(request),
    }
    return page_or_part(request, "pages/list", context)


def _page(request: DeskRequest, key: int) -> OfficialPage:
    return get_object_or_404(pages_of(request.municipality), pk=key)


@require_safe
@needs(*SEES_PAGES)
def page(request: DeskRequest, key: int) -> HttpResponse:
    """One page: what the register says, the newest check, check lists, publications."""
    return _card(request, _page(request, key), LawForm(request.municipality))


def _card(request: DeskRequest, found: OfficialPage, form: LawForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    checks = list(found.checks.all()[:CHECKS_SHOWN])
    lists = list(found.law_checks.all()[:CHECKS_SHOWN])
    newest = findings_from(checks[0].findings) if checks else []
    context: dict[str, Any] = {
        "ways": ways("pages"),
        "one": found,
        "titles": CHECKS,
        "findings": newest,
        "gaps": [one for one in newest if one.state == "gap"],
        "checks": checks,
        "lists": [(one, _failed(one.marks, one.notes)) for one in lists],
        "norm": norm_of(found, timezone.localdate()),
        "week": posts_in_week(found, now),
        "publications": found.publications.filter(struck_at=None)[:10],
        "law_form": form,
        "may_keep": keeps(request) and found.closed_on is None,
    }
    return page_or_part(request, "pages/one", context, status=status)


def _failed(marks: dict[str, str], notes: dict[str, str]) -> list[tuple[str, str]]:
    return [(LAW_MARKS[code], notes.get(code, "")) for code in LAW_MARKS if marks.get(code) == "no"]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PUBLISHES)
def edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """A new page or a change of its record."""
    town = request.municipality
    found = _page(request, key) if key else None
    opened = (
        PageForm.of_page(found) if found else {"opened_on": timezone.localdate(), "owner": "administration"}
    )
    form = PageForm(town, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if found is None:
            saved = services.add_page(town, form.words(), request.user, now)
        else:
            saved = services.change_page(found, form.words(), request.user, now)
        return done(request, f"Страница «{saved.title}» записана", reverse("desk:page", args=[saved.pk]))
    context = {"form": form, "one": found, "ways": ways("pages")}
    return page_or_part(request, "pages/edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs(PUBLISHES)
def check(request: DeskRequest, key: int) -> HttpResponse:
    """«Проверить сейчас»: the timer looks at the page in its next turn."""
    found = _page(request, key)
    services.ask_check(found, request.user)
    return done(request, "Проверим в ближайшие десять минут", reverse("desk:page", args=[key]))


@require_POST
@needs(PUBLISHES)
def close(request: DeskRequest, key: int) -> HttpResponse:
    """«Закрыть страницу» with the reason."""
    found = _page(request, key)
    services.close_page(found, request.POST.get("words", ""), request.user, timezone.now())
    return done(request, f"Страница «{found.title}» закрыта", reverse("desk:pages"))


@require_POST
@needs(PUBLISHES)
def law(request: DeskRequest, key: int) -> HttpResponse:
    """«Записать сверку»: the check list of 8-ФЗ."""
    found = _page(request, key)
    form = LawForm(request.municipality, request.POST)
    if not form.is_valid():
        return _card(request, found, form, 422)
    services.note_law_check(found, form.marks(), form.notes(), request.user, timezone.now())
    return done(request, "Сверка записана", reverse("desk:page", args=[key]))


@require_safe
@needs(*SEES_PAGES)
def audit(request: DeskRequest, form: str) -> HttpResponse:
    """The audit of every open page as DOCX, XLSX or PDF."""
    if form not in ("docx", "xlsx", "pdf"):
        raise Http404
    town, now = request.municipality, timezone.localtime()
    sheet = audit_paper(town, list(open_pages(town)), uncovered(town), now)
    response = HttpResponse(RENDERERS[form](sheet), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="stranitsy-{now:%Y-%m-%d}.{form}"'
    return response
