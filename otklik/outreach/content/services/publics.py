"""«Госпаблики»: a file of posts for the publication system, and the mark that a post went out through it.

The system has no published interface for programs: the file is a plain table a person opens beside it, and the mark
is a person's word with a link (BOG-III.4.6.4, MIH-3.2.6.3).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels.files import store_made
from otklik.channels.spreadsheet import Cell, to_csv
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.content.models import Post, PublicsExport
from otklik.outreach.content.services.common import locked_post, tell
from otklik.outreach.content.services.placing import place_by_hand

COLUMNS = ("Страница", "Адрес страницы", "Дата", "Время", "Рубрика", "Текст", "Снимок", "Что на снимке")


@carries_out("MIH-3.2.6.3", "BOG-III.4.6.4")
@transaction.atomic
def export_publics(
    municipality: Municipality, posts: Sequence[Post], by: User, now: datetime
) -> PublicsExport:
    """Write the posts into a table for «Госпаблики»; each stands in one file. Raises Refused."""
    keys = [post.pk for post in posts]
    rows = Post.objects.select_for_update(of=("self",)).filter(
        municipality=municipality, pk__in=keys, publics_export=None
    )
    chosen = list(
        rows.filter(page__in_publics_system=True)
        .select_related("page", "material__rubric", "picture__file")
        .order_by("planned_at", "pk")
    )
    if not chosen:
        raise Refused(
            "Выгружать нечего: выберите согласованные записи страниц, что ведутся через «Госпаблики»."
        )
    zone = ZoneInfo(municipality.time_zone)
    name = f"gospabliki-{now.astimezone(zone):%Y-%m-%d-%H%M}.csv"
    file = store_made(table_of(chosen, zone), name, "text/csv", municipality)
    made = PublicsExport.objects.create(
        municipality=municipality, at=now, by=by, file=file, posts_count=len(chosen)
    )
    Post.objects.filter(pk__in=[post.pk for post in chosen]).update(publics_export=made)
    record(made, "content.publics_exported", by, municipality, details={"posts": len(chosen)})
    return made


def table_of(posts: Iterable[Post], zone: ZoneInfo) -> bytes:
    """CSV a spreadsheet opens by a double click; moments are local."""
    return to_csv(COLUMNS, [_line(post, zone) for post in posts])


def _line(post: Post, zone: ZoneInfo) -> Sequence[Cell]:
    at = post.planned_at.astimezone(zone) if post.planned_at else None
    rubric, picture = post.material.rubric, post.picture
    return (
        post.page.title,
        post.page.url,
        at.date() if at else None,
        f"{at:%H:%M}" if at else None,
        rubric.title if rubric else None,
        post.text,
        picture.file.name if picture else None,
        picture.alt if picture else None,
    )


@carries_out("MIH-3.2.6.3", "BOG-III.4.6.4")
@transaction.atomic
def mark_publics(post: Post, link: str, by: User, now: datetime) -> Post:
    """The post went out through «Госпаблики»: `link` proves it where it is not out by our word yet. Raises Refused."""
    if not post.page.in_publics_system:
        raise Refused("Эта страница не ведётся через «Госпаблики»: отметьте это в реестре страниц.")
    if post.state != "placed":
        post = place_by_hand(post, link, by, now)
    post = locked_post(post.pk)
    post.in_publics_system = True
    post.save(update_fields=["in_publics_system"])
    tell(post.material, "publics_marked", by, now, post.link, post)
    return post
