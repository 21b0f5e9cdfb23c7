"""Words of a text and their dictionary forms, fast enough for whole files.

Called by `topics`, the twin search of `cases` and the readers of this package; calls `morphology` only.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from otklik.language.morphology import lemma as dictionary_form

_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*|\d+", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-я]")
_SAME_SHAPE = str.maketrans("aeopcxyk", "аеорсхук")
_LONGEST_WORD = 40
_LIKELIER = {"ямы": "яма", "ям": "яма"}
"""Forms for which the dictionary prefers a reading that citizens never mean."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number as written, with its place in the text: `text[start:end] == word`."""

    word: str
    start: int
    end: int

    @property
    def lemma(self) -> str:
        """Dictionary form, lower case, е for ё."""
        return lemma_of(self.word)


def normal(text: str) -> str:
    """Lower case with е for ё: the one form in which texts are compared."""
    return text.lower().replace("ё", "е")


def tokens(text: str) -> list[Token]:
    """Words and numbers in order; hyphenated words stay whole, marks and smileys are dropped."""
    return [Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def lemmas(text: str) -> list[str]:
    """Dictionary forms of all words in order, numbers as they are."""
    return [lemma_of(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=200_000)
def lemma_of(word: str) -> str:
    """Dictionary form of one word as written; Latin letters hidden inside a Russian word are mended first."""
    plain = normal(word[:_LONGEST_WORD])
    if _CYRILLIC.search(plain):
        mended = plain.translate(_SAME_SHAPE)
        return _LIKELIER.get(mended) or normal(dictionary_form(mended))
    return plain
