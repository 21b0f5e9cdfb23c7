"""An invented municipal system: a list of messages in JSON, XML or CSV, every kind of paging and of signing in."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.service import Posted, Service

TOKEN = "connector-secret"


class Connector(Service):
    """`say` adds a message; what we answer is in `posted`, once for one idempotency key, as a good system does.

    A page holds no more than `most` whatever was asked for; after the last one `beyond` is answered, if given; a system
    that is `deaf` gives its first page whatever page was asked for.
    """

    name: ClassVar[str] = "connector"
    lists: ClassVar[frozenset[str]] = frozenset({"records"})

    def __init__(self) -> None:
        super().__init__()
        self.records: list[dict[str, Any]] = []
        self.asked: list[dict[str, str]] = []
        self.most, self.beyond, self.deaf = 1000, 0, False

    def say(
        self, number: str, text: str, at: str = "20.10.2026 09:30", status: str = "new"
    ) -> dict[str, Any]:
        record = {
            "number": number,
            "body": {"text": text},
            "registered": at,
            "updated": at,
            "state": status,
            "category": "Дороги",
            "applicant": {"name": "Заявитель системы", "phones": ["8 900 000-00-01"]},
        }
        self.records.append(record)
        return record

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/json", self.as_json),
            web.get("/xml", self.as_xml),
            web.get("/csv", self.as_csv),
            web.post("/answers/{number}", self.answer),
        ]

    async def as_json(self, request: web.Request) -> web.Response:
        self._check(request)
        query, size = request.query, min(int(request.query.get("size", "100")), self.most)
        kind = query.get("by", "page")
        start = int(query.get("offset") or query.get("mark") or 0)
        if kind == "page":
            start = (int(query.get("page", "1")) - 1) * size
        start = 0 if self.deaf else start
        if self.beyond and start and start >= len(self.records):
            return web.Response(status=self.beyond)
        shown = self.records[start : start + size]
        more = start + size < len(self.records)
        following = str(start + size) if more else None
        link = f"{self.base}/json?by=link&size={size}&mark={following}" if more else None
        return web.json_response({"data": {"records": shown}, "meta": {"mark": following, "next": link}})

    async def as_xml(self, request: web.Request) -> web.Response:
        self._check(request)
        rows = "".join(
            f'<m:message id="{one["number"]}"><m:text>{one["body"]["text"]}</m:text>'
            f'<m:when>{one["registered"]}</m:when><m:topic code="7">{one["category"]}</m:topic></m:message>'
            for one in self.records
        )
        text = f'<m:list xmlns:m="urn:town:messages">{rows}</m:list>'
        return web.Response(text=text, content_type="application/xml")

    async def as_csv(self, request: web.Request) -> web.Response:
        self._check(request)
        rows = "".join(
            f"{one['number']};{one['body']['text']};{one['registered']}\r\n" for one in self.records
        )
        return web.Response(body=("Номер;Текст;Дата\r\n" + rows).encode("cp1251"), content_type="text/csv")

    async def answer(self, request: web.Request) -> web.Response:
        self._check(request)
        number, key = request.match_info["number"], request.headers["Idempotency-Key"]
        body = json.loads(await request.read())
        if all(one.identifier != key for one in self.posted):
            self.posted.append(Posted(place=number, text=body["reply"], answers=number, identifier=key))
        return web.json_response({"result": {"link": f"https://town.example/messages/{number}"}})

    def _check(self, request: web.Request) -> None:
        self.asked.append(dict(request.query))
        if request.headers.get("X-Town-Key") != TOKEN:
            raise web.HTTPUnauthorized
