"""What is said about the topic of a text. Pure: probabilities in, a suggestion in words out.

A suggestion below its topic's threshold is decided by a person: `cases` sends it to the curator's tray.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from otklik.common.words import percent, plural

MOST_WORDS = 5
MOST_ALTERNATIVES = 3
LEAST_KNOWN_WORDS = 2
DOUBT = 0.2
"""Sureness never rises above this for a text in which almost no word is known."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The likeliest topic, how sure (a calibrated probability), the words that decided as the text has them,
    the next topics with their sureness, and the reason in Russian. `topic_key` is empty when nothing speaks
    for any topic.
    """

    topic_key: str
    sureness: float
    words: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...]
    reason: str


NOTHING = Suggestion("", 0.0, (), (), "В тексте нет слов, по которым можно судить о теме.")


def suggest(
    ranked: Sequence[tuple[str, float]], words: Sequence[str], titles: Mapping[str, str], known_words: int
) -> Suggestion:
    """A suggestion from topics ranked by probability. A text of unknown words is never sure of its topic."""
    limit = 1.0 if known_words >= LEAST_KNOWN_WORDS or words else DOUBT
    (best, probability), *others = ranked
    sureness = min(probability, limit)
    alternatives = tuple((key, min(told, limit)) for key, told in others[:MOST_ALTERNATIVES])
    quoted = tuple(words[:MOST_WORDS])
    return Suggestion(best, sureness, quoted, alternatives, reason_of(titles[best], sureness, quoted))


def reason_of(title: str, sureness: float, words: Sequence[str]) -> str:
    """One sentence for the card: the topic, the words that decided, the sureness."""
    sure = f"уверенность {percent(sureness)}"
    if not words:
        return f"Тема «{title}» подходит по общему смыслу текста, {sure}."
    said = ", ".join(f"«{word}»" for word in words)
    decided = plural(len(words), "решило слово", "решили слова", "решили слова")
    return f"Тема «{title}»: {decided} {said}, {sure}."
