"""Публикации: the register with proofs, marks of acts; ответы по площадкам: the journal of dialogue."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.desk.forms.pages import PublicationForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.page_ways import PUBLISHES, keeps, number_of, ways
from otklik.desk.periods import period_asked, period_picker
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES, SEES_PAGES
from otklik.desk.sent_files import hand_out, sent_files
from otklik.outreach import services
from otklik.outreach.dialogue import lines_of, places_of, published_in, sent_in
from otklik.outreach.models import Publication
from otklik.outreach.selectors import act_marks, publications_of
from otklik.outreach.words import PUBLICATIONS

AT_ONCE = 50


@require_safe
@needs(*SEES_PAGES)
def publications(request: DeskRequest) -> HttpResponse:
    """The register by conditions; acts without a mark of publication stand above."""
    town = request.municipality
    kind, q = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:100]
    about = request.GET.get("about", "")[:60]
    rows = publications_of(town)
    rows = rows.filter(kind=kind) if kind in PUBLICATIONS else rows
    rows = rows.filter(title__icontains=q) if q else rows
    rows = rows.filter(about=about) if about else rows
    context: dict[str, Any] = {
        "ways": ways("publications"),
        "shown": Paginator(rows, AT_ONCE).get_page(number_of(request.GET.get("page", ""))),
        "acts": act_marks(town),
        "kinds": PUBLICATIONS,
        "kind": kind,
        "q": q,
        "about": about,
        "may_keep": keeps(request),
    }
    return page_or_part(request, "pages/publications", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PUBLISHES)
def publication_new(request: DeskRequest) -> HttpResponse:
    """«Внести публикацию»; the thing it is about comes in the address."""
    town = request.municipality
    about = request.GET.get("about", "")[:60]
    act = about.removeprefix("act:") if about.startswith("act:") else ""
    opened = {"on": timezone.localdate(), "act": act, "title": request.GET.get("title", "")[:300]}
    form = PublicationForm(town, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        copies = sent_files(request)
        words = form.words(about, copies[0] if copies else None)
        made = services.publish(town, words, request.user, timezone.now())
        return done(request, f"Публикация внесена: {made.outlet}", _back(about))
    context = {"form": form, "stands": _stands_in(about), "ways": ways("publications")}
    return page_or_part(request, "pages/publication_new", context, status=422 if form.is_bound else 200)


@require_safe
@needs(*SEES_PAGES)
def publication_copy(request: DeskRequest, key: int) -> HttpResponseBase:
    """The kept copy of a publication: a link may die."""
    rows = Publication.objects.select_related("copy").exclude(copy=None)
    found = get_object_or_404(rows, municipality=request.municipality, pk=key)
    if found.copy is None:
        raise Http404
    return hand_out(found.copy)


def _back(about: str) -> str:
    """Where the publication was asked for: a risk, a release, else the register."""
    kind, _, key = about.partition(":")
    page = {"risk": "desk:risk", "release": "desk:release"}.get(kind)
    return reverse(page, args=[int(key)]) if page and key.isdecimal() else reverse("desk:publications")


def _stands_in(about: str) -> str:
    """Where the publication will be shown besides the register, in words; an act is a field of the form."""
    kind, _, key = about.partition(":")
    return {"risk": "в карточку риска", "release": f"в пресс-релиз № {key}"}.get(kind, "")


@require_POST
@needs(PUBLISHES)
def publication_strike(request: DeskRequest, key: int) -> HttpResponse:
    """«Вычеркнуть» with the reason."""
    found = get_object_or_404(Publication, municipality=request.municipality, pk=key)
    services.strike(found, request.POST.get("words", ""), request.user, timezone.now())
    return done(request, "Строка вычеркнута", reverse("desk:publications"))


@require_safe
@needs(*SEES_PAGES)
def dialogue(request: DeskRequest) -> HttpResponse:
    """Answers and publications by networks over a period."""
    town, today = request.municipality, timezone.localdate()
    period = period_asked(request.GET, today)
    sent = sent_in(town, period).select_related("channel").order_by("-sent_at", "-pk")
    shown = Paginator(sent, AT_ONCE).get_page(number_of(request.GET.get("page", "")))
    context: dict[str, Any] = {
        "ways": ways("dialogue"),
        "picker": period_picker(request.GET, period, today),
        "places": places_of(town, period),
        "shown": shown,
        "lines": lines_of(shown),
        "published": published_in(town, period).count(),
        "sees_cards": may(request, *SEES_CASES),
    }
    return page_or_part(request, "pages/dialogue", context)
