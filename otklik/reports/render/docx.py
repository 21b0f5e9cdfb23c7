"""DOCX by docxtpl: the look is in `report.docx`, an ordinary document with fields that a clerk may edit.

Its fields: title, subject, period, centre, addressee, day, signer, foot; lists parts, confirmed, signature,
attachments. A part has kind, text, title, head, rows, picture.
"""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from otklik.reports.parts import (
    Bar,
    Bars,
    Document,
    Heading,
    Paragraph,
    Part,
    Table,
    Writing,
    count_cell,
    text_cell,
)
from otklik.reports.render.chart import bars_png

TEMPLATE = Path(__file__).parent / "report.docx"
PLAIN = ("title", "subject", "period", "centre", "addressee", "signer", "foot")
FIELDS = frozenset({*PLAIN, "day", "parts", "confirmed", "signature", "attachments"})
WIDTH = Mm(168)
LINE = 60


def to_docx(document: Document, template: Path | BytesIO = TEMPLATE) -> bytes:
    """The document by the template; whatever stands in the text is text, never a field."""
    paper = DocxTemplate(template)
    fields = {name: getattr(document, name) for name in PLAIN}
    paper.render(
        {
            **fields,
            "day": document.day or "Проект",
            "parts": [_part(paper, part) for part in document.parts],
            "confirmed": document.confirmed,
            "signature": document.signature,
            "attachments": document.attachments,
        },
        _sandbox(),
        autoescape=True,
    )
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def fault_of(content: bytes) -> str:
    """What is wrong with a template, one Russian sentence; empty when it is filled without a fault."""
    try:
        strangers = strange_fields(content)
        if not strangers:
            to_docx(_trial(), BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError):
        return "Это не документ DOCX. Сохраните шаблон в Word или LibreOffice как DOCX."
    except TemplateError as fault:
        return f"Шаблон не заполняется: {fault}. Проверьте скобки и концы повторов."
    return f"В шаблоне есть поля, которых отчёт не знает: {'; '.join(strangers)}." if strangers else ""


def strange_fields(content: bytes) -> list[str]:
    """Fields of a template that no report fills, each with the line it stands in, in order of the alphabet."""
    paper = DocxTemplate(BytesIO(content))
    names = sorted(paper.get_undeclared_template_variables(_sandbox()) - FIELDS)
    # The template's own body has been patched by the search for fields: the lines are read afresh.
    body = docx.Document(BytesIO(content)).element.body
    lines = ["".join(t.text or "" for t in line.iter(qn("w:t"))).strip() for line in body.iter(qn("w:p"))]
    return [_told(name, lines) for name in names]


def _told(name: str, lines: list[str]) -> str:
    field = re.compile(r"\{[{%][^}%]*\b" + re.escape(name) + r"\b")
    found = next((line for line in lines if field.search(line)), "")
    return f"{name} (в строке «{found[:LINE]}»)" if found else name


def _sandbox() -> SandboxedEnvironment:
    """A template shows figures and reaches nothing else."""
    return SandboxedEnvironment(autoescape=True)


def _part(paper: DocxTemplate, part: Part) -> dict[str, Any]:
    match part:
        case Heading():
            return {"kind": "heading" if part.level == 1 else "subheading", "text": part.text}
        case Paragraph():
            return {"kind": "paragraph", "text": part.text}
        case Bars():
            drawn = BytesIO(bars_png(part))
            return {"kind": "bars", "title": part.title, "picture": InlineImage(paper, drawn, width=WIDTH)}
        case Table():
            last = len(part.rows) - 1 if part.has_total else -1
            rows = [
                [{"text": c.text, "is_number": c.kind != "text", "is_total": place == last} for c in row]
                for place, row in enumerate(part.rows)
            ]
            return {"kind": "table", "title": part.title, "head": part.head, "rows": rows}


def _trial() -> Document:
    """A paper with every kind of part, for trying a template."""
    page = Writing()
    page.head("Проба")
    page.subhead("Часть")
    page.say("Проверка шаблона.")
    page.table("Проба", ("А", "Б"), [(text_cell("а"), count_cell(1))], (1, 1), True)
    page.bars("Проба", [Bar("а", 1, 2)])
    return Document("Проба", "шаблона", "за день", "Центр", "Кому", "Кто", tuple(page.parts))
