"""What every deed of the content plan needs: a locked row, a move beside the journal."""

from datetime import datetime

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.content.models import Material, MaterialMove, Post
from otklik.outreach.content.words import PAST


def locked(material: Material) -> Material:
    """The row alone for this transaction."""
    rows = Material.objects.select_for_update(of=("self",)).select_related("municipality")
    return rows.get(pk=material.pk)


def locked_post(pk: int) -> Post:
    """As `locked`, with the page, the material and the outgoing beside."""
    rows = Post.objects.select_for_update(of=("self",))
    beside = ("municipality", "material__municipality", "page__channel", "picture", "outgoing")
    return rows.select_related(*beside).get(pk=pk)


def tell(
    material: Material,
    deed: str,
    by: User | None,
    now: datetime,
    words: str = "",
    post: Post | None = None,
) -> None:
    """Write the move down and the journal: the deed's last word is its code."""
    municipality = material.municipality
    title = title_of(by, municipality)
    MaterialMove.objects.create(
        municipality=municipality,
        material=material,
        post=post,
        deed=deed,
        at=now,
        by=by,
        by_title=title,
        words=words[:500],
    )
    details: dict[str, object] = {"material": material.number}
    if post is not None:
        details["page"] = post.page.title
    record(
        post or material, f"content.{deed}", by, municipality, why=words[:300], details=details, title=title
    )


def title_of(by: User | None, municipality: Municipality) -> str:
    """The post the person acts in."""
    return rights_of(by, municipality).title[:200] if by is not None else ""


def check_ahead(at: datetime | None, now: datetime) -> None:
    """Raises Refused for a moment that is past."""
    if at is not None and at < now:
        raise Refused(PAST)


def said(words: str, refusal: str, limit: int = 500) -> str:
    """Words a deed cannot do without. Raises Refused."""
    told = words.strip()[:limit]
    if not told:
        raise Refused(refusal)
    return told
