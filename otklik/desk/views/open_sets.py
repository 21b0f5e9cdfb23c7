"""Открытые данные: which sets are published, their passports, their issues."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.desk.forms.pages import PassportForm
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.page_ways import PUBLISHES, keeps, ways
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_PAGES
from otklik.outreach import services
from otklik.outreach.models import OpenDataset
from otklik.outreach.selectors import datasets_of, newest_issues
from otklik.reports.open_data.services import issue, open_ready
from otklik.reports.open_data.sets import READY


@require_safe
@needs(*SEES_PAGES)
def open_data(request: DeskRequest) -> HttpResponse:
    """Ready sets: those that are published and those that can be."""
    town = request.municipality
    kept = {one.key: one for one in datasets_of(town)}
    newest = newest_issues(kept.values())
    context: dict[str, Any] = {
        "ways": ways("open_data"),
        "rows": [
            {
                "ready": one,
                "dataset": kept.get(key),
                "issue": newest.get(kept[key].pk) if key in kept else None,
            }
            for key, one in READY.items()
        ],
        "town": town,
        "frame_code": _frame_code(reverse("widget:done", args=[town.key])),
        "may_keep": keeps(request),
    }
    return page_or_part(request, "pages/open_data", context)


def _frame_code(address: str) -> str:
    """What the keeper of a site puts on its page."""
    site = settings.PUBLIC_URL.rstrip("/")
    return (
        f'<iframe data-otklik src="{site}{address}" title="Что сделано по вашим обращениям" loading="lazy" '
        'width="100%" height="700" frameborder="0"></iframe>\n'
        f'<script async src="{site}{static("portal/frame.js")}"></script>'
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PUBLISHES)
def passport(request: DeskRequest, key: str) -> HttpResponse:
    """The passport of a set: filled in to open it, changed later."""
    ready = READY.get(key)
    if ready is None:
        raise Http404
    town = request.municipality
    found = OpenDataset.objects.filter(municipality=town, key=key).first()
    opened = (
        PassportForm.of_dataset(found)
        if found
        else {"title": ready.title, "description": ready.description, "keywords": ready.keywords}
    )
    form = PassportForm(town, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        if found:
            services.change_dataset(found, form.words(), request.user)
            return done(request, "Паспорт записан", reverse("desk:open_data"))
        open_ready(town, key, form.words(), request.user, timezone.now(), timezone.localdate())
        return done(request, f"Набор «{ready.title}» опубликован", reverse("desk:open_data"))
    context = {"form": form, "ready": ready, "one": found, "ways": ways("open_data")}
    return page_or_part(request, "pages/passport", context, status=422 if form.is_bound else 200)


@require_POST
@needs(PUBLISHES)
def issue_now(request: DeskRequest, key: str) -> HttpResponse:
    """«Выпустить сейчас»: an issue up to the last whole month, when anything is new in it."""
    found = get_object_or_404(OpenDataset, municipality=request.municipality, key=key, is_on=True)
    made = issue(found, timezone.localdate(), timezone.now(), request.user)
    told = f"Опубликована версия {made.number}" if made else "Нового нет: последняя версия уже такая"
    return done(request, told, reverse("desk:open_data"))


@require_POST
@needs(PUBLISHES)
def switch(request: DeskRequest, key: str) -> HttpResponse:
    """«Остановить» or «Публиковать снова»."""
    found = get_object_or_404(OpenDataset, municipality=request.municipality, key=key)
    services.switch_dataset(found, not found.is_on, request.user)
    told = "Набор снова публикуется" if found.is_on else "Набор остановлен, прежние версии остались"
    return done(request, told, reverse("desk:open_data"))
