"""A small drawn line of a way to a plan: points of an SVG; the table beside says the numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 120.0, 28.0, 3.0


@dataclass(frozen=True)
class Spark:
    """Where the line goes, where the plan stands, where the last point is."""

    points: str
    plan: float
    last: tuple[float, float]
    width: float = WIDTH
    height: float = HEIGHT


def spark(values: Sequence[float | None], plan: float) -> Spark | None:
    """The way of the known values beside a plan; None without any."""
    known = [one for one in values if one is not None]
    if not known:
        return None
    low, high = min(*known, plan), max(*known, plan)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * EDGE) / max(len(known) - 1, 1)

    def down(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / span

    points = [(EDGE + step * place, down(value)) for place, value in enumerate(known)]
    return Spark(" ".join(f"{x:.1f},{y:.1f}" for x, y in points), down(plan), points[-1])
