"""A WebDAV disk with one folder: PROPFIND, GET, PUT behind a name and a password; a file may be seen half-written."""

import base64
import hashlib
from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import quote

from aiohttp import web

from tests.fakes.service import Posted, Service

USER, PASSWORD = "otklik", "webdav-secret"
PROPS = "<D:prop><D:resourcetype>{kind}</D:resourcetype>{more}</D:prop>"


class Webdav(Service):
    """`put_file` is what the neighbour system leaves; what we put is both in `files` and in `posted`."""

    name: ClassVar[str] = "webdav"

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}

    @property
    def url(self) -> str:
        return f"{self.base}/disk/exchange"

    def put_file(self, name: str, content: bytes) -> None:
        """The neighbour has written so much of the file."""
        self.files[name] = content

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.route("PROPFIND", "/disk/exchange/", self.listing),
            web.get("/disk/exchange/{name}", self.get),
            web.put("/disk/exchange/{name}", self.put),
        ]

    async def listing(self, request: web.Request) -> web.Response:
        self._check(request)
        assert request.headers["Depth"] == "1"
        folder = request.path
        items = [(folder, "<D:collection/>", ""), (f"{folder}old/", "<D:collection/>", "")]
        for name, content in self.files.items():
            etag = hashlib.sha256(content).hexdigest()[:12]
            more = f"<D:getcontentlength>{len(content)}</D:getcontentlength><D:getetag>{etag}</D:getetag>"
            items.append((folder + quote(name), "", more))
        answers = "".join(
            f"<D:response><D:href>{href}</D:href><D:propstat>{PROPS.format(kind=kind, more=more)}"
            "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
            for href, kind, more in items
        )
        text = (
            f'<?xml version="1.0" encoding="utf-8"?><D:multistatus xmlns:D="DAV:">{answers}</D:multistatus>'
        )
        return web.Response(status=207, text=text, content_type="application/xml")

    async def get(self, request: web.Request) -> web.Response:
        self._check(request)
        content = self.files.get(request.match_info["name"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="application/octet-stream")

    async def put(self, request: web.Request) -> web.Response:
        self._check(request)
        name, content = request.match_info["name"], await request.read()
        self.files[name] = content
        self.posted.append(Posted(place=name, text="", more={"content": content}))
        return web.Response(status=201)

    def _check(self, request: web.Request) -> None:
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {token}":
            raise web.HTTPUnauthorized
