"""Colours of the heat map: which of six steps a figure takes, which side of the expected a change lies on. Pure."""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, sqrt

STEPS = 6
_RATE_EDGES = (1.0, 2.0, 3.0, 4.5, 7.0)
_COUNT_EDGES = (2.0, 4.0, 7.0, 11.0, 17.0)
_TENS = (1.0, 2.0, 5.0)
_MOST_AT = 0.95
SPIKE_LEAST = 5
SPIKE_SIGMAS = 3.0
"""▲ stands where at least so many came, and so many standard deviations more than the period before promised."""
_CHANGE_EDGES = (1.0, 2.0, 3.0)


@dataclass(frozen=True)
class Scale:
    """Inner edges between the six steps, ascending; a figure equal to an edge takes the higher step."""

    edges: tuple[float, ...]

    def step(self, value: float) -> int:
        """1 to 6, and 0 for nothing."""
        return bisect_right(self.edges, value) + 1 if value > 0 else 0


def rate_scale(values: Collection[float]) -> Scale:
    """Round edges such that all but the largest few figures fall under the last one."""
    return _fitted(_RATE_EDGES, values, 0.01)


def count_scale(values: Collection[float]) -> Scale:
    """Round whole edges for counts."""
    return _fitted(_COUNT_EDGES, values, 1.0)


def _fitted(edges: tuple[float, ...], values: Collection[float], least: float) -> Scale:
    told = sorted(value for value in values if value > 0)
    most = told[ceil(_MOST_AT * len(told)) - 1] if told else 0.0
    size, place = least, 0
    while edges[-1] * size < most:
        place += 1
        size = least * _TENS[place % 3] * 10.0 ** (place // 3)
    return Scale(tuple(round(edge * size, 4) for edge in edges))


def expected(before: int, ratio: float) -> float:
    """How many would have come had nothing changed; `ratio` is days now over days before."""
    return before * ratio


def change_step(now: int, before: int, ratio: float) -> int:
    """−3 to 3: by how many standard deviations of two Poisson counts the change differs from none."""
    spread = sqrt(max(now + before * ratio * ratio, 1.0))
    score = (now - expected(before, ratio)) / spread
    step = bisect_right(_CHANGE_EDGES, abs(score))
    return step if score > 0 else -step


def is_spike(now: int, before: int, ratio: float) -> bool:
    """Whether so many would hardly come by chance where `before` came in the period before."""
    usual = expected(before, ratio)
    return now >= SPIKE_LEAST and now - usual >= SPIKE_SIGMAS * sqrt(max(usual, 1.0))
