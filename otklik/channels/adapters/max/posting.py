"""A post in a channel or a chat of MAX the bot is an administrator of: `POST /messages` with the channel's number.

dev.max.ru/docs-api: text to 4000, pictures by `POST /uploads?type=image` whose answer carries tokens, `Message.url` is
the public address of a post in a channel, `Message.stat.views` its views. MAX keeps no number of ours: a later try
looks among the newest messages. The proof is the address with MAX's own name of the message after `#`.
"""

from typing import Any

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.max.client import RefusedError, call, send_file
from otklik.channels.adapters.posting import Reach, earliest, may_stand, same_words, unseen
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.files import path_of
from otklik.channels.models import Outgoing, StoredFile

LOOK_BACK = 50
NO_CHAT = "У страницы нет номера канала MAX: впишите его в реестр страниц или разместите запись сами."
SHUT = "MAX не пускает бота в этот канал: сделайте бота администратором с правом писать или разместите сами."


def post(account: Account, outgoing: Outgoing) -> SendResult:
    """Put the post out once."""
    chat = outgoing.recipient.strip()
    if not chat.removeprefix("-").isdecimal():
        return SendResult("by_hand", error=NO_CHAT)
    try:
        if may_stand(outgoing):
            found = _standing(account, outgoing, chat)
            if found is not None:
                return found
        # Read before, in the scope: here only what was prefetched is seen.
        files = sorted(outgoing.files.all(), key=lambda file: file.pk)
        body = {"text": outgoing.body, "attachments": [_picture(account, file) for file in files]}
        told = call(account, "POST", "/messages", params={"chat_id": chat}, json=body)
        return SendResult("sent", proof=_proof(told["message"], chat))
    except Unreachable as shut:
        return SendResult("retry", error=shut.words, wait=shut.wait)
    except RefusedError as error:
        if error.code == "attachment.not.ready":
            return SendResult("retry", error="MAX ещё обрабатывает снимок: попробуем снова.")
        if error.status in (403, 404):
            return SendResult("by_hand", error=SHUT)
        return SendResult(
            "by_hand", error=f"MAX не принял запись ({error.code or error.status}): разместите её сами."
        )


def _picture(account: Account, file: StoredFile) -> dict[str, Any]:
    place = call(account, "POST", "/uploads", params={"type": "image"})
    told = send_file(account, str(place["url"]), file.name, path_of(file).read_bytes())
    if isinstance(told.get("photos"), dict):
        return {"type": "image", "payload": {"photos": told["photos"]}}
    return {"type": "image", "payload": {"token": str(told.get("token") or place.get("token") or "")}}


def _standing(account: Account, outgoing: Outgoing, chat: str) -> SendResult | None:
    """What an earlier try left in the channel; None when it may be sent again."""
    try:
        told = call(account, "GET", "/messages", params={"chat_id": chat, "count": LOOK_BACK})
    except RefusedError:
        return unseen(outgoing)
    since = earliest(outgoing).timestamp() * 1000
    for message in told.get("messages") or ():
        words = str((message.get("body") or {}).get("text") or "")
        if message.get("timestamp", 0) >= since and same_words(words, outgoing.body):
            return SendResult("sent", proof=_proof(message, chat))
    return None


def _proof(message: dict[str, Any], chat: str) -> str:
    mid, url = str(message["body"]["mid"]), str(message.get("url") or "")
    return f"{url}#{mid}" if url else f"{chat}:{mid}"


def reach(account: Account, proof: str) -> Reach | None:
    """Views of the post. Raises Unreachable."""
    mid = proof.rpartition("#")[2] if "#" in proof else proof.partition(":")[2]
    try:
        told = call(account, "GET", "/messages", params={"message_ids": mid})
    except RefusedError:
        return None
    rows = told.get("messages")
    stat = rows[0].get("stat") if isinstance(rows, list) and rows and isinstance(rows[0], dict) else None
    views = stat.get("views") if isinstance(stat, dict) else None
    return {"views": views} if isinstance(views, int) else None
