"""Снимки and headings: the library of pictures with their words, templates, rubrics and target groups."""

from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.channels.files import thumbnail_of
from otklik.desk.content_doors import around
from otklik.desk.forms.content import PictureForm
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.sent_files import hand_out
from otklik.outreach.content import services
from otklik.outreach.content.doors import PUBLISH, SEES
from otklik.outreach.content.models import MediaItem, PostTemplate, Rubric, TargetGroup
from otklik.outreach.content.rules import fields_of
from otklik.outreach.content.selectors import groups_of, pictures_of, rubrics_of, templates_of

A_PAGE = 24
Line = TypeVar("Line", PostTemplate, Rubric, TargetGroup)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*SEES)
def media(request: DeskRequest) -> HttpResponse:
    """The library, the newest first; who keeps pages adds a picture."""
    form = PictureForm(request.municipality, request.POST or None, request.FILES or None)
    if request.method == "POST":
        if PUBLISH not in request.rights.permissions:
            raise Http404
        if form.is_valid():
            data = dict(form.cleaned_data)
            file = data.pop("file")
            item = services.add_picture(
                request.municipality,
                file.read(),
                file.name or "снимок",
                by=request.user,
                now=timezone.now(),
                **data,
            )
            return done(request, f"Снимок «{item.title}» добавлен", reverse("desk:content_media"))
    words, rubric = request.GET.get("q", "").strip()[:100], request.GET.get("rubric", "")[:40]
    rows = pictures_of(request.municipality).annotate(
        used=Count("posts", filter=~Q(posts__state="withdrawn"))
    )
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(alt__icontains=words))
    if rubric:
        rows = rows.filter(rubric__key=rubric)
    context = {
        **around(request, "media"),
        "page": Paginator(rows.order_by("-added_at", "-pk"), A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "words": words,
        "rubric": rubric,
        "rubrics": rubrics_of(request.municipality),
    }
    return page_or_part(request, "content/media", context, status=422 if form.is_bound else 200)


def _item(request: DeskRequest, key: int) -> MediaItem:
    found = MediaItem.objects.filter(municipality=request.municipality, pk=key).select_related("file").first()
    if found is None:
        raise Http404
    return found


@require_safe
@needs()
def picture(request: DeskRequest, key: int) -> HttpResponseBase:
    """The picture itself; `?small` gives its thumbnail."""
    file = _item(request, key).file
    small = thumbnail_of(file) if "small" in request.GET else None
    if small is not None and small.is_file():
        return HttpResponse(small.read_bytes(), content_type="image/jpeg")
    return hand_out(file)


@require_POST
@needs(PUBLISH)
def picture_deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Other words for a picture, or the picture is offered no more."""
    item, said = _item(request, key), request.POST
    if name == "describe":
        services.describe(item, said.get("title", ""), said.get("alt", ""), request.user)
        return done(request, "Описание записано", f"{reverse('desk:content_media')}#picture-{key}")
    if name == "retire":
        services.retire(item, said.get("why", ""), request.user, timezone.now())
        return done(request, "Снимок убран: в вышедших записях он остаётся", reverse("desk:content_media"))
    raise Http404


@require_safe
@needs(*SEES)
def headings(request: DeskRequest) -> HttpResponse:
    """Templates, rubrics, target groups."""
    town = request.municipality
    context = {
        **around(request, "templates"),
        "templates": [(one, fields_of(one.text)) for one in templates_of(town)],
        "rubrics": rubrics_of(town),
        "groups": groups_of(town),
    }
    return page_or_part(request, "content/headings", context)


@require_POST
@needs(PUBLISH)
def heading_deed(request: DeskRequest, name: str) -> HttpResponse:
    """Write a line of the three lists down, or offer it no more."""
    town, said, by, now = request.municipality, request.POST, request.user, timezone.now()
    key, title = said.get("key", ""), said.get("title", "")
    match name:
        case "template":
            services.set_template(town, title, said.get("text", ""), said.get("rubric", ""), by, now)
        case "rubric":
            services.set_rubric(town, key, title, by)
        case "group":
            services.set_group(town, key, title, said.get("habits", ""), by)
        case "starters":
            services.open_headings(town)
        case "close_template":
            services.close_template(_line(request, PostTemplate, key), by, now)
        case "close_rubric":
            services.close_heading(_line(request, Rubric, key), timezone.localdate(), by)
        case "close_group":
            services.close_heading(_line(request, TargetGroup, key), timezone.localdate(), by)
        case _:
            raise Http404
    return done(request, "Записано", reverse("desk:content_headings"))


def _line(request: DeskRequest, kind: type[Line], key: str) -> Line:
    rows = kind._default_manager.filter(municipality=request.municipality)
    found = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise Http404
    return found
