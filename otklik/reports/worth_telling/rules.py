"""When figures are worth telling and how that is said. Pure: counts in, sentences and sureness out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, pstdev

from otklik.common.intervals import wilson
from otklik.common.words import NBSP, count, number, percent
from otklik.reports.phrases import CARDS, MESSAGES
from otklik.reports.worth_telling.ideas import Sure

LEAST_WEEKS = 4
"""Fewer weeks before say nothing of what is usual."""
GROWN = 0.95
MOST_TOPICS = 3
LEAST_SHARE = 50.0
"""Of answers of a topic, per cent: below it the topic is solved rather than explained."""
LEAST_KEPT = 5
LEAST_SCORED = 5
MOST_SURE = 0.99
"""No count of a few weeks makes anything certain."""


@dataclass(frozen=True)
class Thresholds:
    """From what on something is worth telling, as the charter's parameters `outreach.idea_…` name it."""

    least_cases: int = 5
    least_answers: int = 5
    days_ahead: int = 14
    days_back: int = 14


@dataclass(frozen=True)
class TopicWeek:
    """Messages of a topic: the last seven days, and the weeks before, oldest first."""

    key: str
    now: int
    before: tuple[int, ...]

    @property
    def usual(self) -> float | None:
        return fmean(self.before) if len(self.before) >= LEAST_WEEKS else None


@dataclass(frozen=True)
class Chosen:
    """A topic worth telling of, the sentence why and how sure."""

    week: TopicWeek
    reason: str
    sure: Sure


def choose_topics(weeks: Sequence[TopicWeek], asked: Thresholds) -> list[Chosen]:
    """The topics with most messages of the week and those that have grown beyond chance, the largest first."""
    ordered = sorted((one for one in weeks if one.key and one.now), key=lambda one: (-one.now, one.key))
    whole = sum(one.now for one in weeks)
    first_out = ordered[MOST_TOPICS].now if len(ordered) > MOST_TOPICS else 0
    found = []
    for place, week in enumerate(ordered):
        if week.now < asked.least_cases:
            break
        growth = growth_of(week)
        if growth is not None and growth >= GROWN:
            found.append(Chosen(week, say_growth(week), Sure(growth, "что это рост, а не случай")))
        elif place < MOST_TOPICS:
            lead = _lead(week.now, first_out)
            found.append(
                Chosen(week, say_top(week, whole, place), Sure(lead, "что тема и правда среди главных"))
            )
    return found


def growth_of(week: TopicWeek) -> float | None:
    """Chance that a usual week brings less; None while too few weeks are known.

    Counts scatter at least as independent events do, and the mean itself is known from a few weeks only.
    """
    expected = week.usual
    if expected is None:
        return None
    spread = max(pstdev(week.before), sqrt(max(expected, 1.0))) * sqrt(1 + 1 / len(week.before))
    return min(MOST_SURE, NormalDist(expected, spread).cdf(week.now - 0.5))


def _lead(now: int, first_out: int) -> float:
    """Chance that the topic is ahead of the first one left out, both scattering as independent events do."""
    if not now + first_out:
        return 0.5
    return min(MOST_SURE, NormalDist().cdf((now - first_out) / sqrt(now + first_out)))


def say_growth(week: TopicWeek) -> str:
    """«За неделю 23 сообщения, обычно 9: больше, чем объяснит случай.»"""
    return f"За неделю {count(week.now, *MESSAGES)}, обычно {_usual(week)}: больше, чем объяснит случай."


def say_top(week: TopicWeek, whole: int, place: int) -> str:
    """«Первая тема недели: 23 сообщения из 140 (16 %), обычно 21.»"""
    which = ("Первая", "Вторая", "Третья")[place]
    share = f" ({percent(week.now / whole)})" if whole >= 20 else ""
    usual = f", обычно {_usual(week)}" if week.usual is not None else ""
    return f"{which} тема недели: {count(week.now, *MESSAGES)} из{NBSP}{number(whole)}{share}{usual}."


def _usual(week: TopicWeek) -> str:
    usual = week.usual or 0
    return number(round(usual, 1) if usual < 10 else round(usual))


@dataclass(frozen=True)
class Explained:
    """Answers of a topic over the days looked at: all, and those that explained."""

    key: str
    answered: int
    explained: int


def choose_explained(topics: Sequence[Explained], asked: Thresholds) -> list[tuple[Explained, str, Sure]]:
    """Topics answered by an explanation again and again: said to everybody once, it saves the next letters."""
    found = []
    for one in sorted(topics, key=lambda one: (-one.explained, one.key)):
        low, _ = wilson(one.explained, one.answered)
        if not one.key or one.explained < asked.least_answers or low is None or low < LEAST_SHARE:
            continue
        reason = (
            f"Разъяснением закончились {number(one.explained)} из{NBSP}{count(one.answered, *_ANSWERS)} "
            "по этой теме: одно и то же объясняли каждому отдельно."
        )
        found.append((one, reason, Sure(min(MOST_SURE, low / 100), "что тему закрывает разъяснение")))
    return found


_ANSWERS = ("ответа", "ответов", "ответов")


def sure_of_days(kept: int, passed: int) -> Sure:
    """How sure a promised day is: by what part of measures whose day has passed was done by it."""
    if passed < LEAST_KEPT:
        return Sure(None, f"сроков карт прошло мало: {number(passed)}, нужно {LEAST_KEPT}")
    low, _ = wilson(kept, passed)
    said = f"что срок выдержат: к сроку сделано {number(kept)} из{NBSP}{number(passed)}"
    return Sure(min(MOST_SURE, (low or 0.0) / 100), said)


def say_planned(starts_ahead: bool, messages: int, days: int) -> str:
    """Why a work ahead is worth telling of."""
    begins = "Работы начнутся" if starts_ahead else "Работы закончатся"
    if not messages:
        return f"{begins} скоро: людям важно знать заранее."
    return f"{begins} скоро, а за {count(days, *_DAYS)} об этом {count(messages, *MESSAGES)}."


_DAYS = ("день", "дня", "дней")


def sure_of_proofs(proofs: int, is_proved: bool) -> Sure:
    """A measure reported with its documents is a person's word, not the machine's."""
    said = f"подтверждено: {count(proofs, 'документ', 'документа', 'документов')}"
    return Sure(None, f"{said}; эффект доказан потоком обращений" if is_proved else said, True)


def sure_of_solved(scored: int, low: int) -> Sure:
    """How sure «сделано» is done: by what part of those who scored did not score it low."""
    if scored < LEAST_SCORED:
        return Sure(None, f"оценок жителей мало: {number(scored)}, нужно {LEAST_SCORED}")
    bound, _ = wilson(scored - low, scored)
    said = f"оценок жителей {number(scored)}, низких{NBSP}— {number(low)}"
    return Sure(min(MOST_SURE, (bound or 0.0) / 100), said)


def say_solved(solved: int, topics: Mapping[str, int]) -> str:
    """«За неделю решено 38 карточек: дороги — 12, мусор — 9.»"""
    parts = ", ".join(f"{_lower(title)}{NBSP}— {number(n)}" for title, n in topics.items())
    return f"За неделю решено {count(solved, *CARDS)}: {parts}."


def _lower(title: str) -> str:
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
