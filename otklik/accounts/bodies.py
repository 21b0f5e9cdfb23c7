"""Bodies and posts the town adds beside those of its charter: an institution, an outer body to forward to, a position.

A later loading of the charter leaves them as they are. An added body is renamed, and closed once its work is handed
over.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from otklik.accounts.models import OWN_KEY, Body, Post, User
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality

KINDS = {
    "unit": "подразделение администрации",
    "institution": "учреждение",
    "company": "предприятие",
    "state": "государственный орган",
}


@dataclass(frozen=True)
class BodyWords:
    """What a person says of a new body; `kind` is a key of KINDS."""

    name: str
    short_name: str
    kind: str
    parent: Body | None = None
    is_external: bool = False
    email: str = ""


def add_body(municipality: Municipality, words: BodyWords, by: User) -> Body:
    """Add a body. Raises `Refused` when one of this name acts here already, or an outer one is put inside."""
    _refuse_second(municipality, words.name, words.short_name)
    if words.is_external and words.parent:
        raise Refused("Внешний орган не входит в администрацию: оставьте «Входит в» пустым.")
    body = Body.objects.create(municipality=municipality, key=_own_key(), **vars(words))
    record(body, "accounts.body_added", by, municipality)
    return body


def rename_body(body: Body, name: str, short_name: str, email: str, by: User) -> Body:
    """Give an added body another name and address of mail. Raises `Refused` for one of the charter or a taken name."""
    held = _held(body)
    _refuse_second(held.municipality, name, short_name, held.pk)
    was = held.short_name
    held.name, held.short_name, held.email = name, short_name, email
    held.save(update_fields=["name", "short_name", "email"])
    record(held, "accounts.body_renamed", by, held.municipality, why=f"«{was}» → «{short_name}»")
    return held


def close_body(body: Body, reason: str, waiting: Sequence[str], by: User) -> Body:
    """Close an added body; it stays in the history of its cases.

    `waiting` is what still stands at it, in words: whoever knows of cases and errands counts them. Raises `Refused`
    while there is any, without a reason, and for a body of the charter.
    """
    held = _held(body)
    if waiting:
        raise Refused(f"Сначала передайте другим: {'; '.join(waiting)}.")
    if not reason.strip():
        raise Refused("Назовите причину: она останется в журнале.")
    held.is_open = False
    held.save(update_fields=["is_open"])
    record(held, "accounts.body_closed", by, held.municipality, why=reason.strip()[:300])
    return held


def _held(body: Body) -> Body:
    held = Body.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=body.pk)
    if not held.is_added:
        raise Refused("Этот орган назван в Положении: его меняет новая версия Положения.")
    if not held.is_open:
        raise Refused("Этот орган уже закрыт.")
    return held


def _refuse_second(municipality: Municipality, name: str, short_name: str, but: int = 0) -> None:
    here = Body.objects.filter(municipality=municipality, is_open=True).exclude(pk=but)
    if here.filter(Q(name__iexact=name) | Q(short_name__iexact=short_name)).exists():
        raise Refused(f"Орган «{short_name}» уже есть: второго с тем же названием не нужно.")


def add_post(body: Body, title: str, by: User) -> Post:
    """Add a post. Raises `Refused` for an outer body or a title the body already has."""
    if body.is_external:
        raise Refused("У внешнего органа своих должностей здесь нет.")
    if Post.objects.filter(body=body, title__iexact=title).exists():
        raise Refused(f"Должность «{title}» здесь уже есть. Для второй такой же назовите её иначе.")
    post = Post.objects.create(municipality=body.municipality, body=body, title=title, key=_own_key())
    record(post, "accounts.post_added", by, body.municipality)
    return post


def _own_key() -> str:
    return f"{OWN_KEY}{secrets.token_hex(4)}"
