"""HTML: a page of its own for a file, or the sheet alone for the desk's preview, by one template."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from otklik.reports.parts import Bars, Document, Heading, Paragraph, Table
from otklik.reports.render.chart import bars_svg


def to_html(document: Document) -> bytes:
    """A whole page that needs nothing beside it; links to cases stay on the desk."""
    return render_to_string("reports/page.html", {**context_of(document), "linked": False}).encode()


def context_of(document: Document) -> dict[str, Any]:
    """What `reports/document.html` draws."""
    return {"document": document, "parts": [_drawn(part) for part in document.parts], "linked": True}


def _drawn(part: Heading | Paragraph | Table | Bars) -> dict[str, Any]:
    match part:
        case Heading():
            return {"kind": "heading", "text": part.text, "level": part.level}
        case Paragraph():
            return {"kind": "paragraph", "text": part.text}
        case Bars():
            return {"kind": "bars", "title": part.title, "svg": _safe(bars_svg(part))}
        case Table():
            last = len(part.rows) - 1 if part.has_total else -1
            rows = [(place == last, row) for place, row in enumerate(part.rows)]
            return {"kind": "table", "title": part.title, "head": part.head, "rows": rows}


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - drawn by `chart`, which escapes every label
