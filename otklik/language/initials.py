"""Surnames with initials: «Иванов И.И.», «И. И. Иванов», «иванов и.и.», «Иванов ИИ». Called by `names`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from otklik.language.dedications import is_famous
from otklik.language.morphology import forms, is_known, marked
from otklik.language.name_words import NameWord, has_plain_reading, is_plain_word, is_shaped

_INITIALS = re.compile(
    r"(?<![\w.])([А-ЯЁ])\.\s?([А-ЯЁ])\.?(?![\w])|(?<![\w.])([А-ЯЁ]{2}|[А-ЯЁ] [А-ЯЁ])(?![\w.])"
)
_LOWER_INITIALS = re.compile(r"(?<![\w.])([а-яё])\.\s?([а-яё])\.(?!\w)")
_ONE_INITIAL = re.compile(r"(?<![\w.])(?<![А-ЯЁ]\. )([А-ЯЁ])\.(?!\s?[А-ЯЁ]\.)")
_ABBREVIATIONS = frozenset(
    [
        "тд",
        "тп",
        "тк",
        "те",
        "ио",
        "нэ",
        "вр",
        "гр",
        "др",
        "рф",
        "ип",
        "жк",
        "тг",
        "км",
        "тр",
        "рп",
        "нп",
        "пп",
        "ук",
        "ао",
        "гу",
        "мо",
        "сп",
        "ку",
        "тв",
        "ст",
    ]
)


@dataclass(frozen=True, slots=True)
class _Letters:
    """Initials at `start:end`; bare letters («ИИ») stand only after their surname."""

    start: int
    end: int
    first: str
    capital: bool = True
    dotted: bool = True
    bare: bool = False


def with_initials(text: str, words: list[NameWord]) -> Iterator[tuple[int, int]]:
    """Surnames with initials on either side: (start, end)."""
    at_start = {word.start: word for word in words}
    at_end = {word.end: word for word in words}
    for letters in _letters(text):
        before = _neighbour(text, at_end, letters.start, -1)
        after = None if letters.bare else _neighbour(text, at_start, letters.end, 1)
        for word in (after, before):
            if word is not None and _fits(word, letters):
                if not any(is_famous(letters.first, form.lemma) for form in forms(word.lowered)[:4]):
                    yield min(letters.start, word.start), max(letters.end, word.end)
                break


def _letters(text: str) -> Iterator[_Letters]:
    for match in _INITIALS.finditer(text):
        if match.group(1) is not None:
            yield _Letters(match.start(), match.end(), match.group(1).lower())
        elif match.group().lower() not in _ABBREVIATIONS:
            yield _Letters(match.start(), match.end(), match.group()[0].lower(), dotted=False, bare=True)
    for match in _LOWER_INITIALS.finditer(text):
        if match.group(1) + match.group(2) not in _ABBREVIATIONS:
            yield _Letters(match.start(), match.end(), match.group(1), capital=False)
    for match in _ONE_INITIAL.finditer(text):
        yield _Letters(match.start(), match.end(), match.group(1).lower(), dotted=False)


def _neighbour(text: str, words: dict[int, NameWord], edge: int, step: int) -> NameWord | None:
    """The word that touches the initials or stands one space (or comma) away."""
    for position in (edge, edge + step):
        gap = text[min(edge, position) : max(edge, position)]
        if position in words and not gap.strip(" ," if step < 0 else " "):
            return words[position]
    return None


def _fits(word: NameWord, letters: _Letters) -> bool:
    if len(word.text) < 3 or is_plain_word(word.lowered):
        return False
    if not letters.capital or not word.text[0].isupper():
        return letters.dotted and marked(word.lowered, "Surn") and not has_plain_reading(word.lowered)
    if marked(word.lowered, "Surn"):
        return True
    if not is_known(word.text):
        return letters.dotted or is_shaped(word)
    return letters.dotted and marked(word.lowered, "NOUN", "nomn") and not marked(word.lowered, "Geox")
