"""A change between two periods split exactly: the season's part and the part of each topic, place, channel or body.

The season says how much any flow would have changed by itself; what is left of each key's change is its own. The
parts of one cut and the season add up to the whole change. Pure.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Factor(Generic[Key]):
    """One key's part: what it was, what it is, and its own change, the season's left out."""

    key: Key
    before: int
    after: int
    change: float


@dataclass(frozen=True)
class Growth(Generic[Key]):
    """The whole change: `season` and the changes of `factors` add up to it."""

    before: int
    after: int
    season: float
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
    factors = (
        Factor(key, before.get(key, 0), after.get(key, 0), after.get(key, 0) - season * before.get(key, 0))
        for key in keys
    )
    was = sum(before.values())
    return Growth(
        was,
        sum(after.values()),
        (season - 1) * was,
        tuple(sorted(factors, key=lambda one: -abs(one.change))),
    )
