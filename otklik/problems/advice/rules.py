"""Which practices are alike, what goes first and why, what advice must say. Pure: no database, no clock."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TypeVar

from otklik.common.words import NBSP, count, number, percent

Key = TypeVar("Key", bound=int)

ALIKE = 0.18
"""Below this two texts share nothing but common words."""
SHORT = 4
BIG_SHARE, FAIR_SHARE = 0.10, 0.04
LATE_SHARE, GREW = 0.20, 0.30
SIZE_POINTS = {"small": 1, "medium": 2, "large": 3}
CARDS = ("карточка", "карточки", "карточек")


def words_of(lemmas: Collection[str]) -> list[str]:
    """Lemmas that say something of a practice: short ones are mostly prepositions. Sorted, each once."""
    return sorted({lemma for lemma in lemmas if len(lemma) >= SHORT and lemma.isalpha()})


@dataclass(frozen=True)
class Alike:
    """A like text: its key, how near from 0 to 1, the words both have, the rarest first."""

    key: int
    nearness: float
    words: tuple[str, ...]


def find_alike(asked: Collection[str], known: Mapping[int, Collection[str]], most: int = 5) -> list[Alike]:
    """Known texts that share rare words with the asked one, the nearest first."""
    spread = Counter(word for words in known.values() for word in set(words))
    weights = {word: log(1 + len(known) / (1 + spread[word])) + 0.1 for word in {*spread, *asked}}
    asked_weight = sum(weights[word] ** 2 for word in set(asked))
    found = []
    for key, words in known.items():
        shared = set(asked) & set(words)
        if not shared:
            continue
        norm = sqrt(asked_weight * sum(weights[word] ** 2 for word in set(words)))
        nearness = sum(weights[word] ** 2 for word in shared) / norm
        if nearness >= ALIKE:
            rare = sorted(shared, key=lambda word: (-weights[word], word))
            found.append(Alike(key, nearness, tuple(rare[:6])))
    return sorted(found, key=lambda one: (-one.nearness, one.key))[:most]


@dataclass(frozen=True)
class Load:
    """What a topic brought: cases of the window and of the one before, months in it, due and overdue, all cases."""

    received: int
    before: int
    months: float
    due: int
    overdue: int
    whole: int

    @property
    def per_month(self) -> float:
        return self.received / self.months

    @property
    def share(self) -> float:
        """Part of the whole flow, 0 to 1."""
        return self.received / self.whole if self.whole else 0.0

    @property
    def growth(self) -> float | None:
        """How much more than in the window before, 0.3 for thirty percent; None where nothing came then."""
        return self.received / self.before - 1 if self.before else None


@dataclass(frozen=True)
class Rank:
    """Points of a line of the board and the sentence behind them; `score` is impact × urgency ÷ effort."""

    impact: int
    urgency: int
    effort: int
    score: float
    reason: str


def rank(load: Load, size: str) -> Rank:
    """Order of a topic on the board. An effort nobody has estimated counts as a medium one, and it is said."""
    impact = 3 if load.share >= BIG_SHARE else 2 if load.share >= FAIR_SHARE else 1
    urgency, why_urgent = _urgency(load)
    effort = SIZE_POINTS.get(size, SIZE_POINTS["medium"])
    score = impact * urgency / effort
    said = f"влияние {impact}: {percent(load.share)} потока; срочность {urgency}: {why_urgent}; "
    said += f"усилия {effort}" if size else f"усилия не оценены, считаем {effort}"
    counted = f"{impact} × {urgency} ÷ {effort} = {number(score, 1)}".replace(" ", NBSP)
    return Rank(impact, urgency, effort, score, f"{said}; балл {counted}")


def _urgency(load: Load) -> tuple[int, str]:
    late = load.overdue / load.due if load.due else 0.0
    if late >= LATE_SHARE:
        return 3, f"к сроку не ответили на {percent(late)}"
    if load.overdue:
        return 2, f"просрочено: {number(load.overdue)}"
    if load.growth is not None and load.growth >= GREW:
        return 2, f"рост {percent(load.growth)}"
    return 1, "сроки держим, роста нет"


def say_load(load: Load) -> str:
    """«18 в месяц, рост 25 %, просрочено 3»."""
    monthly = round(load.per_month, 1)
    said = [
        f"{number(monthly, 0 if monthly.is_integer() else 1)} в месяц, всего {count(load.received, *CARDS)}"
    ]
    if load.growth is not None and load.received != load.before:
        word = "рост" if load.growth > 0 else "спад"
        said.append(f"{word} {percent(abs(load.growth))}")
    if load.overdue:
        said.append(f"к сроку не ответили: {number(load.overdue)}")
    return ", ".join(said)


def refuse_text(kind: str, kinds: Collection[str], words: Sequence[str], has_addressee: bool) -> str:
    """Why advice cannot be written so, or an empty string. `words` are title, text and ground."""
    if kind not in kinds:
        return "Выберите вид из списка."
    if not all(one.strip() for one in words):
        return "Назовите предложение, напишите, что делать и на чём оно основано."
    if kind != "practice" and not has_addressee:
        return "Назовите, кому это адресовано: орган, должность или блок."
    return ""
