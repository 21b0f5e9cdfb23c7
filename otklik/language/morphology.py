"""Forms of Russian words: one analyzer for the whole process, every answer remembered.

Called by the rest of `language` and by the address rules of `places`; calls pymorphy3 only.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pymorphy3


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word: its dictionary form and its marks (OpenCorpora grammemes)."""

    lemma: str
    marks: frozenset[str]
    known: bool
    score: float


@cache
def analyzer() -> Any:
    """The dictionary, loaded on first use (about 0.15 s)."""
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=200_000)
def forms(word: str) -> tuple[Form, ...]:
    """All readings of a word, the likeliest first; case of letters does not matter."""
    return tuple(
        Form(p.normal_form, frozenset(p.tag.grammemes), p.is_known, p.score) for p in analyzer().parse(word)
    )


def lemma(word: str) -> str:
    """Dictionary form by the likeliest reading."""
    return forms(word)[0].lemma


@lru_cache(maxsize=200_000)
def marked(word: str, *marks: str) -> bool:
    """Whether some reading of the word wears all these marks."""
    return any(form.marks.issuperset(marks) for form in forms(word))


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """Whether the word stands in the dictionary in this very form."""
    return bool(analyzer().word_is_known(word.lower()))


@lru_cache(maxsize=50_000)
def inflected(word: str, *marks: str) -> str | None:
    """The word in the asked form, or None when it has none; lower case."""
    for parse in analyzer().parse(word):
        form = parse.inflect(set(marks))
        if form is not None:
            return str(form.word)
    return None
