"""Posts of a page by its key: `wall.post` with guid, pictures of a wall by the key of an administrator."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.fakes.vk.errors import ApiError
from tests.fakes.vk.town import Community

if TYPE_CHECKING:
    from tests.fakes.vk.api import Api

Params = Mapping[str, str]
LONGEST = 16_384


def post(api: "Api", page: Community | None, params: Params) -> Any:
    """wall.post: a known guid gives the post made by it."""
    if page is None or int(params["owner_id"]) != page.owner_id or params.get("from_group") != "1":
        raise ApiError(15, "Access denied")
    text, guid = params.get("message", ""), params.get("guid", "")
    if not text.strip() and not params.get("attachments"):
        raise ApiError(100, "One of the parameters specified was missing or invalid: message is empty")
    if len(text) > LONGEST:
        raise ApiError(100, "One of the parameters specified was missing or invalid: message is too long")
    mark = f"post-{guid}"
    if guid and mark in page.guids:
        return {"post_id": page.guids[mark]}
    made = api.vk.post(page.group_id, text)
    page.guids[mark if guid else f"post-none-{made}"] = made
    page.posts[made]["attachments"] = params.get("attachments", "").split(",")
    place = f"wall{page.owner_id}"
    api.vk.keep_posted(place, text, "", f"{place}_{made}", files=params.get("attachments", ""))
    return {"post_id": made}


def wall_photo_server(api: "Api", _page: Community | None, _params: Params) -> Any:
    """photos.getWallUploadServer"""
    return {"upload_url": f"{api.vk.url}/upload/photo", "album_id": -14, "user_id": 0}


def save_wall_photo(api: "Api", page: Community | None, params: Params) -> Any:
    """photos.saveWallPhoto"""
    if page is None or int(params["group_id"]) != page.group_id:
        raise ApiError(100, "group_id is wrong")
    return api.save_photo(page, params)


FOR_EDITOR = frozenset({"photos.getWallUploadServer", "photos.saveWallPhoto"})
METHODS: dict[str, Callable[["Api", Community | None, Params], Any]] = {
    "wall.post": post,
    "photos.getWallUploadServer": wall_photo_server,
    "photos.saveWallPhoto": save_wall_photo,
}
