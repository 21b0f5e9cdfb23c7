"""A post on the wall of an official page: `wall.post` with `guid`, its picture, its reach.

Schema 5.199: wall.post, photos.getWallUploadServer, photos.saveWallPhoto, wall.getById. A key of a community may post
on its own wall; pictures on a wall want a user's key (secret `editor_token` of an administrator of the page), without
it a picture goes as a document. How long VK remembers a `guid` is not documented, so a later try looks at the wall by
the service key, and where there is none, after ten minutes a person does.
"""

import hashlib
import html
from typing import Any

from django.utils import timezone

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.posting import FRESH, Reach, earliest, may_stand, same_words, unseen
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.adapters.vk.client import UNSHAPED, Vk, items_of
from otklik.channels.adapters.vk.names import WallPlace, seen_text, wall_place
from otklik.channels.adapters.vk.pages import Page, page_of
from otklik.channels.adapters.vk.reading import moment
from otklik.channels.adapters.vk.uploads import upload_to_wall
from otklik.channels.models import Outgoing

NEWEST = 50
NOT_OURS = "Страницы нет среди страниц канала: впишите её номер и ключ в канал или разместите запись сами."
KEYLESS = "Чтобы считать охват, впишите в канал секрет service_token."


def post(vk: Vk, outgoing: Outgoing) -> SendResult:
    """Put the post out once. Raises VkError, Unreachable."""
    number = outgoing.recipient.strip().lstrip("-").removeprefix("club").removeprefix("public")
    page = page_of(vk.account, -int(number)) if number.isdecimal() else None
    if page is None:
        return SendResult("by_hand", error=NOT_OURS)
    if may_stand(outgoing):
        found = _standing(vk, page, outgoing)
        if found is not None:
            return found
    # Read before, in the scope: here only what was prefetched is seen.
    files = sorted(outgoing.files.all(), key=lambda file: file.pk)
    attached = [upload_to_wall(vk, page, file) for file in files]
    guid = hashlib.sha256(f"{outgoing.municipality_id}:{outgoing.key}".encode()).hexdigest()[:32]
    made = vk.as_page(
        page,
        "wall.post",
        owner_id=page.owner_id,
        from_group=1,
        message=outgoing.body,
        guid=guid,
        **({"attachments": ",".join(attached)} if attached else {}),
    )
    number_made = made.get("post_id") if isinstance(made, dict) else None
    if not isinstance(number_made, int):
        raise Unreachable(UNSHAPED)
    return SendResult("sent", proof=WallPlace(page.owner_id, number_made).link)


def _standing(vk: Vk, page: Page, outgoing: Outgoing) -> SendResult | None:
    """What an earlier try left on the wall; None when it may be sent again."""
    if not vk.has_service:
        is_fresh = timezone.now() - outgoing.created_at < FRESH
        return None if is_fresh else unseen(outgoing)
    rows = items_of(vk.as_service("wall.get", owner_id=page.owner_id, count=NEWEST))
    for row in rows:
        is_ours = row.get("from_id") == page.owner_id
        is_later = moment(row.get("date", 0)) >= earliest(outgoing)
        if is_ours and is_later and same_words(_words(row), seen_text(outgoing.body)):
            return SendResult("sent", proof=WallPlace(page.owner_id, int(row["id"])).link)
    return None


def _words(row: dict[str, Any]) -> str:
    return seen_text(html.unescape(str(row.get("text", ""))))


def reach(account: Account, proof: str) -> Reach | None:
    """Counts under the post by the service key. Raises VkError, Unreachable."""
    place = wall_place(proof.partition("vk.com/")[2])
    if place is None:
        return None
    vk = Vk(account)
    if not vk.has_service:
        raise Unreachable(KEYLESS)
    rows = items_of(vk.as_service("wall.getById", posts=f"{place.owner_id}_{place.post_id}"))
    if not rows:
        return None
    return {name: _count(rows[0], name) for name in ("views", "likes", "comments", "reposts")}


def _count(row: dict[str, Any], name: str) -> int | None:
    told = row.get(name)
    value = told.get("count") if isinstance(told, dict) else None
    return value if isinstance(value, int) else None
