"""Cuts a long text for a messenger: at an empty line, else at a line, a sentence, a word; nothing is lost."""

import re

ENDS = (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s+", r"\s+")


def split(text: str, limit: int) -> list[str]:
    """Pieces no longer than `limit` characters; joined by white space they are the text."""
    pieces: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        piece, rest = _cut(rest, limit)
        pieces.append(piece)
    return [*pieces, rest] if rest else pieces


def units(text: str) -> int:
    """How long messengers think the text is: they count UTF-16 units, so a smile is two."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, limit: int) -> tuple[str, str]:
    head = _fitting(text, limit)
    for end in ENDS:
        places = [match for match in re.finditer(end, head) if match.start() >= len(head) // 3]
        if places:
            last = places[-1]
            return text[: last.start()].rstrip(), text[last.end() :].lstrip()
    return head, text[len(head) :].lstrip()


def _fitting(text: str, limit: int) -> str:
    """The longest beginning that fits; a pair of UTF-16 units is never torn."""
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
