"""СМИ: outlets and opinion leaders, contacts by consent, the journal of contacts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.desk.forms.offering import offer_rows
from otklik.desk.forms.pages import ContactForm, OutletForm, TalkForm
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.page_ways import PUBLISHES, keeps, number_of, ways
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_PAGES
from otklik.outreach import services
from otklik.outreach.models import MediaContact, MediaOutlet, MediaTalk
from otklik.outreach.selectors import outlets_of, talks_of, waiting_talks
from otklik.outreach.words import OUTLETS

AT_ONCE = 50
TALKS_SHOWN = 30


@require_safe
@needs(*SEES_PAGES)
def media(request: DeskRequest) -> HttpResponse:
    """Outlets with the last contact; answers we have promised stand above."""
    town = request.municipality
    kind, q = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:100]
    rows = outlets_of(town)
    rows = rows.filter(kind=kind) if kind in OUTLETS else rows
    rows = rows.filter(title__icontains=q) if q else rows
    context: dict[str, Any] = {
        "ways": ways("media"),
        "shown": Paginator(rows, AT_ONCE).get_page(number_of(request.GET.get("page", ""))),
        "waiting": list(waiting_talks(town)[:20]),
        "talks": list(talks_of(town)[:10]),
        "kinds": OUTLETS,
        "kind": kind,
        "q": q,
        "today": timezone.localdate(),
        "may_keep": keeps(request),
    }
    return page_or_part(request, "pages/media", context)


def _outlet(request: DeskRequest, key: int) -> MediaOutlet:
    return get_object_or_404(MediaOutlet, municipality=request.municipality, pk=key)


@require_safe
@needs(*SEES_PAGES)
def outlet(request: DeskRequest, key: int) -> HttpResponse:
    """One outlet: contacts, the journal, publications."""
    found = _outlet(request, key)
    return _card(request, found, _talk_form(request, found), ContactForm(request.municipality))


def _talk_form(request: DeskRequest, found: MediaOutlet, data: Any = None) -> TalkForm:
    form = TalkForm(request.municipality, data, initial={"on": timezone.localdate()}, auto_id="talk-%s")
    offer_rows(form, "contact", found.contacts.filter(withdrawn_on=None))
    return form


def _card(
    request: DeskRequest, found: MediaOutlet, talk: TalkForm, contact: ContactForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "ways": ways("media"),
        "one": found,
        "contacts": list(found.contacts.all()),
        "talks": list(found.talks.select_related("contact")[:TALKS_SHOWN]),
        "publications": found.publications.filter(struck_at=None)[:10],
        "talk_form": talk,
        "contact_form": contact,
        "today": timezone.localdate(),
        "may_keep": keeps(request) and found.closed_on is None,
    }
    return page_or_part(request, "pages/outlet", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PUBLISHES)
def outlet_edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """A new outlet or a change of its record."""
    town = request.municipality
    found = _outlet(request, key) if key else None
    form = OutletForm(town, request.POST or None, initial=OutletForm.of_outlet(found) if found else None)
    if request.method == "POST" and form.is_valid():
        if found is None:
            saved = services.add_outlet(town, form.words(), request.user, timezone.now())
        else:
            saved = services.change_outlet(found, form.words(), request.user)
        return done(request, f"«{saved.title}» записано", reverse("desk:outlet", args=[saved.pk]))
    context = {"form": form, "one": found, "ways": ways("media")}
    return page_or_part(request, "pages/outlet_edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs(PUBLISHES)
def outlet_close(request: DeskRequest, key: int) -> HttpResponse:
    """«Больше не ведём»: contacts are erased, the journal stays."""
    found = _outlet(request, key)
    services.close_outlet(found, request.user, timezone.now())
    return done(request, f"«{found.title}» закрыто, контакты стёрты", reverse("desk:media"))


@require_POST
@needs(PUBLISHES)
def contact_new(request: DeskRequest, key: int) -> HttpResponse:
    """«Записать контакт» by consent."""
    found = _outlet(request, key)
    form = ContactForm(request.municipality, request.POST)
    if not form.is_valid():
        return _card(request, found, _talk_form(request, found), form, 422)
    data = form.cleaned_data
    services.add_contact(
        found, data["role"], data["consent"], request.user, timezone.now(), data["phone"], data["mail"]
    )
    return done(request, "Контакт записан", reverse("desk:outlet", args=[key]))


@require_POST
@needs(PUBLISHES)
def contact_withdraw(request: DeskRequest, key: int) -> HttpResponse:
    """«Согласие отозвано»: the contact is erased at once."""
    found = get_object_or_404(MediaContact, municipality=request.municipality, pk=key)
    services.withdraw_consent(found, request.user, timezone.now())
    return done(request, "Согласие отозвано, контакт стёрт", reverse("desk:outlet", args=[found.outlet_id]))


@require_POST
@needs(PUBLISHES)
def talk_new(request: DeskRequest, key: int) -> HttpResponse:
    """«Записать разговор»."""
    found = _outlet(request, key)
    form = _talk_form(request, found, request.POST)
    if not form.is_valid():
        return _card(request, found, form, ContactForm(request.municipality), 422)
    now = timezone.now()
    services.note_talk(found, form.words(now), request.user, now)
    return done(request, "Контакт со СМИ записан", reverse("desk:outlet", args=[key]))


@require_POST
@needs(PUBLISHES)
def talk_answer(request: DeskRequest, key: int) -> HttpResponse:
    """«Ответили»: what was answered."""
    found = get_object_or_404(MediaTalk, municipality=request.municipality, pk=key)
    services.answer_talk(found, request.POST.get("words", ""), request.user, timezone.now())
    return done(request, "Ответ записан", reverse("desk:outlet", args=[found.outlet_id]))
