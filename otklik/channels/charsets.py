"""Bytes from outside as text, whatever is said of their encoding. Pure.

Old programs here write Windows-1251 or KOI8-R and say nothing, or say the wrong name.
"""

import binascii
import codecs
import quopri
import re
from contextlib import suppress
from email.message import Message

GUESSES = ("cp1251", "koi8-r", "cp866")
# Small letters that make up most of any Russian text; in a wrong reading they are rare.
FREQUENT = frozenset("оеаинтсрвлкмдпу")
WORD = re.compile(r"=\?([^?\s]+)\?([bq])\?([^?]*)\?=", re.IGNORECASE)
RUN = re.compile(f"(?:{WORD.pattern})+", re.IGNORECASE)
META = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
META_WITHIN = 4096
BETWEEN = re.compile(r"\?=\s+=\?")


def decoded(content: bytes, declared: str | None) -> str:
    """Text by UTF-8 or the declared encoding where they hold, else by the likeliest one; never an error."""
    for name in ("utf-8", declared):
        if not name:
            continue
        # What reads as UTF-8 with letters beyond ASCII hardly ever is anything else, whatever is declared.
        with suppress(LookupError, UnicodeDecodeError, ValueError):
            text = content.decode(name)
            return text if name == "utf-8" else _better(content, text)
    return max((content.decode(name, "replace") for name in GUESSES), key=_likeness)


def page_text(content: bytes, told: str | None) -> str:
    """The text of a page, maybe cut short: by what its server tells of it, else by its own <meta charset>."""
    named = META.search(content[:META_WITHIN])
    declared = told or (named[1].decode("ascii", "replace") if named else None)
    if _is_utf8(declared):
        return content.decode("utf-8", "replace")
    with suppress(UnicodeDecodeError):
        # Where the page was cut, its last letter may be a half.
        return codecs.getincrementaldecoder("utf-8")().decode(content)
    return decoded(content, declared)


def _is_utf8(name: str | None) -> bool:
    try:
        return name is not None and codecs.lookup(name).name == "utf-8"
    except (LookupError, ValueError):
        return False


def raw_header(message: Message, name: str) -> str:
    """The first header of this name as it came: bytes beyond ASCII stand in it as lone surrogates."""
    wanted = name.casefold()
    return next((str(value) for key, value in message.raw_items() if key.casefold() == wanted), "")


def header_text(value: str) -> str:
    """A header in words: encoded words joined, bare bytes guessed, broken pieces left as they are; one line."""
    if any("\udc80" <= sign <= "\udcff" for sign in value):
        value = decoded(value.encode("utf-8", "surrogateescape"), None)
    value = BETWEEN.sub("?==?", value)
    text, place = "", 0
    for run in RUN.finditer(value):
        text += value[place : run.start()] + _words_of(run[0])
        place = run.end()
    return " ".join((text + value[place:]).replace("\x00", "").split())


def _words_of(run: str) -> str:
    """Encoded words that stand side by side: a letter may be cut between two of one encoding."""
    pieces: list[tuple[str, bytes]] = []
    for charset, way, told in WORD.findall(run):
        content = _bytes_of(way.lower(), told)
        if pieces and pieces[-1][0] == charset.lower():
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + content)
        else:
            pieces.append((charset.lower(), content))
    return "".join(decoded(content, charset.partition("*")[0]) for charset, content in pieces)


def _bytes_of(way: str, told: str) -> bytes:
    content = told.encode("ascii", "ignore")
    if way == "q":
        return quopri.decodestring(content.replace(b"_", b" "), header=False)
    try:
        return binascii.a2b_base64(content + b"=" * (-len(content) % 4))
    except binascii.Error:
        return b""


def _better(content: bytes, text: str) -> str:
    """A one-byte encoding always «holds»: another that reads far likelier wins."""
    if sum(byte > 127 for byte in content) < 8:
        return text
    best = max((content.decode(name, "replace") for name in GUESSES), key=_likeness)
    return best if _likeness(best) > _likeness(text) + 0.3 else text


def _likeness(text: str) -> float:
    foreign = [sign for sign in text if ord(sign) > 127]
    return sum(sign in FREQUENT for sign in foreign) / len(foreign) if foreign else 0.0
