"""Bodies and posts the town adds beside those of its charter: an institution, an outer body to forward to, a position.

A later loading of the charter leaves them as they are.
"""

import secrets
from dataclasses import dataclass

from otklik.accounts.models import Body, Post, User
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
    here = Body.objects.filter(municipality=municipality, is_open=True)
    if (
        here.filter(name__iexact=words.name).exists()
        or here.filter(short_name__iexact=words.short_name).exists()
    ):
        raise Refused(f"Орган «{words.short_name}» уже есть: второго с тем же названием не нужно.")
    if words.is_external and words.parent:
        raise Refused("Внешний орган не входит в администрацию: оставьте «Входит в» пустым.")
    body = Body.objects.create(municipality=municipality, key=_own_key(), **vars(words))
    record(body, "accounts.body_added", by, municipality)
    return body


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
    """Unlike any key of a charter, so a later version of the file never takes the row for its own."""
    return f"added-{secrets.token_hex(4)}"
