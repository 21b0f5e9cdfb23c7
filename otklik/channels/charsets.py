"""Bytes from outside as text, whatever is said of their encoding. Pure.

Old programs here write Windows-1251 or KOI8-R and say nothing, or say the wrong name.
"""

import re
from contextlib import suppress
from email.header import decode_header

GUESSES = ("cp1251", "koi8-r", "cp866")
# Small letters that make up most of any Russian text; in a wrong reading they are rare.
FREQUENT = frozenset("оеаинтсрвлкмдпу")
ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?", re.IGNORECASE)


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


def header_text(value: object) -> str:
    """A header in words: encoded words joined, bare bytes guessed, broken pieces left as they are; one line."""
    line = str(value or "")
    if any(ord(sign) > 127 for sign in line):
        # `email` keeps bytes that are no ASCII as lone surrogates.
        line = decoded(line.encode("utf-8", "surrogateescape"), None)
    if ENCODED.search(line):
        with suppress(ValueError, LookupError):
            line = "".join(
                part if isinstance(part, str) else decoded(part, name) for part, name in decode_header(line)
            )
    return " ".join(line.replace("\x00", "").split())


def _better(content: bytes, text: str) -> str:
    """A one-byte encoding always «holds»: another that reads far likelier wins."""
    if sum(byte > 127 for byte in content) < 8:
        return text
    best = max((content.decode(name, "replace") for name in GUESSES), key=_likeness)
    return best if _likeness(best) > _likeness(text) + 0.3 else text


def _likeness(text: str) -> float:
    foreign = [sign for sign in text if ord(sign) > 127]
    return sum(sign in FREQUENT for sign in foreign) / len(foreign) if foreign else 0.0
