"""The protocol of the fake OK: signed REST methods, the Bot API of a group."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from tests.fakes.ok.service import Group, Ok

Params = Mapping[str, str]
APP_KEY, APP_SECRET, SESSION = "APPKEY", "APPSECRET", "SESSION"
PAGE = 2


class ApiError(Exception):
    """An error of the API."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


class Api:
    """Answers for one fake OK."""

    def __init__(self, ok: "Ok") -> None:
        self.ok = ok

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Where clients go."""
        return [
            web.route("*", "/fb.do", self.rest),
            web.get("/graph/me/chats", self.chats),
            web.get("/graph/me/messages/{chat}", self.messages),
            web.post("/graph/me/messages/{chat}", self.send),
            web.post("/graph/me/subscribe", self.subscribe),
            web.post("/upload", self.upload),
        ]

    async def rest(self, request: web.Request) -> web.Response:
        """A REST method behind its signature."""
        params = {**request.query, **{key: str(value) for key, value in (await request.post()).items()}}
        try:
            _check(params)
            name = params["method"]
            self._refuse(name)
            if name not in METHODS:
                raise ApiError(3, f"METHOD : {name} is unknown")
            return web.json_response(METHODS[name](self, params))
        except ApiError as error:
            return _error(error)

    async def chats(self, request: web.Request) -> web.Response:
        """Conversations, the freshest first."""
        try:
            group = self._group(request, "me/chats")
        except ApiError as error:
            return _error(error)
        rows = [
            {
                "type": "GROUP_CHAT",
                "status": "ACTIVE",
                "chat_id": f"chat:{name}",
                "lastEventTime": talk[-1]["timestamp"],
            }
            for name, talk in group.chats.items()
        ]
        rows.sort(key=lambda row: -int(row["lastEventTime"]))
        start, count = int(request.query.get("marker", "0")), int(request.query.get("count", "50"))
        more = {"marker": str(start + count)} if len(rows) > start + count else {}
        return web.json_response({"chats": rows[start : start + count], **more})

    async def messages(self, request: web.Request) -> web.Response:
        """Lines of a conversation between two moments, the newest first."""
        try:
            group = self._group(request, "me/messages")
        except ApiError as error:
            return _error(error)
        upto, begin = int(request.query.get("from", str(2**62))), int(request.query.get("to", "0"))
        talk = group.chats.get(request.match_info["chat"].removeprefix("chat:"), [])
        rows = [one for one in reversed(talk) if begin <= one["timestamp"] <= upto]
        return web.json_response({"messages": rows[: int(request.query.get("count", "50"))]})

    async def send(self, request: web.Request) -> web.Response:
        """A line of the group; the same words twice are two lines: the network knows no doubles."""
        try:
            group = self._group(request, "me/messages")
            body = await request.json()
            chat = str(body["recipient"]["chat_id"]).removeprefix("chat:")
            if chat not in group.chats:
                raise ApiError(100, "PARAM : chat is unknown")
        except ApiError as error:
            return _error(error)
        text = str(body["message"]["text"])
        mid = self.ok.write(group, chat.removeprefix("C"), f"group:{group.group_id}", text)
        self.ok.keep_posted(f"chat:{chat}", text, "", mid)
        return web.json_response({"recipient_id": f"chat:{chat}", "message_id": mid, "success": True})

    async def subscribe(self, request: web.Request) -> web.Response:
        """Remember the address of a webhook."""
        try:
            group = self._group(request, "me/subscribe")
        except ApiError as error:
            return _error(error)
        group.hooks.append(str((await request.json())["url"]))
        return web.json_response({"success": True})

    async def upload(self, request: web.Request) -> web.Response:
        """A picture for a post; answers with its token."""
        field = (await request.post()).get("pic1")
        if not isinstance(field, web.FileField):
            return web.json_response({"error_code": 4, "error_msg": "no pic1"})
        return web.json_response({"photos": {"P1": {"token": f"token-of-{field.filename}"}}})

    def _group(self, request: web.Request, name: str) -> "Group":
        self._refuse(name)
        kind, _, number = request.query.get("access_token", "").partition("-")
        if kind != "group" or number not in self.ok.groups:
            raise ApiError(103, "PARAM_SESSION_KEY : No session key")
        if request.method == "POST" and not request.content_type.startswith("application/json"):
            raise ApiError(4, "REQUEST : Content-Type must be application/json")
        return self.ok.groups[number]

    def _refuse(self, name: str) -> None:
        for place, (method, code) in enumerate(self.ok.refusals):
            if method in ("", name):
                del self.ok.refusals[place]
                raise ApiError(code, "refused")

    # Methods.

    def info(self, params: Params) -> Any:
        """group.getInfo: a list of those that are there."""
        found = [self.ok.groups[one] for one in params["uids"].split(",") if one in self.ok.groups]
        return [{"uid": one.group_id, "name": one.title, **one.about} for one in found]

    def topics(self, params: Params) -> Any:
        """mediatopic.getTopics: the newest first; a group without posts gives no list at all."""
        group = self.ok.groups[params["gid"]]
        rows = [
            {
                "id": topic,
                "author_ref": f"group:{group.group_id}",
                "media": [],
                **({"created_ms": group.made[topic]} if topic in group.made else {}),
                **group.posts.get(topic, {}),
            }
            for topic in reversed(group.topics)
        ]
        return {"media_topics": rows[: int(params.get("count", "10"))], "has_more": False} if rows else {}

    def put_out(self, params: Params) -> Any:
        """mediatopic.post: a theme of the group in its name; answers with its number as a string."""
        attachment = json.loads(params.get("attachment", "{}"))
        media = attachment.get("media", [])
        if params.get("type") != "GROUP_THEME" or params.get("gid") not in self.ok.groups or not media:
            raise ApiError(100, "PARAM : invalid parameter")
        topic = self.ok.put_out(self.ok.groups[params["gid"]], media)
        words = "".join(one["text"] for one in media if one["type"] == "text")
        self.ok.keep_posted(f"group:{params['gid']}", words, "", topic)
        return topic

    def upload_url(self, params: Params) -> Any:
        """photosV2.getUploadUrl"""
        return {"photo_ids": ["P1"], "upload_url": f"{self.ok.url}/upload", "expires_ms": 0}

    def by_ids(self, params: Params) -> Any:
        """mediatopic.getByIds with summaries of reactions."""
        topic = params.get("topic_ids", "")
        _, comments = self._topic(topic)
        summaries = {
            "like_summary": {"count": 7},
            "discussion_summary": {"comments_count": len(comments)},
            "reshare_summary": {"count": 2},
        }
        return {"media_topics": [{"id": topic, **summaries}]}

    def comments(self, params: Params) -> Any:
        """discussions.getComments: the newest first, by small pages."""
        _, found = self._topic(params.get("discussionId", ""))
        start = int(params.get("anchor", "0") or 0)
        rows = found[::-1][start : start + PAGE]
        answer = {"discussionId": params["discussionId"], "discussionType": params["discussionType"]}
        more = {"has_more": start + PAGE < len(found), "anchor": str(start + PAGE)}
        return {**answer, **more, "comments": rows}

    def add_comment(self, params: Params) -> Any:
        """discussions.addDiscussionComment: in the name of the group."""
        group, _ = self._topic(params.get("entityId", ""))
        answers = params.get("replyToCommentId", "")
        made = self.ok.comment(group, params["entityId"], group.group_id, params["comment"], answers)
        self.ok.keep_posted(f"discussion:{params['entityId']}", params["comment"], answers, made)
        return made

    def _topic(self, topic: str) -> tuple["Group", list[dict[str, Any]]]:
        for group in self.ok.groups.values():
            if topic in group.topics:
                return group, group.topics[topic]
        raise ApiError(106, "PARAM_ENTITY_ID : no such discussion")


def _check(params: Params) -> None:
    """The signature as the documentation has it: names in order, without the session, then the session's secret."""
    if params.get("application_key") != APP_KEY:
        raise ApiError(101, "PARAM_API_KEY : No application key")
    if params.get("access_token") != SESSION:
        raise ApiError(103, "PARAM_SESSION_KEY : Invalid session key")
    secret = hashlib.md5((SESSION + APP_SECRET).encode()).hexdigest()
    signed = "".join(
        f"{name}={value}" for name, value in sorted(params.items()) if name not in ("sig", "access_token")
    )
    if hashlib.md5((signed + secret).encode()).hexdigest() != params.get("sig"):
        raise ApiError(104, "PARAM_SIGNATURE : Invalid signature")


def _error(error: ApiError) -> web.Response:
    body = {"error_code": error.code, "error_msg": str(error), "error_data": None}
    return web.json_response(body, headers={"invocation-error": str(error.code)})


METHODS: dict[str, Callable[[Api, Params], Any]] = {
    "group.getInfo": Api.info,
    "mediatopic.getTopics": Api.topics,
    "discussions.getComments": Api.comments,
    "discussions.addDiscussionComment": Api.add_comment,
    "mediatopic.post": Api.put_out,
    "mediatopic.getByIds": Api.by_ids,
    "photosV2.getUploadUrl": Api.upload_url,
}
