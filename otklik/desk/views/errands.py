"""Поручения: mine, given, to accept, overdue; the card with its deeds; giving one with hints at its wording."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.accounts.selectors import bodies_of
from otklik.cases.selectors import cases_for
from otklik.charter.selectors import charter_of, parameter
from otklik.common.errors import Refused
from otklik.deadlines.selectors import calendar_of
from otklik.desk.errand_paper import list_paper
from otklik.desk.errand_rows import errand_chip, errand_rows, source_words
from otklik.desk.forms.errands import ErrandForm, NewDateForm
from otklik.desk.page import done, may, needs, page_or_part, part
from otklik.desk.request import DeskRequest
from otklik.desk.sent_files import hand_out, sent_files
from otklik.language.morphology import marked
from otklik.office.errands import services
from otklik.office.errands.models import Errand, ErrandFile
from otklik.office.errands.reminding import ESCALATE, WARN
from otklik.office.errands.rules import DEEDS, KINDS, hints_for
from otklik.office.errands.selectors import (
    SEES_ALL,
    SHOWS,
    ErrandFilter,
    counts_of,
    deeds_for,
    errand_for,
    errands_for,
    history_of,
    posts_held_by,
)
from otklik.reports.render import CONTENT_TYPES, RENDERERS

MOST = 100
OPEN_TO_ALL = ("mine", "accept", "given", "control", "late", "done")
SEES_DISCIPLINE = ("office.errands", "office.organise", "analytics.view")


@require_safe
@needs()
def errands(request: DeskRequest) -> HttpResponse:
    """Errands the person may see, by the conditions of the address; what waits for him stands in the first line."""
    now, town = timezone.now(), request.municipality
    calendar, today = calendar_of(town), timezone.localdate()
    conditions = ErrandFilter.read(request.GET)
    counts = counts_of(request.user, town, request.rights, today)
    show = conditions.show or _opens_at(counts)
    conditions = ErrandFilter.read({**request.GET.dict(), "show": show})
    found = conditions.apply(_seen(request), request.user, request.rights, today)
    rows = list(found.prefetch_related("helpers")[: MOST + 1])
    context: dict[str, Any] = {
        "rows": errand_rows(rows[:MOST], request, now, calendar),
        "has_more": len(rows) > MOST,
        "conditions": conditions,
        "views": _views(request, conditions, counts),
        "counts": counts,
        "kinds": KINDS,
        "bodies": bodies_of(town).filter(errands__isnull=False).distinct().order_by("short_name"),
        "is_narrowed": bool(
            conditions.q or conditions.kind or conditions.body or conditions.post or conditions.since
        ),
        "may_give": may(request, "office.errands"),
        "may_score": may(request, *SEES_DISCIPLINE),
        "query": conditions.with_(),
    }
    return page_or_part(request, "errands/list", context)


def _seen(request: DeskRequest) -> Any:
    return errands_for(request.user, request.municipality, request.rights)


def _opens_at(counts: dict[str, int]) -> str:
    """The first view that holds something of the person's own; «Все» for who only watches."""
    return next((show for show in ("mine", "accept", "control", "given") if counts[show]), "mine")


