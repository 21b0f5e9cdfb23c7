"""The page itself: drawn on the server, works by plain forms; a small script of its own brings new lines."""

import html
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from aiohttp import web

from tests.fakes.service import Service
from tests.fakes.visit.rooms import Room, Shown

FOLDER = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LONGEST = 4000


class Visit(Service):
    """Rooms of the network; `desk` is where the staff's pages are."""

    name: ClassVar[str] = "visit"

    def __init__(self, rooms: Sequence[Room], desk: str, town: str) -> None:
        super().__init__()
        self.rooms = {room.key: room for room in rooms}
        self.desk, self.town = desk, town

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/", self._first),
            web.get("/page.css", self._file),
            web.get("/page.js", self._file),
            web.get("/{room}/", self._page),
            web.get("/{room}/lines", self._lines),
            web.post("/{room}/", self._deed),
        ]

    async def _first(self, request: web.Request) -> web.Response:
        raise web.HTTPFound(f"{request.path}{next(iter(self.rooms))}/")

    async def _file(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(FOLDER / request.path.rpartition("/")[2])

    def _room(self, request: web.Request) -> Room:
        room = self.rooms.get(request.match_info["room"])
        if room is None:
            raise web.HTTPNotFound
        return room

    async def _page(self, request: web.Request) -> web.Response:
        room = self._room(request)
        tabs = "".join(_tab(one, one is room) for one in self.rooms.values())
        page = (FOLDER / "page.html").read_text(encoding="utf-8")
        told = {
            "title": html.escape(room.title),
            "town": html.escape(self.town),
            "tabs": tabs,
            "hint": html.escape(room.hint),
            "lines": drawn(room.lines()),
            "start": _deed_button("say", "/start", "Начать") if room.sends_point and not room.lines() else "",
            "photo": _deed_button("photo", "", "Послать фото") if room.sends_photo else "",
            "point": _deed_button("point", "", "Послать точку") if room.sends_point else "",
            "desk": html.escape(self.desk),
        }
        for key, value in told.items():
            page = page.replace(f"{{{{{key}}}}}", value)
        return web.Response(text=page, content_type="text/html", headers=_headers())

    async def _lines(self, request: web.Request) -> web.Response:
        return web.Response(
            text=drawn(self._room(request).lines()), content_type="text/html", headers=_headers()
        )

    async def _deed(self, request: web.Request) -> web.Response:
        """A deed of the visitor; only the page itself may send it."""
        room = self._room(request)
        if request.headers.get("Origin", f"http://{request.host}") != f"http://{request.host}":
            raise web.HTTPForbidden
        given = await request.post()
        deed, text = str(given.get("deed", "say")), str(given.get("text", "")).strip()[:LONGEST]
        if deed == "photo":
            room.photo()
        elif deed == "point":
            room.point()
        elif deed == "press":
            room.press(text)
        elif text:
            room.say(text)
        raise web.HTTPSeeOther(request.path)


def drawn(lines: Sequence[Shown]) -> str:
    """Lines as a list; buttons stand under the lowest line that has them."""
    last = next((line.key for line in reversed(lines) if line.buttons), "")
    return "".join(_drawn(line, line.key == last) for line in lines)


def _drawn(line: Shown, has_buttons: bool) -> str:
    note = f'<span class="note">{html.escape(line.note)}</span>' if line.note else ""
    text = f"<p>{html.escape(line.text)}</p>" if line.text else ""
    rows = "".join(
        f'<div class="row">{"".join(_deed_button("press", words, words) for words in row)}</div>'
        for row in (line.buttons if has_buttons else ())
    )
    who = "Вы" if line.ours else "Город"
    return (
        f'<li class="{"ours" if line.ours else "theirs"}" data-key="{html.escape(line.key)}">'
        f'<span class="who">{who}</span>{text}{note}{rows}</li>'
    )


def _deed_button(deed: str, text: str, words: str) -> str:
    return (
        f'<form method="post"><input type="hidden" name="deed" value="{deed}">'
        f'<input type="hidden" name="text" value="{html.escape(text)}">'
        f'<button type="submit">{html.escape(words)}</button></form>'
    )


def _tab(room: Room, is_here: bool) -> str:
    here = ' aria-current="page"' if is_here else ""
    return f'<a href="../{room.key}/"{here}>{html.escape(room.title)}</a>'


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
