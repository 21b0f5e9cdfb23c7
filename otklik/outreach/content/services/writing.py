"""A material is written once and gets a version for every page; versions are changed, planned, taken off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from otklik.accounts.models import User
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.common.words import clock, table_day
from otklik.outreach.content.models import Material, MediaItem, Post
from otklik.outreach.content.rules import Figure, adapt
from otklik.outreach.content.services.common import (
    check_ahead,
    locked,
    locked_post,
    said,
    tell,
    title_of,
)
from otklik.outreach.content.services.headings import group_of, rubric_of
from otklik.outreach.content.services.stopping import stop_outgoing
from otklik.outreach.content.words import OF_ABOUT, PLANNED
from otklik.outreach.models import OfficialPage

NOT_DRAFT = "Согласованное не правят: верните материал в черновик, он пройдёт согласование снова."
GONE = "Эта запись уже вышла или выходит: снять её можно только на самой странице."


@carries_out("DEM-2.2.12", "DEM-2.2.12.1", "MIH-3.2.6.2", "BOG-III.4.6.1")
@transaction.atomic
def write(
    municipality: Municipality,
    *,
    title: str,
    text: str,
    pages: Sequence[OfficialPage],
    at: datetime | None,
    by: User,
    about: str = "",
    rubric: str = "",
    topic_key: str = "",
    audience: str = "",
    gist: str = "",
    link: str = "",
    hashtags: str = "",
    origin: str = "",
    figures: Iterable[Figure] = (),
    picture: MediaItem | None = None,
    passes_calm: bool = False,
    is_exercise: bool = False,
    now: datetime | None = None,
) -> Material:
    """Write a material and its version for every page, adapted to the network; drafts, nothing leaves yet.

    `at` is when the posts go out, None: at once when agreed. `rubric` and `audience` are keys. What is written about
    a risk passes the calm mode by itself. An exercise never leaves. Raises Refused.
    """
    now = now or timezone.now()
    text = said(text, "Напишите текст материала.", 60000)
    rows = [asdict(one) for one in figures]
    material = Material.objects.create(
        municipality=municipality,
        number=next_number(Material, municipality),
        title=said(title, "Назовите материал.", 200),
        gist=gist.strip()[:500],
        text=text,
        link=link.strip(),
        hashtags=hashtags.strip()[:200],
        rubric=rubric_of(municipality, rubric),
        audience=group_of(municipality, audience),
        topic_key=topic_key,
        about=about,
        origin=origin or OF_ABOUT.get(about.partition(":")[0], "analysis" if rows else "hand"),
        figures=rows,
        picture=picture,
        made_by=by,
        made_title=title_of(by, municipality),
        made_at=now,
        passes_calm=passes_calm,
        is_exercise=is_exercise,
    )
    for page in dict.fromkeys(pages):
        _version(material, page, at)
    tell(material, "written", by, now, material.title)
    return material


def _version(material: Material, page: OfficialPage, at: datetime | None) -> Post:
    if page.closed_on is not None:
        raise Refused(f"Страница «{page.title}» закрыта: выберите другую.")
    return Post.objects.create(
        municipality=material.municipality,
        material=material,
        page=page,
        text=adapt(material.text, page.network, material.hashtags, material.link),
        picture=material.picture,
        planned_at=at,
    )


@transaction.atomic
def add_page(material: Material, page: OfficialPage, at: datetime | None, by: User, now: datetime) -> Post:
    """One more version of a draft. Raises Refused."""
    check_ahead(at, now)
    material = locked(material)
    _draft(material)
    if material.posts.exclude(state="withdrawn").filter(page=page).exists():
        raise Refused("Для этой страницы версия уже есть.")
    post = _version(material, page, at)
    tell(material, "changed", by, now, "добавлена страница", post)
    return post


@transaction.atomic
def change_material(
    material: Material, values: Mapping[str, Any], version: int, by: User, now: datetime
) -> Material:
    """Change a draft: title, gist, text, link, hashtags, topic_key, picture, passes_calm; rubric, audience by keys.

    Versions written by hand stay as they are; those nobody touched are adapted anew. Raises Refused.
    """
    material = locked(material)
    _draft(material)
    if material.version != version:
        raise changed_meanwhile("материал")
    before, picture = _adapted(material), material.picture
    for name in ("gist", "link", "hashtags", "topic_key", "picture", "passes_calm"):
        if name in values:
            setattr(material, name, values[name])
    material.title = said(str(values.get("title", material.title)), "Назовите материал.", 200)
    material.text = said(str(values.get("text", material.text)), "Напишите текст материала.", 60000)
    if "rubric" in values:
        material.rubric = rubric_of(material.municipality, str(values["rubric"]))
    if "audience" in values:
        material.audience = group_of(material.municipality, str(values["audience"]))
    material.version += 1
    material.save()
    _adapt_untouched(material, before, picture)
    tell(material, "changed", by, now)
    return material


def _adapted(material: Material) -> dict[str, str]:
    networks = {post.page.network for post in material.posts.select_related("page")}
    return {one: adapt(material.text, one, material.hashtags, material.link) for one in networks}


def _adapt_untouched(material: Material, before: Mapping[str, str], picture: MediaItem | None) -> None:
    after = _adapted(material)
    for post in material.posts.filter(state="draft").select_related("page"):
        if post.text == before[post.page.network]:
            post.text = after[post.page.network]
        if post.picture == picture:
            post.picture = material.picture
        post.save(update_fields=["text", "picture"])


@transaction.atomic
def change_post(
    post: Post, text: str, picture: MediaItem | None, version: int, by: User, now: datetime
) -> Post:
    """Write the version of one page by hand. Raises Refused."""
    post = locked_post(post.pk)
    if post.state != "draft":
        raise Refused(NOT_DRAFT)
    if post.version != version:
        raise Refused(
            "Эту версию тем временем изменили. Скопируйте свой текст, обновите страницу и сравните."
        )
    post.text = said(text, "Напишите текст записи.", 60000)
    post.picture = picture
    post.version += 1
    post.save(update_fields=["text", "picture", "version"])
    tell(post.material, "changed", by, now, "изменена запись", post)
    return post


@carries_out("BOG-III.4.6.1")
@transaction.atomic
def plan(post: Post, at: datetime | None, by: User, now: datetime) -> Post:
    """Set when the post goes out; None: at once when agreed. An agreed one keeps its agreement. Raises Refused."""
    post = locked_post(post.pk)
    if post.state not in PLANNED:
        raise Refused("Время меняют у записей, которые ещё не вышли.")
    check_ahead(at, now)
    if at is None and post.state == "approved":
        raise Refused("У согласованной записи должно быть время.")
    post.planned_at = at
    post.save(update_fields=["planned_at"])
    local = at.astimezone(ZoneInfo(post.municipality.time_zone)) if at else None
    words = f"{table_day(local.date())}, {clock(local)}" if local else "сразу после согласования"
    tell(post.material, "planned", by, now, words, post)
    return post


@transaction.atomic
def withdraw_post(post: Post, why: str, by: User, now: datetime) -> Post:
    """Take one post off. Raises Refused for one that may be out already."""
    words = said(why, "Напишите, почему запись снимают.")
    post = locked_post(post.pk)
    if post.state in ("placed", "withdrawn") or not stop_outgoing(post):
        raise Refused(GONE)
    post.state, post.error = "withdrawn", ""
    post.save(update_fields=["state", "error", "outgoing"])
    tell(post.material, "withdrawn", by, now, words, post)
    return post


@transaction.atomic
def withdraw(material: Material, why: str, by: User, now: datetime) -> Material:
    """Take the material off with every post that is not out yet. Raises Refused."""
    words = said(why, "Напишите, почему материал снимают.")
    material = locked(material)
    if material.state == "withdrawn":
        raise Refused("Материал уже снят.")
    for post in material.posts.exclude(state__in=["placed", "withdrawn"]).order_by("pk"):
        post = locked_post(post.pk)
        if not stop_outgoing(post):
            raise Refused(GONE)
        post.state, post.error = "withdrawn", ""
        post.save(update_fields=["state", "error", "outgoing"])
    material.state = "withdrawn"
    material.save(update_fields=["state"])
    tell(material, "withdrawn", by, now, words)
    return material


def _draft(material: Material) -> None:
    if material.state != "draft":
        raise Refused(NOT_DRAFT)
