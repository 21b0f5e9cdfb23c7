"""One document in any medium: the same parts as PDF, DOCX, XLSX and HTML.

Each writer loads its library when it first writes: python-docx, typst and xlsxwriter weigh tens of megabytes that a
web process should not carry for people who never open a file.
"""

from collections.abc import Callable
from io import BytesIO

from otklik.reports.parts import Document

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


def to_docx(document: Document, template: BytesIO | None = None) -> bytes:
    """The document by a template, by the product's when none is given."""
    from otklik.reports.render import docx

    return docx.to_docx(document, template or docx.TEMPLATE)


def to_xlsx(document: Document) -> bytes:
    """Words on the first sheet, then every table and chart with numbers as numbers."""
    from otklik.reports.render import xlsx

    return xlsx.to_xlsx(document)


def to_pdf(document: Document) -> bytes:
    """A4 by ГОСТ Р 7.0.97."""
    from otklik.reports.render import pdf

    return pdf.to_pdf(document)


def to_html(document: Document) -> bytes:
    """A whole page that needs nothing beside it."""
    from otklik.reports.render import html

    return html.to_html(document)


RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "docx": to_docx,
    "xlsx": to_xlsx,
    "pdf": to_pdf,
    "html": to_html,
}

__all__ = ["CONTENT_TYPES", "RENDERERS", "to_docx", "to_html", "to_pdf", "to_xlsx"]
