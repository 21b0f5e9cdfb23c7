"""The middleware that carries the faults of a service out."""

import asyncio
import json
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from tests.fakes.faults import Fault, Faults

GATEWAY = "<html><body><h1>Bad Gateway</h1></body></html>"


def striking(faults: Faults, lists: frozenset[str]) -> Middleware:
    """Strikes requests as `faults` say; `lists` are the keys whose lists may be doubled or turned round."""

    @web.middleware
    async def strike(request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = faults.take(f"{request.method} {request.path}")
        if fault is None:
            return await handler(request)
        if fault.comes_before:
            return await _before(fault, request, handler)
        answer = await handler(request)
        return await _after(fault, request, answer, lists)

    return strike


async def _before(fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return await handler(request)
    if fault.kind == "outage":
        return _hang_up(request)
    headers = {"Retry-After": f"{fault.seconds:g}"} if fault.seconds else {}
    return web.Response(status=fault.status, text=GATEWAY, content_type="text/html", headers=headers)


async def _after(
    fault: Fault, request: web.Request, answer: web.StreamResponse, lists: frozenset[str]
) -> web.StreamResponse:
    if fault.kind == "lose_answer" or not isinstance(answer, web.Response):
        return _hang_up(request)
    if fault.kind == "wrong_json":
        return web.Response(text=fault.text, content_type="application/json")
    body = answer.body if isinstance(answer.body, bytes) else b""
    if fault.kind == "half_body":
        return await _half(request, body)
    turned = _turned(json.loads(body), fault.kind, lists)
    return web.json_response(turned, status=answer.status)


async def _half(request: web.Request, body: bytes) -> web.StreamResponse:
    answer = web.StreamResponse(
        headers={"Content-Length": str(len(body)), "Content-Type": "application/json"}
    )
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
    return _hang_up(request, answer)


def _hang_up(request: web.Request, answer: web.StreamResponse | None = None) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close() if answer else request.transport.abort()
    return answer or web.Response()


def _turned(content: Any, kind: str, lists: frozenset[str]) -> Any:
    """The same content with its named lists doubled or turned round, however deep they stand."""
    if isinstance(content, list):
        return [_turned(one, kind, lists) for one in content]
    if not isinstance(content, dict):
        return content
    return {
        key: _list(value, kind) if key in lists and isinstance(value, list) else _turned(value, kind, lists)
        for key, value in content.items()
    }


def _list(items: list[Any], kind: str) -> list[Any]:
    return [one for one in items for _ in range(2)] if kind == "duplicate" else items[::-1]
