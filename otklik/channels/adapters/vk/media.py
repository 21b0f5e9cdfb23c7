"""Attachments of posts, comments and messages as media: the largest picture, documents, links to videos."""

from collections.abc import Mapping
from typing import Any

from otklik.channels.incoming import Media

# Letters of sizes in growing order, for old pictures that tell no width (dev.vk.com, photo sizes).
LETTERS = "smxopqryzw"


def media_of(attachments: Any) -> tuple[Media, ...]:
    """What can be looked at, in the source's order; kinds we do not keep (stickers, gifts, polls) are left out."""
    rows = attachments if isinstance(attachments, list) else []
    return tuple(media for row in rows if isinstance(row, Mapping) and (media := _one(row)) is not None)


def _one(row: Mapping[str, Any]) -> Media | None:
    kind = str(row.get("type", ""))
    body = row.get(kind)
    if not isinstance(body, Mapping):
        return None
    if kind == "photo":
        url = _largest(body)
        return Media(url, f"photo{body.get('owner_id')}_{body.get('id')}.jpg", "photo") if url else None
    if kind == "doc":
        return Media(str(body["url"]), str(body.get("title") or "файл"), "doc") if body.get("url") else None
    if kind == "video":
        place = f"{body.get('owner_id')}_{body.get('id')}"
        return Media(f"https://vk.com/video{place}", str(body.get("title") or "видео"), "video")
    if kind == "audio_message":
        url = str(body.get("link_ogg") or body.get("link_mp3") or "")
        return Media(url, "голосовое сообщение.ogg", "audio") if url else None
    return None


def _largest(photo: Mapping[str, Any]) -> str:
    original = photo.get("orig_photo")
    if isinstance(original, Mapping) and original.get("url"):
        return str(original["url"])
    sizes = [one for one in photo.get("sizes") or [] if isinstance(one, Mapping) and one.get("url")]
    return str(max(sizes, key=_area)["url"]) if sizes else ""


def _area(size: Mapping[str, Any]) -> tuple[int, int]:
    area = int(size.get("width") or 0) * int(size.get("height") or 0)
    return area, LETTERS.find(str(size.get("type", "")))
