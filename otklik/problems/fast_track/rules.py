"""Which topics come back often enough, what a mechanism must have, how much faster letters are answered. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import comb, inf, isfinite, sqrt
from statistics import NormalDist

from otklik.common.intervals import SURE, wilson
from otklik.common.words import count, number, percent
from otklik.deadlines.clocks import FAST_STAGES

LESS_THAN_DAYS = 30
"""«менее 30 календарных дней» (Михайловка 1.1, «Механизм ускоренного решения»)."""
FEW = 8
"""Fewer letters on either side say nothing of the median."""
MOST_EXACT = 200
STAGE_KEYS = tuple(clock.key for clock in FAST_STAGES)
CARDS = ("карточка", "карточки", "карточек")
DAYS = ("день", "дня", "дней")


@dataclass(frozen=True)
class Flow:
    """What a topic brought over the window; `median_hours` is None where nothing was answered."""

    received: int
    repeated: int
    overdue: int
    median_hours: float | None


@dataclass(frozen=True)
class Thresholds:
    """When a topic comes back: over so many days so many cases and repeats. One mostly answered faster than
    `quick_hours`, with nothing late, has nothing to win. Charters name their own by `fast_track.…`."""

    window_days: int = 90
    least_cases: int = 10
    least_repeats: int = 3
    quick_hours: int = 48


def why_recurs(flow: Flow, asked: Thresholds) -> str:
    """One sentence why a topic asks for a mechanism, with its figures; empty when it does not."""
    if flow.received < asked.least_cases or flow.repeated < asked.least_repeats:
        return ""
    if flow.median_hours is not None and flow.median_hours < asked.quick_hours and not flow.overdue:
        return ""
    said = f"за {count(asked.window_days, *DAYS)} {count(flow.received, *CARDS)}, повторных {number(flow.repeated)}"
    said += f" ({percent(flow.repeated / flow.received)})"
    if flow.median_hours is not None:
        said += f"; половина ответов позже чем через {in_days(flow.median_hours / 24)}"
    if flow.overdue:
        said += f"; к сроку не ответили: {number(flow.overdue)}"
    return said[:1].upper() + said[1:]


def refuse_design(
    topics: Collection[str], stages: Mapping[str, int], whole_days: int, limit: int, text: Sequence[str]
) -> str:
    """Why a mechanism cannot be written so, or an empty string. `text` is its title and ground."""
    if not all(one.strip() for one in text):
        return "Назовите механизм и напишите, почему он нужен."
    if not topics:
        return "Выберите хотя бы одну тему: по ней карточки пойдут ускоренно."
    if set(stages) != set(STAGE_KEYS) or any(days < 0 for days in stages.values()):
        return "Назовите рабочие дни каждого из четырёх этапов."
    if not 1 <= whole_days <= limit:
        return (
            f"Весь цикл — от одного до {limit} календарных дней: положение требует меньше {LESS_THAN_DAYS}."
        )
    if sum(stages.values()) > whole_days:
        return "Этапы вместе длиннее всего цикла: уменьшите этапы или увеличьте цикл."
    return ""


def refuse_approval(measure_kinds: Collection[str]) -> str:
    """Why a designed mechanism cannot be put in force, or an empty string (Михайловка 1.1)."""
    missing = [
        word
        for kind, word in (("organisational", "организационной"), ("technical", "технической"))
        if kind not in measure_kinds
    ]
    if not missing:
        return ""
    return f"Нет ни одной {' и ни одной '.join(missing)} меры: механизм состоит из тех и других."


@dataclass(frozen=True)
class Side:
    """Letters of one side: how many, median of days to the answer, how many within thirty days."""

    cases: int
    median: float | None
    within: int

    @property
    def share(self) -> float | None:
        """Percent answered within thirty days."""
        return 100 * self.within / self.cases if self.cases else None


@dataclass(frozen=True)
class Gained:
    """Before and under the mechanism; `low` and `high` bound the change of the median with 95 % sureness.

    All three of the change are None when there is too little to say.
    """

    before: Side
    after: Side
    change: float | None
    low: float | None
    high: float | None

    @property
    def is_proved(self) -> bool:
        """The median fell and chance alone does not explain it."""
        return self.high is not None and self.high < 0


def side_of(days: Sequence[float]) -> Side:
    """One side of the comparison; a letter without an answer waits longer than any (`inf`)."""
    middle = _median(sorted(days))
    return Side(len(days), middle, sum(one < LESS_THAN_DAYS for one in days))


def gain_of(before: Sequence[float], after: Sequence[float]) -> Gained:
    """Change of the median of days with its 95 % bounds (Price and Bonett, 2002: by order statistics)."""
    sides = side_of(before), side_of(after)
    spreads = _variance(sorted(before)), _variance(sorted(after))
    first, second = sides[0].median, sides[1].median
    if first is None or second is None or spreads[0] is None or spreads[1] is None:
        return Gained(*sides, None, None, None)
    change, error = second - first, SURE * sqrt(spreads[0] + spreads[1])
    return Gained(*sides, change, change - error, change + error)


def _median(ordered: Sequence[float]) -> float | None:
    if not ordered:
        return None
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return middle if isfinite(middle) else None


def _variance(ordered: Sequence[float]) -> float | None:
    """Squared error of the median from two values at equal places from the ends; None where it cannot be told."""
    n = len(ordered)
    if n < FEW:
        return None
    place = max(1, round((n + 1) / 2 - sqrt(n)))
    low, high = ordered[place - 1], ordered[n - place]
    if high == inf:
        return None
    return ((high - low) / (2 * _sureness_of(place, n))) ** 2


def _sureness_of(place: int, n: int) -> float:
    """Standard errors between the median and the value at this place from the end."""
    if n > MOST_EXACT:
        return (n / 2 - place + 0.5) / (sqrt(n) / 2)
    tail = sum(comb(n, one) for one in range(place)) / 2**n
    return NormalDist().inv_cdf(1 - tail)


def say_gain(gained: Gained) -> str:
    """The finding in one or two Russian sentences with its figures."""
    before, after = gained.before, gained.after
    if gained.change is None or gained.low is None or gained.high is None:
        return (
            f"Недостаточно данных: до механизма {count(before.cases, *CARDS)}, по механизму с истёкшим сроком "
            f"{count(after.cases, *CARDS)}, а нужно хотя бы по {FEW} и ответ больше чем на половину."
        )
    was, now = in_days(before.median or 0), in_days(after.median or 0)
    told = f"половина ответов приходила позже чем через {was}, теперь — через {now}"
    bounds = f"от {number(abs(gained.high), 1)} до {number(abs(gained.low), 1)} с надёжностью 95 %"
    if gained.high < 0:
        return f"Стало быстрее: {told}; выигрыш {bounds}."
    if gained.low > 0:
        bounds = f"от {number(gained.low, 1)} до {number(gained.high, 1)} с надёжностью 95 %"
        return f"Стало медленнее: {told}; потеря {bounds}."
    return f"Разница может быть случайной: {told}."


def in_days(days: float) -> str:
    """«9,5 дня», «12 дней»."""
    rounded = round(float(days), 1)
    if rounded.is_integer():
        return count(int(rounded), *DAYS)
    return f"{number(rounded, 1)} дня"


def bounds_of_share(side: Side) -> tuple[float | None, float | None]:
    """95 % bounds of the share within thirty days, percent."""
    return wilson(side.within, side.cases)
