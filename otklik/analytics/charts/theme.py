"""The one look of every chart: our tokens as colours, our faces, hairlines across, no frames. Pure.

Drawn with the hexes of the light theme; `on_page` puts the tokens back, so that one SVG serves both themes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import otklik.common
from otklik.analytics.charts.plot import Order

TOKENS = Path(otklik.common.__file__).parent / "static" / "common" / "tokens.css"
FACES = "PT Sans, PT Astra Sans, Segoe UI, Noto Sans, Roboto, Liberation Sans, Arial, sans-serif"
CATEGORIES = ("cat1", "cat2", "cat3", "cat4", "cat5")
LOCALE = {
    "decimal": ",",
    "thousands": "\u202f",
    "grouping": [3],
    "currency": ["", "\u00a0₽"],
    "minus": "\u2212",
}

LINK = "https://link.invalid/"
"""Stands for the link of a row while it is drawn: the engine turns any address of a page into a foreign one."""

_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", re.IGNORECASE)
_COLOUR = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{6})"', re.IGNORECASE)
_ROOT = re.compile(r"<svg\b[^>]*?\bviewBox=\"([^\"]+)\"[^>]*>")
_LINKED = re.compile(rf'<a\b[^>]*?href="{re.escape(LINK)}(\d+)"[^>]*>(.*?)</a>', re.DOTALL)
_UNSEEN = re.compile(r'<text\b[^>]*\bopacity="0"[^>]*>[^<]*</text>|<path\b[^>]*\bdisplay="none"[^>]*/>')
_EMPTY = re.compile(r'<path class="background"[^>]*/>')
_NEEDLESS = re.compile(
    r'\s(?:font-family|xmlns:xlink|style|class|role|aria-[a-z]+|pointer-events|stroke-miterlimit)="[^"]*"|\sopacity="1"'
)
_LONG = re.compile(r"\d+\.\d{2,}")


@dataclass(frozen=True)
class Size:
    """The place of a chart: pixels and the letter."""

    width: int
    height: int
    letter: int


SIZES = {"small": Size(352, 190, 12), "wide": Size(800, 220, 12), "wall": Size(860, 460, 24)}
"""`small` stands in a column of a desk or across a phone, `wide` across a desk, `wall` is read from five metres."""


IN_ROWS = frozenset({"ranks", "split", "spans"})
"""Kinds drawn as rows under one another: as high as they have names."""

ROW = 38
"""Pixels of a row at the letter of 12: a name above its mark."""

PADDING = 2


@cache
def colours() -> dict[str, str]:
    """Hexes of the light theme by token, as tokens.css says."""
    light = TOKENS.read_text(encoding="utf-8").split(":root {", 1)[1].split("}", 1)[0]
    return {name: colour.lower() for name, colour in _TOKEN.findall(light)}


def colour(token: str) -> str:
    """The hex of a token. Raises KeyError for one that is not there."""
    return colours()[token]


def rows_height(size: Size, rows: int) -> int:
    """Height of so many rows of names with their marks."""
    return round(ROW * size.letter / 12) * max(1, rows)


def place_of(order: Order) -> tuple[int, int]:
    """Width and height the drawing of an order takes on a page: its place is kept before it is drawn."""
    size = SIZES[order.size]
    if order.plot.kind not in IN_ROWS:
        return size.width, size.height
    rows = rows_height(size, len({one.name for one in order.plot.points}))
    return size.width + 2 * PADDING, rows + 2 * PADDING


def config_of(size: Size) -> dict[str, Any]:
    """The configuration of Vega-Lite: what every definition shares."""
    axis = {
        "labelColor": colour("ink2"),
        "titleColor": colour("ink2"),
        "labelFontSize": size.letter,
        "titleFontSize": size.letter,
        "titleFontWeight": "normal",
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    return {
        "background": None,
        "font": FACES,
        "aria": False,
        "padding": PADDING,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"gridColor": colour("line"), "tickCount": 4},
        "text": {"font": FACES, "fontSize": size.letter, "fill": colour("ink")},
        "title": {
            "anchor": "start",
            "color": colour("ink"),
            "fontSize": size.letter + 3,
            "subtitleColor": colour("ink2"),
            "subtitleFontSize": size.letter,
            "offset": 10,
        },
    }


def link_mark(place: int) -> str:
    """What the row of this place is drawn with instead of its link."""
    return f"{LINK}{place}"


def on_page(svg: str, links: Sequence[str]) -> str:
    """The drawing as a part of a page: tokens for colours, the page's own face, no size of its own.

    Links of the rows stay for the mouse; the table beside has the same ones for the keyboard and the ear.
    """
    text = _EMPTY.sub("", _UNSEEN.sub("", unlinked(svg, links)))
    text = _NEEDLESS.sub("", text)
    back = {value: name for name, value in reversed(colours().items())}
    text = _COLOUR.sub(lambda found: f'{found[1]}="{_token(back, found[2])}"', text)
    text = _LONG.sub(lambda found: f"{float(found[0]):.1f}", text)
    head = '<svg class="chart__drawing" viewBox="{}" aria-hidden="true" focusable="false">'
    return _ROOT.sub(lambda found: head.format(found[1]), text, count=1)


def unlinked(svg: str, links: Sequence[str]) -> str:
    """Marks of links replaced by the links; rows without one are no links."""

    def link(found: re.Match[str]) -> str:
        href = links[int(found[1])] if int(found[1]) < len(links) else ""
        return f'<a href="{escape(href)}" tabindex="-1">{found[2]}</a>' if href else found[2]

    return _LINKED.sub(link, svg)


def _token(back: dict[str, str], value: str) -> str:
    name = back.get(value.lower())
    return f"var(--{name})" if name else value
