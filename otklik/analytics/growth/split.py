"""A change between two periods split exactly: the season's part and the part of each topic, place, channel or body.

The season says how much any flow would have changed by itself; what is left of each key's change is its own. The
parts are whole cases, and those of one cut with the season add up to the whole change, as shown too. Pure.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Factor(Generic[Key]):
    """One key's part: what it was, what it is, and its own change, the season's left out."""

    key: Key
    before: int
    after: int
    change: int


@dataclass(frozen=True)
class Growth(Generic[Key]):
    """The whole change: `season` and the changes of `factors` add up to it."""

    before: int
    after: int
    season: int
    factors: tuple[Factor[Key], ...]

    @property
    def change(self) -> int:
        """By how many more; negative for fewer."""
        return self.after - self.before

    @property
    def share(self) -> float | None:
        """The change against what was; None when there was nothing."""
        return self.change / self.before if self.before else None

    def largest(self, most: int) -> tuple[Factor[Key], ...]:
        """Factors that moved the same way as the whole beyond the season, the strongest first."""
        own = self.change - self.season
        same = [one for one in self.factors if one.change * own > 0]
        return tuple(sorted(same, key=lambda one: -abs(one.change))[:most])


def split(before: Mapping[Key, int], after: Mapping[Key, int], season: float = 1.0) -> Growth[Key]:
    """Split the change over keys of one cut. `season` is how many times more any flow brings in the second period.

    Raises ValueError for a season below nought.
    """
    if season < 0:
        raise ValueError(f"a season of {season}")
    keys = [*after, *(key for key in before if key not in after)]
    counts = [(before.get(key, 0), after.get(key, 0)) for key in keys]
    was, became = sum(before.values()), sum(after.values())
    exact = [(season - 1) * was, *(now - season * then for then, now in counts)]
    whole, *changes = _whole_parts(exact, [was + became, *(then + now for then, now in counts)], became - was)
    factors = (
        Factor(key, then, now, change) for key, (then, now), change in zip(keys, counts, changes, strict=True)
    )
    return Growth(was, became, whole, tuple(sorted(factors, key=lambda one: -abs(one.change))))


def _whole_parts(exact: Sequence[float], sizes: Sequence[int], total: int) -> list[int]:
    """Parts in whole numbers that still add up to the total: each less than one away from what it is.

    What rounding has lost goes where it has lost most; of equal ones to the larger, where one more shows least.
    """
    parts = [round(one) for one in exact]
    missing = total - sum(parts)
    step = 1 if missing > 0 else -1
    lost = sorted(range(len(parts)), key=lambda at: (-step * round(exact[at] - parts[at], 9), -sizes[at]))
    for at in lost[: abs(missing)]:
        parts[at] += step
    return parts
