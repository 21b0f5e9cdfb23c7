"""The words of a document: plain text, DOCX, PDF with a layer of text. A scan says nothing. Pure."""

import io
import logging
import zipfile
from contextlib import suppress
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from otklik.channels.charsets import decoded

MOST_TEXT = 50_000
MOST_PAGES = 20
MOST_XML = 20 * 1024 * 1024
# The library tells of every slip of a file at length; a scan of a paper is full of them.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(name: str, content: bytes) -> str:
    """What the document says, empty where that cannot be read."""
    if content.startswith(b"PK\x03\x04"):
        return _of_docx(content)[:MOST_TEXT]
    if content.startswith(b"%PDF-"):
        return _of_pdf(content)[:MOST_TEXT]
    if name.casefold().endswith((".txt", ".text")):
        return decoded(content[: 4 * MOST_TEXT], None).strip()[:MOST_TEXT]
    return ""


def _of_pdf(content: bytes) -> str:
    """The layer of text of the first pages. What breaks on a page stops there: a letter says its matter at once."""
    said: list[str] = []
    # Broken and hostile files raise errors of every kind here: none of them may stop the exchange.
    with suppress(Exception):
        for page in PdfReader(io.BytesIO(content)).pages[:MOST_PAGES]:
            said.append(page.extract_text())
            if sum(map(len, said)) > MOST_TEXT:
                break
    lines = (" ".join(line.split()) for text in said for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _of_docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("word/document.xml") as inner:
            page = inner.read(MOST_XML + 1)
        if len(page) > MOST_XML:
            return ""
        root = fromstring(page)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError):
        return ""
    except (ParseError, ValueError, DefusedXmlException):
        return ""
    lines = ["".join(one.text or "" for one in line.iter(f"{WORD}t")) for line in root.iter(f"{WORD}p")]
    return "\n".join(line.strip() for line in lines if line.strip())
