"""Word lists of `cues.toml` made ready to look up in a text. Called by `kind` and `questions`.

A text is looked up as its words in small letters with е for ё: a few set look-ups a word, whatever the length
of the lists.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[а-яa-z0-9]+")
_REACH = 5


def words_of(text: str) -> list[str]:
    """The words of a text as the cues expect them."""
    return _WORD.findall(text.lower().replace("ё", "е"))


class Cues:
    """One section of the lists: stems, whole words, phrases and pairs of near words."""

    def __init__(self, section: dict[str, object]) -> None:
        self._stems = _by_beginning(str(section.get("stems", "")).split())
        self._words = frozenset(str(section.get("words", "")).split())
        phrases = section.get("phrases", [])
        self._phrases: dict[str, list[list[str]]] = {}
        for phrase in phrases if isinstance(phrases, list) else []:
            parts = str(phrase).split()
            self._phrases.setdefault(parts[0].rstrip("*")[:2], []).append(parts)
        pairs = section.get("pairs", [])
        self._pairs = [_pair(str(pair)) for pair in (pairs if isinstance(pairs, list) else [])]
        self._beginnings = frozenset(
            {*self._stems, *self._phrases, *(word[:2] for word in self._words)}.union(
                *(pair.beginnings for pair in self._pairs)
            )
        )

    def hits(self, words: Sequence[str]) -> list[str]:
        """The cues met, as they stand in the text, without repeats."""
        # Most words of a text begin like no cue: they are passed by before anything else is asked of them.
        met = [(number, word) for number, word in enumerate(words) if word[:2] in self._beginnings]
        if not met:
            return []
        found: list[str] = []
        for number, word in met:
            if word in self._words or word.startswith(self._stems.get(word[:2], ("\0",))):
                found.append(word)
            for phrase in self._phrases.get(word[:2], ()):
                row = words[number : number + len(phrase)]
                if len(row) == len(phrase) and all(map(_fits, row, phrase)):
                    found.append(" ".join(row))
        if self._pairs:
            places: dict[str, list[int]] = {}
            for number, word in met:
                places.setdefault(word[:2], []).append(number)
            for pair in self._pairs:
                for beginning in pair.beginnings:
                    if beginning in places:
                        found.extend(_near(words, pair, places[beginning]))
        return list(dict.fromkeys(found))


def _by_beginning(stems: list[str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for stem in stems:
        groups[stem[:2]] = (*groups.get(stem[:2], ()), stem)
    return groups


@dataclass(frozen=True, slots=True)
class _Pair:
    left: tuple[str, ...]
    right: tuple[str, ...]
    never_denied: bool
    beginnings: tuple[str, ...]


def _pair(line: str) -> _Pair:
    left, _, right = line.removeprefix("!").partition("|")
    stems = tuple(left.split())
    return _Pair(stems, tuple(right.split()), line.startswith("!"), tuple({stem[:2]: None for stem in stems}))


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def _near(words: Sequence[str], pair: _Pair, places: Sequence[int]) -> list[str]:
    """What the pair finds at those places where its left word may stand."""
    found: list[str] = []
    for place in places:
        word = words[place]
        if not word.startswith(pair.left) or (pair.never_denied and words[place - 1 : place] == ["не"]):
            continue
        for number in range(max(0, place - _REACH), min(len(words), place + _REACH + 1)):
            if number != place and words[number].startswith(pair.right):
                first, last = sorted((place, number))
                found.append(" ".join(words[first : last + 1]))
                break
    return found


@cache
def cues(section: str) -> Cues:
    """A section of the lists by its name."""
    path = Path(__file__).with_name("cues.toml")
    return Cues(tomllib.loads(path.read_text(encoding="utf-8"))[section])
