"""Key words of topics found in a text: words and short phrases, in any grammatical form.

Used by the suggester beside the learnt model: a key word is an editor's plain statement, it needs no examples.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from otklik.language.lemmas import Token, lemmas, tokens

WINDOW = 5
"""Words of one key phrase may stand this far from its rarest word, in any order."""
_LITTLE_WORDS = frozenset(
    ("в", "на", "и", "с", "со", "по", "у", "за", "от", "до", "о", "к", "из", "без", "под", "при", "не")
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A key word found: which topic it speaks for, how strongly, and the words of the text that said it."""

    topic: str
    weight: float
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    topic: str
    words: tuple[str, ...]
    weight: float


class Lexicon:
    """Key words of all topics; a word shared by several topics counts for each the less."""

    def __init__(self, keywords: Mapping[str, Sequence[str]]) -> None:
        listed = [
            (topic, tuple(word for word in lemmas(keyword) if word not in _LITTLE_WORDS))
            for topic, words in keywords.items()
            for keyword in words
        ]
        shared = Counter(words for _, words in listed)
        common = Counter(word for _, words in listed for word in set(words))
        self._by_rarest: dict[str, list[_Entry]] = defaultdict(list)
        for topic, words in listed:
            weight = (1.0 if len(words) == 1 else 2.0) / shared[words]
            self._by_rarest[min(words, key=lambda word: common[word])].append(_Entry(topic, words, weight))

    def hits(self, text: str) -> list[Hit]:
        """Each key word at most once, in the order of the text."""
        found = tokens(text)
        places: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(found):
            places[token.lemma].append(place)
        hits = (
            _hit(entry, place, found, places)
            for word in places
            for entry in self._by_rarest.get(word, ())
            for place in places[word]
        )
        once = {(hit.topic, tuple(word.lower() for word in hit.said)): hit for hit in hits if hit}
        return list(once.values())


def strengths(hits: Sequence[Sequence[Hit]], topics: Sequence[str]) -> NDArray[np.float64]:
    """Evidence of key words, shape (texts, topics): each next word adds less than the one before."""
    column = {topic: at for at, topic in enumerate(topics)}
    table = np.zeros((len(hits), len(topics)))
    for row, found in enumerate(hits):
        for hit in found:
            table[row, column[hit.topic]] += hit.weight
    return np.log1p(table)


def _hit(
    entry: _Entry, place: int, found: Sequence[Token], places: Mapping[str, Sequence[int]]
) -> Hit | None:
    at: list[int] = []
    for word in entry.words:
        near = [other for other in places.get(word, ()) if abs(other - place) <= WINDOW]
        if not near:
            return None
        at.append(min(near, key=lambda other: abs(other - place)))
    return Hit(entry.topic, entry.weight, tuple(found[one].word for one in sorted(at)))
