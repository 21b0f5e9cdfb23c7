"""One document in any medium: the same parts as PDF, DOCX, XLSX and HTML."""

from collections.abc import Callable

from otklik.reports.parts import Document
from otklik.reports.render.docx import to_docx
from otklik.reports.render.html import to_html
from otklik.reports.render.pdf import to_pdf
from otklik.reports.render.xlsx import to_xlsx

RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "docx": to_docx,
    "xlsx": to_xlsx,
    "pdf": to_pdf,
    "html": to_html,
}
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}

__all__ = ["CONTENT_TYPES", "RENDERERS", "to_docx", "to_html", "to_pdf", "to_xlsx"]
