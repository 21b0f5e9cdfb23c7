"""Key words of problems and places: which posts of open pages concern us; pure."""

from collections.abc import Iterable

from otklik.language.lemmas import lemmas


class Keywords:
    """Words and phrases in any of their forms; a phrase must stand in the text in a row."""

    def __init__(self, words: Iterable[str]) -> None:
        self._phrases = [phrase for one in words if (phrase := tuple(lemmas(str(one))))]

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def found_in(self, text: str) -> bool:
        """Whether any of them is in the text."""
        row = tuple(lemmas(text))
        return any(_stands(phrase, row) for phrase in self._phrases)


def _stands(phrase: tuple[str, ...], row: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(row[start : start + size] == phrase for start in range(len(row) - size + 1))
