"""PDF by typst from `report.typ`; the face is embedded, the drawing of bars goes in as SVG."""

import json
from pathlib import Path
from typing import Any

import typst

from otklik.reports.parts import Bars, Document
from otklik.reports.render.chart import bars_svg, black

TEMPLATE = Path(__file__).parent / "report.typ"


def to_pdf(document: Document) -> bytes:
    """A4 by ГОСТ Р 7.0.97."""
    return bytes(typst.compile(TEMPLATE, format="pdf", sys_inputs=_inputs(document)))


def to_png(document: Document, sharpness: float = 60.0) -> list[bytes]:
    """The same pages as pictures, for eyes."""
    # The library's types know one page only.
    made: object = typst.compile(TEMPLATE, format="png", ppi=sharpness, sys_inputs=_inputs(document))
    return [one for one in (made if isinstance(made, list) else [made]) if isinstance(one, bytes)]


def _inputs(document: Document) -> dict[str, str]:
    facts = {**document.to_data(), "title": document.title, "parts": _parts(document)}
    return {"document": json.dumps(facts, ensure_ascii=False)}


def _parts(document: Document) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = document.to_data()["parts"]
    for part, made in zip(document.parts, data, strict=True):
        if isinstance(part, Bars):
            made["svg"] = black(bars_svg(part))
    return data
