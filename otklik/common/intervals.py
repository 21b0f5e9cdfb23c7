"""How sure a figure of a sample is: 95 % bounds of a share and of a mean. Pure."""

from math import sqrt

SURE = 1.96
"""Standard errors on each side that hold 95 % of a normal law."""


def wilson(hits: int, cases: int) -> tuple[float | None, float | None]:
    """Bounds of a share in percent (Wilson, 1927): they stay within 0-100 and are honest for a few cases.

    A ratio that is not a share (more hits than cases) has none.
    """
    if not 0 <= hits <= cases or not cases:
        return None, None
    share, square = hits / cases, SURE**2
    middle = share + square / (2 * cases)
    spread = SURE * sqrt(share * (1 - share) / cases + square / (4 * cases**2))
    below = 1 + square / cases
    return max(0.0, 100 * (middle - spread) / below), min(100.0, 100 * (middle + spread) / below)


def mean_interval(cases: int, added: int, squares: int) -> tuple[float | None, float | None]:
    """Bounds of a mean from the count, the sum and the sum of squares; two values at least are needed."""
    if cases < 2:
        return None, None
    mean = added / cases
    variance = max(0.0, (squares - cases * mean**2) / (cases - 1))
    spread = SURE * sqrt(variance / cases)
    return mean - spread, mean + spread
