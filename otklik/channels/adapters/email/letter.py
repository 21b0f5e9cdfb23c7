"""One letter read into its parts: who, when, about what, the words, the files. Pure but for the look at files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from otklik.channels.adapters.email.page_text import text_of_page
from otklik.channels.adapters.email.quoting import own_words
from otklik.channels.adapters.email.tnef import files_of
from otklik.channels.charsets import decoded, header_text, raw_header

IDS = re.compile(r"<[^<>\s]+>")
PREFIXES = re.compile(
    r"^(?:\s*(?:re|fwd?|aw|ответ|на|пересл?|переслано|тема)(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE
)
MOST_TEXT = 50_000
PLAIN = re.compile(r"[\w.+-]+@[\w.-]+\.\w+", re.ASCII)
LONGEST_ID = 180
DECORATION = 10_000
"""A picture of the page itself smaller than this many bytes is a logo of a signature, no photo of a problem."""


@dataclass(frozen=True)
class Letter:
    """`text` is what the person wrote, `whole` the letter with everything it quotes; ids keep their brackets."""

    message_id: str
    subject: str
    text: str
    whole: str
    author: str
    address: str
    sent_at: datetime | None
    answers: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)

    @property
    def root(self) -> str:
        """The first letter of the talk, by the headers alone."""
        return self.answers[0] if self.answers else self.message_id


def read_letter(letter: Message, content: bytes) -> Letter:
    """The parts of a letter; `content` is the letter as it came, for those that carry no Message-ID."""
    plain, page = _texts(letter)
    whole = (plain if _says(plain) else text_of_page(page))[:MOST_TEXT]
    name, address = _sender(letter)
    return Letter(
        message_id=_id_of(letter, content),
        subject=PREFIXES.sub("", header_text(raw_header(letter, "Subject")))[:300],
        text=own_words(whole),
        whole=whole.strip(),
        author=name[:300],
        address=address[:254],
        sent_at=_date(letter),
        answers=_answers(letter),
        files=tuple(_files(letter)),
    )


def _id_of(letter: Message, content: bytes) -> str:
    found = IDS.search(raw_header(letter, "Message-ID"))
    if found and len(found[0]) <= LONGEST_ID:
        return found[0]
    return f"<{sha256(found[0].encode() if found else content).hexdigest()[:40]}@no-id>"


def _answers(letter: Message) -> tuple[str, ...]:
    """Ids of the letters before this one, the oldest first."""
    told = IDS.findall(raw_header(letter, "References")) + IDS.findall(raw_header(letter, "In-Reply-To"))
    return tuple(dict.fromkeys(one[:LONGEST_ID] for one in told))


def _sender(letter: Message) -> tuple[str, str]:
    """Name and address; an answer is asked for at Reply-To where the writer names one."""
    name, address = _first(raw_header(letter, "From"))
    _, answer_to = _first(raw_header(letter, "Reply-To"))
    return (name if name.lower() != address.lower() else ""), answer_to or address


def _first(line: str) -> tuple[str, str]:
    """Addresses are told apart before words are decoded: an encoded name may hold a comma."""
    pairs = getaddresses([line]) if line else []
    name, address = pairs[0] if pairs else ("", "")
    if not PLAIN.fullmatch(address):
        # A name in bare bytes or without quotes breaks the reading: the address itself is plain.
        found = PLAIN.search(line)
        name, address = (line[: found.start()], found[0]) if found else (line, "")
    return header_text(name).strip(" \"'<>"), address.strip().strip("<>")


def _date(letter: Message) -> datetime | None:
    try:
        told = parsedate_to_datetime(raw_header(letter, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _texts(letter: Message) -> tuple[str, str]:
    plain, pages = [], []
    for part in _leaves(letter):
        if _is_file(part):
            continue
        if part.get_content_type() == "text/html":
            pages.append(_text_of(part))
        elif part.get_content_maintype() == "text":
            plain.append(_text_of(part))
    return "\n".join(plain), "\n".join(pages)


def _leaves(letter: Message) -> Iterator[Message]:
    """Parts of the letter itself; a letter inside it is a file."""
    if letter.get_content_maintype() == "multipart" and letter.is_multipart():
        for part in letter.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield letter


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text_of(part: Message) -> str:
    return decoded(_content(part), part.get_content_charset())


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    inner = part.get_payload()
    return (
        b"".join(one.as_bytes() for one in inner if isinstance(one, Message))
        if isinstance(inner, list)
        else b""
    )


def _files(letter: Message) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(_leaves(letter), start=1):
        kind = part.get_content_type()
        is_picture = part.get_content_maintype() == "image"
        if not (_is_file(part) or is_picture or kind == "message/rfc822"):
            continue
        content, name = _content(part), _name_of(part)
        if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            yield from files_of(content)
        elif not (is_picture and _is_decoration(part, content)):
            yield name or f"вложение {number}{'.eml' if kind == 'message/rfc822' else ''}", content


def _name_of(part: Message) -> str:
    """The name as it came: programs put bare bytes or encoded words there, against the rule."""
    for header, name in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        line = raw_header(part, header)
        if found := re.search(rf'\b{name}\s*=\s*"([^"]*)"|\b{name}\s*=\s*([^;\s]+)', line, re.IGNORECASE):
            return header_text(found[1] or found[2] or "")
    return header_text(str(part.get_filename() or ""))


def _is_decoration(part: Message, content: bytes) -> bool:
    return (
        part["Content-ID"] is not None
        and part.get_content_disposition() != "attachment"
        and len(content) < DECORATION
    )


def _says(text: str) -> bool:
    return any(sign.isalpha() for sign in text)
