"""Words of documents of every kind the exchange brings."""

import io
import zipfile
from typing import Any

import docx
import pytest
import typst

from otklik.channels.adapters.edms.text import text_of

WORDS = "На улице Гагарина яма."


def as_docx() -> bytes:
    paper: Any = docx.Document()
    paper.add_paragraph("Главе округа")
    paper.add_paragraph(WORDS)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def archive(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("1.txt", WORDS.encode("cp1251"), WORDS),
        ("1.docx", as_docx(), f"Главе округа\n{WORDS}"),
        ("1.pdf", typst.compile(WORDS.encode(), format="pdf"), WORDS),
        ("1.pdf", b"%PDF-1.7 broken", ""),
        ("1.docx", b"PK\x03\x04 broken", ""),
        ("1.docx", archive("word/document.xml", b"<a>"), ""),
        ("1.docx", archive("other.xml", b"<a/>"), ""),
        ("1.jpg", b"\xff\xd8\xff", ""),
    ],
)
def test_it_reads_the_words_of_a_document(name: str, content: bytes, text: str) -> None:
    assert text_of(name, content) == text
