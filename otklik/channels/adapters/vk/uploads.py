"""Files of an answer put into VK: pictures and documents to a private message, documents to a comment.

A picture under a post needs a user's token (schema: photos.getWallUploadServer), so there it goes as a document; on
the wall itself it goes as a picture where the secret `editor_token` of an administrator is set.
"""

from typing import Any

from otklik.channels.adapters.source import Unreachable
from otklik.channels.adapters.vk.client import UNSHAPED, Vk
from otklik.channels.adapters.vk.pages import Page
from otklik.channels.files import path_of
from otklik.channels.models import StoredFile
from otklik.channels.outside import ask, json_of

PICTURES = ("image/jpeg", "image/png", "image/gif")


def upload(vk: Vk, page: Page, file: StoredFile, peer: int | None) -> str:
    """The name of the file in VK, to be attached; `peer` None: under a post. Raises VkError, Unreachable, OSError."""
    if peer is not None and file.content_type in PICTURES:
        return _picture(vk, page, file, peer)
    method, params = (
        ("docs.getMessagesUploadServer", {"peer_id": peer, "type": "doc"})
        if peer is not None
        else ("docs.getWallUploadServer", {"group_id": page.group_id})
    )
    given = _sent(vk, vk.as_page(page, method, **params), "file", file)
    saved = vk.as_page(page, "docs.save", file=given.get("file", ""), title=file.name)
    return _name("doc", saved.get("doc") if isinstance(saved, dict) else None)


def upload_to_wall(vk: Vk, page: Page, file: StoredFile) -> str:
    """The name of the file in VK, to be attached to a post of the page. Raises VkError, Unreachable, OSError."""
    if file.content_type not in PICTURES or not vk.has_editor(page):
        return upload(vk, page, file, None)
    server = vk.as_editor(page, "photos.getWallUploadServer", group_id=page.group_id)
    given = _sent(vk, server, "photo", file)
    params = {name: given.get(name, "") for name in ("server", "photo", "hash")}
    saved = vk.as_editor(page, "photos.saveWallPhoto", group_id=page.group_id, **params)
    return _name("photo", saved[0] if isinstance(saved, list) and saved else None)


def _picture(vk: Vk, page: Page, file: StoredFile, peer: int) -> str:
    server = vk.as_page(page, "photos.getMessagesUploadServer", peer_id=peer)
    given = _sent(vk, server, "photo", file)
    params = {name: given.get(name, "") for name in ("server", "photo", "hash")}
    saved = vk.as_page(page, "photos.saveMessagesPhoto", **params)
    return _name("photo", saved[0] if isinstance(saved, list) and saved else None)


def _sent(vk: Vk, server: Any, field: str, file: StoredFile) -> dict[str, Any]:
    url = server.get("upload_url") if isinstance(server, dict) else None
    if not url:
        raise Unreachable(UNSHAPED)
    body = {field: (file.name, path_of(file).read_bytes(), file.content_type)}
    answer = json_of(ask(vk.account, "POST", str(url), files=body, timeout=60))
    if not isinstance(answer, dict) or "error" in answer:
        raise Unreachable("ВКонтакте не принял файл ответа: попробуем снова.")
    return answer


def _name(kind: str, thing: Any) -> str:
    if not isinstance(thing, dict) or "owner_id" not in thing or "id" not in thing:
        raise Unreachable(UNSHAPED)
    key = f"_{thing['access_key']}" if thing.get("access_key") else ""
    return f"{kind}{thing['owner_id']}_{thing['id']}{key}"
