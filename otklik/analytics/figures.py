"""Values the selectors give: sums of counts and exact hour histograms. Both merge by adding, free of a database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True)
class Sums(Mapping[str, int]):
    """Counts by column of `columns.COLUMNS`; a column that never happened is 0, not missing."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, column: str) -> int:
        return self.counts.get(column, 0)

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums({name: self[name] + other[name] for name in {*self.counts, *other.counts}})


def total(parts: Iterable[Sums]) -> Sums:
    """All parts added."""
    found: Counter[str] = Counter()
    for part in parts:
        found.update(part.counts)
    return Sums(dict(found))


@dataclass(frozen=True)
class Histogram:
    """How many cases waited so many whole hours. Percentiles are exact to the hour."""

    counts: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: "Histogram") -> "Histogram":
        return Histogram(dict(Counter(self.counts) + Counter(other.counts)))

    @property
    def count(self) -> int:
        """How many cases are in it."""
        return sum(self.counts.values())

    @property
    def median(self) -> float | None:
        """The middle case; between two middle ones their mean. None when empty."""
        if not self.count:
            return None
        low, high = (self.count + 1) // 2, self.count // 2 + 1
        return (self._nth(low) + self._nth(high)) / 2

    @property
    def p90(self) -> int | None:
        """Nine cases of ten waited no longer. None when empty."""
        return self._nth(ceil(0.9 * self.count)) if self.count else None

    def within(self, hours: int) -> int:
        """How many waited no longer than so many whole hours."""
        return sum(count for waited, count in self.counts.items() if waited <= hours)

    def _nth(self, place: int) -> int:
        """The hours of the case at this place, from 1, in the order of waiting."""
        passed = 0
        for hours in sorted(self.counts):
            passed += self.counts[hours]
            if passed >= place:
                return hours
        raise IndexError(place)
