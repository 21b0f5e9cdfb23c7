"""Which questions to take to residents first: what speaks for each, its priority with a reason, how sure that is.

Pure: counts come in, a rank with its words goes out. The four parts of the priority and their weights are shown on
the screen of the queue, so that a person can recount any line.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from otklik.common.words import count, number

FORMS = {"poll": "опрос", "vote": "голосование", "discussion": "общественное обсуждение"}
STATES = {
    "open": "ждёт решения",
    "taken": "взят в черновик",
    "refused": "не спрашиваем",
    "gone": "больше не растёт",
}
SOURCES = {"problem": "проблемная точка", "heat_map": "тепловая карта", "growth": "рост"}

MOST_PLACES = 8
WEIGHTS = {"reach": 40, "growth": 25, "steady": 20, "standing": 15}
"""Points of the priority, a hundred in all: how many write, how it grows, how long, what stands on the list."""
WEIGHT_WORDS = {
    "reach": "сколько пишут",
    "growth": "как растёт",
    "steady": "как давно",
    "standing": "есть ли в перечне проблем",
}
SURE_AT = 6
BY_SOURCES = {0: 0.6, 1: 0.8, 2: 0.95}
"""One source may be wrong; three that agree are taken whole."""
LETTERS = ("сообщение", "сообщения", "сообщений")
DAYS = ("день", "дня", "дней")


@dataclass(frozen=True)
class Thresholds:
    """When to ask everyone: in so many days at least so many letters (fewer are a matter for an answer); a topic grows
    and a place writes more than its share by so many percent; where to begin is voted on when so many places have so
    many letters each. Charters name their own by `polls.ask_…`."""

    window_days: int = 90
    least_cases: int = 5
    growth_percent: int = 50
    place_percent: int = 50
    vote_places: int = 3
    place_cases: int = 3

    @property
    def weeks(self) -> int:
        """Weeks of the window, the last one not whole."""
        return -(-self.window_days // 7)


@dataclass(frozen=True)
class Signs:
    """What is known of one question: letters of the window and of the window before (None: nobody counted then), weeks
    of it with a letter, the most letters any question has, how many times the place writes more than its share, the
    problem of the list, places to choose among where there are enough of them."""

    cases: int
    past: int | None = 0
    weeks: int = 0
    most: int = 1
    lift: float | None = None
    problem: str = ""
    is_confirmed: bool = False
    has_point: bool = False
    places: Sequence[tuple[str, int]] = ()

    @property
    def growth(self) -> float:
        """How many times more than in the window before; a window without letters counts as one letter."""
        return 1.0 if self.past is None else self.cases / max(self.past, 1)


@dataclass(frozen=True)
class Rank:
    """The place of a question: points of a hundred with their parts, the words why, sureness from 0 to 1."""

    priority: int
    sureness: float
    reason: str
    sources: tuple[str, ...]
    parts: dict[str, int]


def sources_of(signs: Signs, asked: Thresholds) -> tuple[str, ...]:
    """What speaks for the question."""
    told = {
        "problem": bool(signs.problem),
        "heat_map": _is_hot(signs, asked),
        "growth": signs.growth >= 1 + asked.growth_percent / 100 and signs.cases >= asked.least_cases,
    }
    return tuple(key for key, is_told in told.items() if is_told)


def _is_hot(signs: Signs, asked: Thresholds) -> bool:
    return signs.lift is not None and signs.lift >= 1 + asked.place_percent / 100


def rank(signs: Signs, asked: Thresholds) -> Rank:
    """Weigh a question."""
    shares = {
        "reach": min(signs.cases / max(signs.most, 1), 1.0),
        "growth": min(max(signs.growth - 1, 0.0) / 2, 1.0) if signs.cases >= asked.least_cases else 0.0,
        "steady": min(signs.weeks / asked.weeks, 1.0),
        "standing": _standing(signs),
    }
    parts = {key: round(weight * shares[key]) for key, weight in WEIGHTS.items()}
    sources = sources_of(signs, asked)
    sureness = signs.cases / (signs.cases + SURE_AT) * BY_SOURCES.get(len(sources), 1.0)
    return Rank(sum(parts.values()), round(sureness, 3), why(signs, asked), sources, parts)


def _standing(signs: Signs) -> float:
    if not signs.problem:
        return 0.0
    return (0.6 if signs.is_confirmed else 0.3) + (0.4 if signs.has_point else 0.0)


def why(signs: Signs, asked: Thresholds) -> str:
    """The reason in one sentence, only of what is so."""
    before = "" if signs.past is None else f", за столько же до того — {number(signs.past)}"
    said = [f"{count(signs.cases, *LETTERS)} за {count(asked.window_days, *DAYS)}{before}"]
    if signs.weeks:
        said.append(f"недель с сообщениями {number(signs.weeks)} из {asked.weeks}")
    if signs.lift is not None and _is_hot(signs, asked):
        said.append(f"здесь пишут об этом в {number(signs.lift, 1)} раза чаще, чем в среднем")
    if signs.places:
        named = ", ".join(f"{place} — {number(cases)}" for place, cases in signs.places[:3])
        said.append(f"больше всего: {named}")
    if signs.problem:
        where = "с точкой на карте" if signs.has_point else "без точки на карте"
        stands = "в перечне проблема" if signs.is_confirmed else "предложена проблема"
        said.append(f"{stands} {signs.problem} {where}")
    return f"{'; '.join(said)}"[:500]


def is_worth(signs: Signs, asked: Thresholds) -> bool:
    """Whether to put the question into the queue: enough letters and something beside their number."""
    return signs.cases >= asked.least_cases and bool(sources_of(signs, asked))


def form_for(signs: Signs, forms: Collection[str]) -> str:
    """The form that suits, among those of the charter: several places are put to the vote, one is asked about."""
    wanted = ("vote", "poll", "discussion") if signs.places else ("poll", "discussion", "vote")
    return next((one for one in wanted if one in forms), "")


def title_of(topic: str, place: str, form: str) -> str:
    """The question as a draft begins with it; a person words it anew."""
    if form == "vote":
        return f"С какого места начать: {_lower(topic)}"[:200]
    where = f", {place}" if place else ""
    return f"Что изменить: {_lower(topic)}{where}"[:200]


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}" if title[1:2].islower() else title
