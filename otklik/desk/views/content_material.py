"""A material: written once, versions per page beside their look, agreement, history."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.analytics.targets.selectors import posts_of as positions_of
from otklik.desk.content_about import about_link, about_words, seen_link
from otklik.desk.content_doors import around, find_material, find_post
from otklik.desk.content_look import Look, look_of
from otklik.desk.forms.content import MaterialForm, NewMaterialForm, words_of
from otklik.desk.page import done, may, needs, page_or_part, part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.outreach.content import services
from otklik.outreach.content.doors import APPROVE, PUBLISH, waiting_for
from otklik.outreach.content.models import LinkPreview, Material, MediaItem, Post, PostTemplate
from otklik.outreach.content.rules import adapt, fields_of, fill, first_link, url_key
from otklik.outreach.content.selectors import pages_to_post, pictures_of, templates_of
from otklik.outreach.models import OfficialPage

MOST_PICTURES = 24
MOVES = {
    "written": "составлен",
    "changed": "изменён",
    "planned": "назначено время",
    "submitted": "отправлен на согласование",
    "agreed": "согласовано должностью",
    "approved": "согласован к публикации",
    "returned": "возвращён",
    "withdrawn": "снято",
    "placed": "запись вышла",
    "failed": "запись не вышла",
    "again": "отправляется снова",
    "let_go": "возвращена в план",
    "publics_marked": "вышла через «Госпаблики»",
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PUBLISH)
def new(request: DeskRequest) -> HttpResponse:
    """A new material: by itself, from a template, or about a thing another screen names in the address."""
    town, template = request.municipality, _template(request)
    form = NewMaterialForm(town, request.POST or None, initial=_opened(request, template))
    if request.method == "POST" and form.is_valid():
        told = form.told()
        pages, at = list(told.pop("pages")), told.pop("at")
        made = services.write(
            town,
            pages=pages,
            at=at,
            by=request.user,
            about=request.POST.get("about", "")[:60],
            **told,
        )
        return done(request, f"Материал № {made.number} составлен", address(made))
    context = {
        **around(request, ""),
        "form": form,
        "templates": templates_of(town),
        "template": template,
        "places": _places(request, template),
        "about": request.POST.get("about", request.GET.get("about", ""))[:60],
        "has_pages": pages_to_post(town).exists(),
        **_pictures(request),
    }
    return page_or_part(request, "content/new", context, status=422 if form.is_bound else 200)


def _pictures(request: DeskRequest) -> dict[str, Any]:
    """The newest pictures to choose from, and the one chosen before a fault of the form."""
    chosen = _picture(request)
    shown = list(pictures_of(request.municipality)[:MOST_PICTURES])
    return {"pictures": shown, "picked": chosen.pk if chosen else None, "picked_one": chosen}


def _template(request: DeskRequest) -> PostTemplate | None:
    key = request.GET.get("template", "")
    return templates_of(request.municipality).filter(pk=int(key)).first() if key.isdecimal() else None


def _places(request: DeskRequest, template: PostTemplate | None) -> list[tuple[int, str, str]]:
    """Places of the template with what the address fills them with."""
    names = fields_of(template.text) if template else []
    return [(n, name, request.GET.get(f"place-{n}", "")[:300]) for n, name in enumerate(names)]


def _opened(request: DeskRequest, template: PostTemplate | None) -> dict[str, Any]:
    """What the form begins with: words of the address, then of the template."""
    asked = {name: request.GET.get(name, "") for name in ("title", "text", "topic_key", "rubric", "audience")}
    opened: dict[str, Any] = {name: value[:4000] for name, value in asked.items() if value}
    # Institutions keep their own pages: theirs are chosen by hand.
    pages = pages_to_post(request.municipality).filter(owner="administration")
    opened["pages"] = [one.pk for one in pages]
    if template:
        filled = {name: value for _, name, value in _places(request, template)}
        rubric = template.rubric.key if template.rubric else ""
        opened |= {"text": fill(template.text, filled), "title": template.title, "rubric": rubric}
    return opened


@require_safe
@needs()
def material(request: DeskRequest, number: int) -> HttpResponse:
    """The material whole."""
    return _drawn(request, find_material(request, number))


def _drawn(request: DeskRequest, found: Material, form: MaterialForm | None = None) -> HttpResponse:
    is_draft = found.state == "draft"
    may_write = may(request, PUBLISH)
    posts = list(found.posts.select_related("page", "picture", "outgoing").order_by("pk"))
    steps = list(found.steps.select_related("post"))
    turn = next((one for one in steps if one.agreed_at is None), None)
    edits = is_draft and may_write
    used = {one.page_id for one in posts if one.state != "withdrawn"}
    known = previews_of(request, posts)
    context: dict[str, Any] = {
        **around(request, ""),
        "material": found,
        "form": form or (MaterialForm(request.municipality, initial=words_of(found)) if edits else None),
        "versions": [(one, look_of(one.page, one.text, one.picture, known.get(one.pk))) for one in posts],
        "pictures": list(pictures_of(request.municipality)[:MOST_PICTURES]) if edits else (),
        "other_pages": [one for one in pages_to_post(request.municipality) if one.pk not in used]
        if edits
        else (),
        "steps": steps,
        "turn": turn,
        "is_my_turn": turn is not None and turn.post_id in request.rights.post_ids,
        "may_say_yes": may(request, APPROVE) and _is_last_word(request, found),
        "positions": positions_of(request.municipality) if edits else (),
        "figures": [(one, seen_link(request, one.get("link", ""))) for one in found.figures],
        "about": about_words(found.about),
        "about_href": seen_link(request, about_link(found.about)),
        "history": [(one, MOVES.get(one.deed, one.deed)) for one in found.moves.select_related("post__page")],
        "is_draft": is_draft,
        "edits": edits,
    }
    return page_or_part(request, "content/material", context, status=422 if form else 200)


def _is_last_word(request: DeskRequest, found: Material) -> bool:
    """Nobody of the route has to speak after the viewer."""
    if found.state != "approval" or found.steps.filter(agreed_at=None).count() > 1:
        return False
    return waiting_for(request.municipality, request.rights).filter(pk=found.pk).exists()


def previews_of(request: DeskRequest, posts: Iterable[Post]) -> Mapping[int, LinkPreview]:
    """What was read of the first links of these posts, by the post."""
    keys = {one.pk: url_key(first_link(one.text)) for one in posts if first_link(one.text)}
    rows = LinkPreview.objects.filter(municipality=request.municipality, url_key__in=set(keys.values()))
    found = {one.url_key: one for one in rows} if keys else {}
    return {pk: found[key] for pk, key in keys.items() if key in found}


@require_POST
@needs(PUBLISH)
def change(request: DeskRequest, number: int) -> HttpResponse:
    """The words of a draft; versions nobody touched follow them."""
    found = find_material(request, number)
    form = MaterialForm(request.municipality, request.POST)
    by, now = request.user, timezone.now()
    if form.is_valid() and tried(
        form, lambda: services.change_material(found, form.told(), version_in(request), by, now)
    ):
        return done(request, "Записано. Нетронутые версии обновлены", f"{address(found)}#versions")
    return _drawn(request, found, form)


@require_POST
@needs(PUBLISH)
def version(request: DeskRequest, key: int) -> HttpResponse:
    """The version of one page, by hand."""
    post = find_post(request, key)
    picture = _picture(request)
    text = request.POST.get("text", "")
    services.change_post(post, text, picture, version_in(request), request.user, timezone.now())
    return done(request, f"Версия записана: {post.page.title}", f"{address(post.material)}#version-{post.pk}")


def _picture(request: DeskRequest) -> MediaItem | None:
    key = request.POST.get("picture", "")
    if not key.isdecimal():
        return None
    return MediaItem.objects.filter(municipality=request.municipality, pk=int(key)).first()


@require_POST
@needs(PUBLISH)
def preview(request: DeskRequest) -> HttpResponse:
    """How the words typed so far will look: on the page of a version as they are, on new pages adapted."""
    text, picture = request.POST.get("text", "")[:60000], _picture(request)
    asked = [int(one) for one in request.POST.getlist("pages") if one.isdecimal()]
    pages = list(
        OfficialPage.objects.filter(municipality=request.municipality, pk__in=asked if text.strip() else [])
    )
    is_version = "version" in request.POST
    tags, link = request.POST.get("hashtags", ""), request.POST.get("link", "")
    looks: list[Look] = []
    for page in pages:
        said = text if is_version else adapt(text, page.network, tags, link)
        looks.append(look_of(page, said, picture, _read_link(request, said)))
    unread = any(one.link is not None and not one.link.is_read for one in looks)
    return part(request, "content/_looks", {"looks": looks, "asks": unread and not is_version})


def _read_link(request: DeskRequest, text: str) -> LinkPreview | None:
    """What is known of the first link; it is opened only when the person asks."""
    url = first_link(text)
    if not url:
        return None
    if "read_link" in request.POST:
        return services.preview_of(request.municipality, url, timezone.now())
    return LinkPreview.objects.filter(municipality=request.municipality, url_key=url_key(url)).first()


def address(found: Material) -> str:
    """The page of the material."""
    return reverse("desk:content_material", args=[found.number])
