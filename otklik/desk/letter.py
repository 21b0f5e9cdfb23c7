"""The applicant's text with its marks: masks, questions with numbers, words that decided. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

PLACEHOLDER = re.compile(r"\[([^\[\]\n]{2,30})\]")
MASKS = {
    "телефон": "телефон",
    "почта": "почта",
    "паспорт": "паспорт",
    "СНИЛС": "СНИЛС",
    "ИНН": "ИНН",
    "карта": "карта",
    "счёт": "счёт",
    "госномер": "госномер",
    "квартира": "квартира",
    "ФИО": "имя",
    "дата рождения": "дата рождения",
}


@dataclass(frozen=True)
class Asked:
    """A question of the text: number, offsets in the masked text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same marks; `number` closes a question, `mask` names hidden data."""

    text: str
    mask: str = ""
    asked: bool = False
    decided: bool = False
    number: int = 0


def pieces_of(text: str, questions: Iterable[Asked], words: Collection[str]) -> list[Piece]:
    """Cut the masked text wherever a mark begins or ends."""
    asked = list(questions)
    masks = {found.span(): MASKS[found[1]] for found in PLACEHOLDER.finditer(text) if found[1] in MASKS}
    decided = _places_of(text, words)
    edges = {0, len(text)}
    for start, end in (*masks, *decided, *((one.start, one.end) for one in asked)):
        edges.update((start, min(end, len(text))))
    cuts = sorted(edges)
    ends = {one.end: one.number for one in asked}
    return [
        Piece(
            text[start:end],
            masks.get((start, end), ""),
            any(one.start <= start < one.end for one in asked),
            any(a <= start < b for a, b in decided),
            ends.get(end, 0),
        )
        for start, end in pairwise(cuts)
        if start < end
    ]


def _places_of(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where the deciding words stand, without regard to case and ё; a lemma is found by its beginning."""
    plain = text.lower().replace("ё", "е")
    found: list[tuple[int, int]] = []
    for word in words:
        stem = word.lower().replace("ё", "е").strip()
        if len(stem) >= 3:
            found += [hit.span() for hit in re.finditer(rf"(?<!\w){re.escape(stem)}(?!\w)", plain)]
    return found
