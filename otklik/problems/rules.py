"""What may be done with a problem, what may be written of it, what its flow says. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from math import sqrt

from otklik.common.intervals import wilson
from otklik.problems.words import STATES

MANAGE = "problems.manage"
WATCH_DAYS = 90
MONTH_DAYS = 30
LEAST_TO_COMPARE = 10
LEAST_DAYS = 14
MOST_WHYS = 5


@dataclass(frozen=True)
class Step:
    """A deed on a problem: its name on the button, from which states, to which one."""

    title: str
    states: tuple[str, ...]
    becomes: str
    needs_words: bool = False


MOVES: dict[str, Step] = {
    "confirm": Step("Подтвердить", ("proposed",), "confirmed"),
    "dismiss": Step("Отклонить", ("proposed", "confirmed"), "dismissed", True),
    "take": Step("Взять в работу", ("confirmed",), "in_work"),
    "solve": Step("Отметить решённой", ("in_work",), "solved", True),
    "watch": Step("Наблюдать 90 дней", ("solved",), "watch"),
    "return": Step("Вернуть в работу", ("solved", "watch"), "in_work", True),
    "close": Step("Закрыть", ("watch",), "closed", True),
}


def refusal(deed: str, state: str) -> str:
    """Empty when the deed fits the state; else one sentence why not."""
    step = MOVES[deed]
    if state in step.states:
        return ""
    said = dict(STATES)
    wanted = " или ".join(f"«{said[one]}»" for one in step.states)
    return (
        f"Проблема сейчас «{said[state]}», а «{step.title}» можно из состояния {wanted}. Обновите страницу."
    )


def allowed(state: str) -> list[tuple[str, Step]]:
    """Deeds that fit the state, in the order of a problem's life."""
    return [(key, step) for key, step in MOVES.items() if state in step.states]


@dataclass(frozen=True)
class Comparison:
    """Flow before and after a change: counts, days, per month, the ratio with its 95 % bounds, in words."""

    before: int
    after: int
    days_before: int
    days_after: int
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str

    @property
    def month_before(self) -> float:
        """Appeals per thirty days before."""
        return per_month(self.before, self.days_before)

    @property
    def month_after(self) -> float:
        """Appeals per thirty days after."""
        return per_month(self.after, self.days_after)


VERDICTS = {
    "few": "недостаточно данных",
    "less": "поток стал меньше",
    "more": "поток стал больше",
    "same": "различие не больше случайного",
}


def per_month(cases: int, days: int) -> float:
    """So many in thirty days at the same pace; nought for no days."""
    return cases * MONTH_DAYS / days if days > 0 else 0.0


def compare(before: int, days_before: int, after: int, days_after: int) -> Comparison:
    """Whether the flow has changed: of all cases of both stretches, how large a share came after.

    Given the sum, the share of a steady flow is that of the days; its Wilson bounds give the bounds of the ratio
    of paces. Fewer than ten cases or two weeks say nothing.
    """
    whole = before + after
    if whole < LEAST_TO_COMPARE or min(days_before, days_after) < LEAST_DAYS:
        return Comparison(before, after, days_before, days_after, None, None, None, "few")
    low, high = wilson(after, whole)
    scale = days_before / days_after
    bounds = [_odds((one or 0.0) / 100) for one in (low, high)]
    ratio = None if before == 0 else scale * after / before
    least, most = (None if one is None else scale * one for one in bounds)
    verdict = "same"
    if most is not None and most < 1:
        verdict = "less"
    elif least is not None and least > 1:
        verdict = "more"
    return Comparison(before, after, days_before, days_after, ratio, least, most, verdict)


def _odds(share: float) -> float | None:
    return None if share >= 1 else share / (1 - share)


@dataclass(frozen=True)
class Cost:
    """What a cause costs: appeals per month, of what it was counted."""

    month: float
    flow: float
    share: float
    is_guessed: bool


def cost_of(flow_month: float, share: float | None, proved: int, linked: int) -> Cost | None:
    """The part of the monthly flow a cause explains. Without a share told by a person it is the part of the
    problem's cases that prove the cause; None while neither is known."""
    if share is not None:
        return Cost(flow_month * share, flow_month, share, False)
    if not proved or not linked:
        return None
    guessed = min(1.0, proved / linked)
    return Cost(flow_month * guessed, flow_month, guessed, True)


def is_above_usual(now: int, usual: float, times: float = 2.0) -> bool:
    """Whether a count stands out of the usual: twice as many and beyond two square roots above it."""
    return now >= times * usual and now > usual + 2 * sqrt(max(usual, 1.0))


def number_of(year: int, number: int) -> str:
    """«П-2026-014»."""
    return f"П-{year}-{number:03d}"


def keeps(permissions: Collection[str], blocks: Collection[str], block: str) -> bool:
    """Whether such rights let a person keep a problem of the block: the whole town's keepers any, a block's
    head those of the own block and those of no block yet."""
    if MANAGE not in permissions:
        return False
    return "cases.view" in permissions or not block or block in blocks
