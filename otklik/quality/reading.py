"""An answer cut into what the checks look at: greeting, sentences of substance, small-letter forms.

Called by the checks of this package; calls `language` only.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from razdel import sentenize

from otklik.language.lemmas import normal
from otklik.quality.phrases import says

_GREETING = re.compile(
    r"(?:здравствуй(?:те)?|добр(?:ый|ое|ой|ого) (?:день|утро|вечер|времени суток)|приветству\w+|уважаем\w+)",
    re.I,
)
_NAMED_START = re.compile(r"^(?:[А-ЯЁ][а-яё]+\s+){0,2}[А-ЯЁ][а-яё]+\s*[,!]\s*")
_BY_THE_LAW = re.compile(r"установленн\w+ (?:действующим )?закон\w+|предусмотренн\w+ законодательством")
_ONLY_NUMBER = re.compile(r"^(?:на )?(?:ваше )?(?:обращение|сообщение)?\s*(?:от \S+ )?№\s*\S+\.?$")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the answer as written and in small letters with е for ё."""

    text: str

    @cached_property
    def plain(self) -> str:
        """Small letters, е for ё, single spaces."""
        return " ".join(normal(self.text).split())

    @cached_property
    def is_stock(self) -> bool:
        """Says nothing of the matter: thanks, «на контроле», regrets."""
        return says("stock", self.plain)

    @cached_property
    def is_norm(self) -> bool:
        """Refers to a law or another norm."""
        return says("norm", _BY_THE_LAW.sub("", self.plain))


@dataclass(frozen=True)
class Reply:
    """The answer: its greeting (with the names in it) and its sentences of substance."""

    text: str
    greeting: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def plain(self) -> str:
        """All the substance in small letters."""
        return " ".join(sentence.plain for sentence in self.sentences)

    @cached_property
    def telling(self) -> tuple[Sentence, ...]:
        """Sentences that are not stock phrases."""
        return tuple(sentence for sentence in self.sentences if not sentence.is_stock)


def read_reply(text: str) -> Reply:
    """Cut an answer; any text is read."""
    greeting, rest = _cut_greeting(text.strip())
    sentences = [
        Sentence(part)
        for line in rest.split("\n")
        for sentence in sentenize(line)
        for part in re.split(r"(?<=;)\s+", sentence.text.strip())
        if part and not _ONLY_NUMBER.match(normal(part))
    ]
    return Reply(text, greeting, tuple(sentences))


def _cut_greeting(text: str) -> tuple[str, str]:
    """The beginning up to the last «!», «.» or «,» that still belongs to the greeting."""
    end = 0
    while True:
        rest = text[end:].lstrip()
        shift = len(text) - len(rest)
        stop = _greeting_end(rest)
        if stop == 0:
            return text[:end], rest
        end = shift + stop


def _greeting_end(rest: str) -> int:
    named = _NAMED_START.match(rest)
    greeting = _GREETING.match(rest)
    if named and not greeting:
        return named.end()
    if not greeting:
        return 0
    mark = re.search(r"[!.\n]|,(?=\s*[а-яё])", rest[: greeting.end() + 90])
    while mark and rest[mark.start()] == "." and re.search(r"(?:^|\W)[А-ЯЁ]$", rest[: mark.start()]):
        mark = re.compile(r"[!.\n]|,(?=\s*[а-яё])").search(rest, mark.end(), greeting.end() + 90)
    return mark.end() if mark else 0