def _views(
    request: DeskRequest, conditions: ErrandFilter, counts: dict[str, int]
) -> list[tuple[str, str, int, bool]]:
    shows = SHOWS if may(request, *SEES_ALL) else {key: SHOWS[key] for key in OPEN_TO_ALL}
    return [
        (title, conditions.with_(show=key), counts[key], key == conditions.show)
        for key, title in shows.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("office.errands")
def new(request: DeskRequest) -> HttpResponse:
    """«Дать поручение»: the form with its hints; the usual controller is the giver's own post."""
    town = request.municipality
    own = posts_held_by(request.rights, town)
    opened = {
        "controller": own[0].pk if own else None,
        "case_number": request.GET.get("case", ""),
        "kind": request.GET.get("kind", "own"),
        "source_words": request.GET.get("words", "")[:200],
        "text": request.GET.get("text", "")[:500],
    }
    form = ErrandForm(town, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        made = services.give(town, _with_case(request, form), request.user, timezone.now())
        return done(request, f"Поручение № {made.number} дано: {made.post.title}", _address(made))
    context = {"form": form, "today": timezone.localdate(), "warn": parameter(town, WARN)}
    return page_or_part(request, "errands/new", context, status=422 if form.is_bound else 200)


def _with_case(request: DeskRequest, form: ErrandForm) -> services.Order:
    order = form.told()
    number = order.source.case_number
    if (
        number
        and not cases_for(request.user, request.municipality, request.rights).filter(number=number).exists()
    ):
        raise Refused(f"Карточки {number} нет среди доступных вам: поручение даётся без неё.")
    return order


@require_POST
@needs("office.errands")
def hints(request: DeskRequest) -> HttpResponse:
    """What the wording typed so far lacks; advice, never a bar."""
    post = request.POST.get("post", "")
    found = hints_for(
        request.POST.get("text", ""),
        request.POST.get("result", ""),
        [post] if post else [],
        _day(request.POST.get("due_on", "")),
        lambda word: marked(word, "INFN"),
    )
    return part(request, "errands/_hints", {"hints": found})


@require_safe
@needs()
def errand(request: DeskRequest, number: int) -> HttpResponse:
    """The card: what, who, by when, what was done; deeds open to the viewer."""
    found, now = _find(request, number), timezone.now()
    deeds = deeds_for(found, request.user, request.rights)
    context = {
        "errand": found,
        "chip": errand_chip(found, now, calendar_of(request.municipality)),
        "source": source_words(found),
        "case": _case_of(request, found),
        "helpers": [one.post for one in found.helpers.all()],
        "history": [
            (one, DEEDS[one.deed].done if one.deed in DEEDS else "дано поручение")
            for one in history_of(found)
        ],
        "deeds": deeds,
        "rules": DEEDS,
        "block_title": _block_title(request, found.block_key),
        "tells": [parameter(request.municipality, key) for key in (WARN, ESCALATE)],
    }
    return page_or_part(request, "errands/errand", context)


def _block_title(request: DeskRequest, key: str) -> str:
    block = charter_of(request.municipality).blocks.get(key) if key else None
    return block.title if block else ""


def _case_of(request: DeskRequest, found: Errand) -> str:
    """The number of the case behind the errand, when the viewer may see that case."""
    if not found.case_number:
        return ""
    seen = cases_for(request.user, request.municipality, request.rights).filter(number=found.case_number)
    return found.case_number if seen.exists() else ""


SAID = {
    "take": "Поручение взято в работу",
    "note": "Запись добавлена",
    "report": "Отчёт передан контролёру",
    "ask": "Просьба о продлении передана контролёру",
    "accept": "Исполнение принято",
    "send_back": "Отчёт возвращён с причиной",
    "extend": "Срок продлён",
    "refuse": "В продлении отказано, срок прежний",
    "remove": "Поручение снято с контроля",
}


@require_POST
@needs()
def deed(request: DeskRequest, number: int, name: str) -> HttpResponse:
    """One deed of the card; refusals by the rules come back as a sentence."""
    if name not in DEEDS:
        raise Http404
    found, now, said = _find(request, number), timezone.now(), request.POST.get("words", "")
    if name in ("ask", "extend"):
        moved = services.ask_more_time if name == "ask" else services.extend
        moved(found, _new_date(request), said, request.user, now)
    else:
        services.act(
            found, name, request.user, now, said, sent_files(request) if name in ("report", "note") else []
        )
    return done(request, f"№ {number}. {SAID[name]}", _address(found))


def _new_date(request: DeskRequest) -> date:
    form = NewDateForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(str(next(iter(form.errors.values()))[0]))
    day: date = form.cleaned_data["due_on"]
    return day


@require_safe
@needs()
def file(request: DeskRequest, number: int, key: int) -> HttpResponseBase:
    """A file of the errand's history: pictures and PDF open in the browser, everything else is saved."""
    found = _find(request, number)
    kept = ErrandFile.objects.filter(move__errand=found, pk=key).select_related("file").first()
    if kept is None:
        raise Http404
    return hand_out(kept.file)


@require_safe
@needs()
def paper(request: DeskRequest, form: str) -> HttpResponse:
    """The list of the address as DOCX, XLSX or PDF."""
    if form not in ("docx", "xlsx", "pdf"):
        raise Http404
    today, now = timezone.localdate(), timezone.now()
    conditions = ErrandFilter.read(request.GET)
    rows = conditions.apply(_seen(request), request.user, request.rights, today)[:1000]
    sheet = list_paper(
        request.municipality, rows, SHOWS[conditions.show or "mine"], today, timezone.localtime(now)
    )
    response = HttpResponse(RENDERERS[form](sheet), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="porucheniya-{today:%Y-%m-%d}.{form}"'
    return response


def _find(request: DeskRequest, number: int) -> Errand:
    found = errand_for(request.user, request.municipality, request.rights, number)
    if found is None:
        raise Http404
    return found


def _address(found: Errand) -> str:
    return reverse("desk:errand", args=[found.number])


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
