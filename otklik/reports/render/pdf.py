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
    facts = json.dumps(
        {**document.to_data(), "title": document.title, "parts": _parts(document)}, ensure_ascii=False
    )
    return bytes(typst.compile(TEMPLATE, format="pdf", sys_inputs={"document": facts}))


def _parts(document: Document) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = document.to_data()["parts"]
    for part, made in zip(document.parts, data, strict=True):
        if isinstance(part, Bars):
            made["svg"] = black(bars_svg(part))
    return data
