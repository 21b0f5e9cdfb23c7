"""The way out to VK: a comment or a private message in the name of the page that was written to.

A repeat is harmless: each part of an answer carries a number made of the outgoing's key (`guid` of a comment,
`random_id` of a message), by which the network knows its copy; how long it remembers is not documented, so a later
try looks first whether the answer stands there already.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.coded import send_by
from otklik.channels.adapters.dialogue.splitting import split
from otklik.channels.adapters.source import Unreachable
from otklik.channels.adapters.vk.client import UNSHAPED, Vk, items_of
from otklik.channels.adapters.vk.gaps import comments, history
from otklik.channels.adapters.vk.names import Talk, WallPlace, talk_of, wall_place
from otklik.channels.adapters.vk.pages import LONGEST, Page, number, page_of, pages_of
from otklik.channels.adapters.vk.posting import post
from otklik.channels.adapters.vk.reading import moment
from otklik.channels.adapters.vk.uploads import upload
from otklik.channels.models import Outgoing

FRESH = timedelta(minutes=10)
# How far clocks of the network and ours may differ.
SKEW = timedelta(minutes=2)
NOWHERE = "Неизвестно, кому ответить во ВКонтакте: откройте ссылку карточки и ответьте сами."
NOT_OURS = "Запись на чужой странице: ответьте под ней сами от имени вашего сообщества и вставьте ссылку."
Send = Callable[[str, str, Sequence[str]], str]


class VkAdapter:
    """Sends what the post or the person is to be told."""

    # A later try looks first whether the answer stands there already.
    repeats_safely = True

    def send(self, outgoing: Outgoing) -> SendResult:
        return send_by(outgoing, "pages", lambda account, one: _send(Vk(account), one))


def _send(vk: Vk, outgoing: Outgoing) -> SendResult:
    """What is meant for one person never goes under the post."""
    if outgoing.way == "page":
        return post(vk, outgoing)
    talk, place = talk_of(outgoing.recipient) or talk_of(outgoing.reply_to), wall_place(outgoing.reply_to)
    if talk is not None and outgoing.way != "comment":
        return _by_message(vk, outgoing, talk)
    if place is not None and outgoing.way != "message":
        return _by_comment(vk, outgoing, place)
    return SendResult("by_hand", error=NOWHERE)


def _by_comment(vk: Vk, outgoing: Outgoing, place: WallPlace) -> SendResult:
    page = page_of(vk.account, place.owner_id)
    if page is None:
        return SendResult("by_hand", error=NOT_OURS)
    parts = split(outgoing.body, number(vk.account, "comment_limit", LONGEST))
    said = _comments_of_page(vk, page, place, outgoing) if _may_stand_already(outgoing) else {}

    def comment(text: str, guid: str, attached: Sequence[str]) -> str:
        if text in said:
            return said[text]
        answer = vk.as_page(
            page,
            "wall.createComment",
            owner_id=place.owner_id,
            post_id=place.post_id,
            from_group=page.group_id,
            message=text,
            guid=guid,
            **({"reply_to_comment": place.comment_id} if place.comment_id else {}),
            **({"attachments": ",".join(attached)} if attached else {}),
        )
        made = answer.get("comment_id") if isinstance(answer, dict) else None
        return WallPlace(place.owner_id, place.post_id, _number(made)).link

    return _in_parts(vk, page, outgoing, parts, None, comment)


def _by_message(vk: Vk, outgoing: Outgoing, talk: Talk) -> SendResult:
    page, peer = _page_of_talk(vk, outgoing, talk), talk.peer
    parts = split(outgoing.body, number(vk.account, "message_limit", LONGEST))
    said = _messages_of_page(vk, page, peer, outgoing) if _may_stand_already(outgoing) else {}

    def write(text: str, guid: str, attached: Sequence[str]) -> str:
        if text in said:
            return said[text]
        made = vk.as_page(
            page,
            "messages.send",
            peer_id=peer,
            message=text,
            random_id=int(guid[:8], 16) & 0x7FFFFFFF or 1,
            **({"attachment": ",".join(attached)} if attached else {}),
        )
        return _link(page, peer, _number(made))

    return _in_parts(vk, page, outgoing, parts, peer, write)


def _may_stand_already(outgoing: Outgoing) -> bool:
    """A try before this one may have left it there, longer ago than the network remembers its number."""
    return outgoing.tries > 0 or timezone.now() - outgoing.created_at > FRESH


def _in_parts(
    vk: Vk, page: Page, outgoing: Outgoing, parts: Sequence[str], peer: int | None, send: Send
) -> SendResult:
    """Every part in order, files with the last; the proof is the first part, where reading begins."""
    # Read before, in the scope: here only what was prefetched is seen.
    files = sorted(outgoing.files.all(), key=lambda file: file.pk)
    attached = [upload(vk, page, file, peer) for file in files]
    proofs = []
    for place, text in enumerate(parts):
        guid = hashlib.sha256(f"{outgoing.municipality_id}:{outgoing.key}:{place}".encode()).hexdigest()[:32]
        proofs.append(send(text, guid, attached if place == len(parts) - 1 else ()))
    return (
        SendResult("sent", proof=proofs[0])
        if proofs
        else SendResult("by_hand", error="Ответ пуст: напишите его.")
    )


def _comments_of_page(vk: Vk, page: Page, place: WallPlace, outgoing: Outgoing) -> dict[str, str]:
    """What the page has said there already; unknown without the service token: its own may not read walls."""
    rows = items_of(comments(vk, place)) if vk.has_service else []
    ours = [row for row in rows if row.get("from_id") == page.owner_id and _is_later(row, outgoing)]
    return {str(row["text"]): WallPlace(place.owner_id, place.post_id, int(row["id"])).link for row in ours}


def _messages_of_page(vk: Vk, page: Page, peer: int, outgoing: Outgoing) -> dict[str, str]:
    rows = items_of(history(vk, page, peer, 50))
    ours = [row for row in rows if row.get("out") and _is_later(row, outgoing)]
    return {str(row["text"]): _link(page, peer, int(row["id"])) for row in ours}


def _is_later(row: dict[str, Any], outgoing: Outgoing) -> bool:
    """The same words of an earlier answer are another answer."""
    return moment(row.get("date", 0)) >= outgoing.created_at - SKEW


def _page_of_talk(vk: Vk, outgoing: Outgoing, talk: Talk) -> Page:
    """The page the person wrote to: that of the conversation, else that of the post, else the first."""
    place = wall_place(outgoing.reply_to)
    own = page_of(vk.account, -talk.group_id) or (page_of(vk.account, place.owner_id) if place else None)
    return own or pages_of(vk.account)[0]


def _number(value: Any) -> int:
    """The number of what was made. Raises Unreachable: made or not, the next try finds it out."""
    if not isinstance(value, int):
        raise Unreachable(UNSHAPED)
    return value


def _link(page: Page, peer: int, message_id: int) -> str:
    return f"https://vk.com/gim{page.group_id}?sel={peer}&msgid={message_id}"
