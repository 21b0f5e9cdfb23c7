"""The protocol of the fake VK: methods with tokens, versions and limits, the long poll, uploads."""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.vk.errors import ApiError
from tests.fakes.vk.posting import FOR_EDITOR
from tests.fakes.vk.posting import METHODS as POSTING
from tests.fakes.vk.town import Community, now

if TYPE_CHECKING:
    from tests.fakes.vk.service import Vk

Params = Mapping[str, str]
# The smallest picture there is, for whoever fetches a file.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
MOST_LETTERS = 4096


class Api:
    """Answers for one fake VK."""

    def __init__(self, vk: "Vk") -> None:
        self.vk = vk
        self.limit: dict[str, int] = {"group": 20, "service": 20}
        self._recent: dict[str, deque[float]] = {}
        self._uploads: dict[str, str] = {}

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Where clients go."""
        return [
            web.route("*", "/method/{name}", self.method),
            web.get("/lp{group}", self.long_poll),
            web.post("/upload/{kind}", self.upload),
            web.get("/files/{name}", self.file),
        ]

    async def method(self, request: web.Request) -> web.Response:
        """A call of a method; an error is an answer too."""
        params = {**request.query, **{key: str(value) for key, value in (await request.post()).items()}}
        name = request.match_info["name"]
        try:
            page = self._check(name, params)
            return web.json_response({"response": METHODS[name](self, page, params)})
        except ApiError as refusal:
            shown = [{"key": key, "value": value} for key, value in params.items() if key != "access_token"]
            error = {"error_code": refusal.code, "error_msg": str(refusal), "request_params": shown}
            return web.json_response({"error": error})

    def _check(self, name: str, params: Params) -> Community | None:
        """The community that calls, None for a service token."""
        if name not in METHODS:
            raise ApiError(3, "Unknown method passed")
        if tuple(int(part) for part in params.get("v", "0").split(".")) < (5, 103):
            raise ApiError(8, "Invalid request: v is required")
        kind, _, number = params.get("access_token", "").partition("-")
        of_page = kind in ("token", "editor")
        if not (of_page or kind == "service") or (of_page and int(number) not in self.vk.communities):
            raise ApiError(5, "User authorization failed: invalid access_token")
        for place, (method, code) in enumerate(self.vk.refusals):
            if method in ("", name):
                del self.vk.refusals[place]
                raise ApiError(code)
        self._count(params["access_token"], self.limit["group" if kind == "token" else "service"])
        if (name in FOR_SERVICE) != (kind == "service") or (name in FOR_EDITOR) != (kind == "editor"):
            raise ApiError(27 if kind == "token" else 28, "Group authorization failed: method is unavailable")
        return self.vk.communities[int(number)] if of_page else None

    def _count(self, token: str, limit: int) -> None:
        recent, moment = self._recent.setdefault(token, deque()), time.monotonic()
        while recent and recent[0] < moment - 1:
            recent.popleft()
        if len(recent) >= limit:
            raise ApiError(6, "Too many requests per second")
        recent.append(moment)

    async def long_poll(self, request: web.Request) -> web.Response:
        """Events after `ts`, waiting for the first of them; or which of the three failures it is."""
        group, query = int(request.match_info["group"]), request.query
        page = self.vk.communities[group]
        if failed := self.vk.broken_session.pop(group, 0):
            page.key += "3"
            return web.json_response({"failed": failed})
        if query.get("key") != page.key or query.get("act") != "a_check":
            return web.json_response({"failed": 2})
        ts = int(query["ts"])
        if not max(page.start, page.forgotten) <= ts <= page.ts:
            return web.json_response({"failed": 1, "ts": page.ts})
        await self.vk.until(lambda: page.since(ts) or None, min(float(query.get("wait", "25")), 90))
        return web.json_response({"ts": str(page.ts), "updates": page.since(ts)})

    async def upload(self, request: web.Request) -> web.Response:
        """Takes a file and gives what `save` methods want."""
        kind = request.match_info["kind"]
        field = (await request.post()).get("photo" if kind == "photo" else "file")
        if not isinstance(field, web.FileField):
            return web.json_response({"error": "no file"})
        name = f"{kind}|{self.vk.next_id()}"
        self._uploads[name] = field.filename
        if kind == "photo":
            return web.json_response({"server": 7, "photo": name, "hash": "hash-of-it"})
        return web.json_response({"file": name})

    async def file(self, _request: web.Request) -> web.Response:
        """A file somebody attached."""
        return web.Response(body=PIXEL, content_type="image/png")

    # Methods. A page is the community of the token.

    def get_server(self, page: Community | None, params: Params) -> Any:
        """groups.getLongPollServer"""
        if page is None or int(params["group_id"]) != page.group_id:
            raise ApiError(100, "group_id is wrong")
        return {"key": page.key, "server": f"{self.vk.url}/lp{page.group_id}", "ts": str(page.ts)}

    def get_groups(self, _page: Community | None, params: Params) -> Any:
        """groups.getById: in one object since version 5.139."""
        page = self._of({"owner_id": f"-{params['group_id']}"})
        return {"groups": [{"id": page.group_id, "name": page.title, **page.about}], "profiles": []}

    def create_comment(self, page: Community | None, params: Params) -> Any:
        """wall.createComment: a known guid gives the comment made by it."""
        if page is None or int(params["owner_id"]) != page.owner_id:
            raise ApiError(15, "Access denied")
        post, guid = int(params["post_id"]), params.get("guid", "")
        if int(params.get("from_group", "0")) != page.group_id or post not in page.posts:
            raise ApiError(100, "One of the parameters specified was missing or invalid")
        if post in page.closed_posts:
            raise ApiError(213, "Access to status replies denied")
        if guid not in page.guids:
            answers = int(params.get("reply_to_comment", "0"))
            if answers and answers not in page.comments:
                raise ApiError(100, "reply_to_comment is wrong")
            made = self.vk.comment(page, page.owner_id, post, params.get("message", ""), answers)
            page.guids[guid or f"none-{made}"] = made
            place = f"wall{page.owner_id}_{post}"
            self.vk.keep_posted(
                place,
                params.get("message", ""),
                str(answers or ""),
                f"{place}_r{made}",
                files=params.get("attachments", ""),
            )
            return {"comment_id": made, "parents_stack": page.comments[made]["parents_stack"]}
        return {"comment_id": page.guids[guid], "parents_stack": []}

    def send(self, page: Community | None, params: Params) -> Any:
        """messages.send: a known random_id gives the message made by it."""
        if page is None or not params.get("random_id"):
            raise ApiError(100, "random_id is required")
        peer, text, mark = int(params["peer_id"]), params.get("message", ""), f"r{params['random_id']}"
        if peer in self.vk.deaf or peer not in page.messages:
            raise ApiError(901, "Can't send messages for users without permission")
        if len(text) > MOST_LETTERS:
            raise ApiError(914, "Message is too long")
        if mark not in page.guids:
            made = self.vk.message(page, peer, page.owner_id, text)
            page.guids[mark] = made["id"]
            files = params.get("attachment", "")
            self.vk.keep_posted(f"peer-{peer}", text, "", str(made["id"]), files=files)
        return page.guids[mark]

    def conversations(self, page: Community | None, params: Params) -> Any:
        """messages.getConversations: those with the newest message first."""
        talks = sorted((page.messages if page else {}).items(), key=lambda one: -one[1][-1]["id"])
        items = [
            {
                "conversation": {"peer": {"id": peer, "type": "user", "local_id": peer}},
                "last_message": talk[-1],
            }
            for peer, talk in talks
        ]
        return _slice(items, params)

    def history(self, page: Community | None, params: Params) -> Any:
        """messages.getHistory: the newest first."""
        return _slice((page.messages if page else {}).get(int(params["peer_id"]), [])[::-1], params)

    def wall(self, _page: Community | None, params: Params) -> Any:
        """wall.get"""
        return _slice(list(self._of(params).wall()), params)

    def posts(self, _page: Community | None, params: Params) -> Any:
        """wall.getById"""
        found = []
        for name in params["posts"].split(","):
            owner, _, post = name.rpartition("_")
            wall = self._of({"owner_id": owner}).wall()
            found += [one for one in wall if one["id"] == int(post)]
        return {"items": found}

    def comments(self, _page: Community | None, params: Params) -> Any:
        """wall.getComments"""
        rows = self._of(params).under(int(params["post_id"]), int(params.get("comment_id", "0")))
        rows.sort(key=lambda one: one["id"], reverse=params.get("sort") == "desc")
        return _slice(rows, params)

    def upload_server(self, _page: Community | None, params: Params) -> Any:
        """docs.get…UploadServer"""
        return {"upload_url": f"{self.vk.url}/upload/doc"}

    def photo_server(self, _page: Community | None, params: Params) -> Any:
        """photos.getMessagesUploadServer"""
        return {"upload_url": f"{self.vk.url}/upload/photo", "album_id": -64, "group_id": 0}

    def save_doc(self, page: Community | None, params: Params) -> Any:
        """docs.save"""
        if page is None or params.get("file") not in self._uploads:
            raise ApiError(105, "Couldn't save file")
        return {
            "type": "doc",
            "doc": {"id": self.vk.next_id(), "owner_id": page.owner_id, "title": params["title"]},
        }

    def save_photo(self, page: Community | None, params: Params) -> Any:
        """photos.saveMessagesPhoto"""
        if page is None or params.get("photo") not in self._uploads or params.get("hash") != "hash-of-it":
            raise ApiError(121, "Invalid hash")
        return [
            {
                "id": self.vk.next_id(),
                "owner_id": page.owner_id,
                "access_key": "abc",
                "date": now(),
                "sizes": [],
            }
        ]

    def _of(self, params: Params) -> Community:
        for page in self.vk.communities.values():
            if params.get("owner_id") == str(page.owner_id) or params.get("domain") == f"club{page.group_id}":
                return page
        raise ApiError(15, "Access denied: wall is disabled")


def _slice(items: list[dict[str, Any]], params: Params) -> dict[str, Any]:
    start, count = int(params.get("offset", "0")), int(params.get("count", "20"))
    return {"count": len(items), "items": items[start : start + count]}


Method = Callable[[Api, Community | None, Params], Any]
FOR_SERVICE = frozenset({"groups.getById", "wall.get", "wall.getById", "wall.getComments"})
METHODS: dict[str, Method] = {
    "groups.getById": Api.get_groups,
    "groups.getLongPollServer": Api.get_server,
    "wall.createComment": Api.create_comment,
    "wall.get": Api.wall,
    "wall.getById": Api.posts,
    "wall.getComments": Api.comments,
    "messages.send": Api.send,
    "messages.getConversations": Api.conversations,
    "messages.getHistory": Api.history,
    "docs.getMessagesUploadServer": Api.upload_server,
    "docs.getWallUploadServer": Api.upload_server,
    "docs.save": Api.save_doc,
    "photos.getMessagesUploadServer": Api.photo_server,
    "photos.saveMessagesPhoto": Api.save_photo,
    **POSTING,
}
