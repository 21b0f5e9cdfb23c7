"""The words of a document: plain text, DOCX, PDF with a layer of text. A scan says nothing. Pure."""

import io
import zipfile
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from otklik.channels.charsets import decoded

MOST_TEXT = 50_000
MOST_XML = 20 * 1024 * 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(name: str, content: bytes) -> str:
    """What the document says, empty where that cannot be read."""
    if content.startswith(b"PK\x03\x04"):
        return _of_docx(content)[:MOST_TEXT]
    if name.casefold().endswith((".txt", ".text")):
        return decoded(content[: 4 * MOST_TEXT], None).strip()[:MOST_TEXT]
    return ""


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
