"""Words of a text with their places, as the address rules read them."""

import re
from dataclasses import dataclass

from otklik.places.spelling import fold

_TOKEN = re.compile(
    r"\d+-?(?:й|я|е|ой|ая|ый|ое|го|ого|му|ому|м|ом|х|ю|ую|ти)(?![а-яёА-ЯЁ])"
    r"|\d+(?:-?лет[а-я]*)?|[А-Яа-яЁёA-Za-z]+(?:-[А-Яа-яЁё\d]+)*|[^\w\s]|_",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign; `key` is its folded spelling."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def titled(self) -> bool:
        """Written with a capital."""
        return self.text[0].isupper()


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text in order."""
    return [Token(m.group(), fold(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]
