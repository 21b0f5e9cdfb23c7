"""How a table of counts is made safe to publish: small rows are joined, small counts hidden. Pure.

A count below the least one might point at a person in a small place. Rows too small join «прочие»; should these be few
too, the smallest of the shown rows joins them. A small count hides the next one of its column in the same way, so that
nothing is found by taking what is shown from the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One row of a table: its names, and counts by column; None is a count hidden for being small."""

    names: tuple[str, ...]
    counts: Mapping[str, int | None]

    def of(self, column: str) -> int:
        return self.counts.get(column) or 0


def join_small(lines: Sequence[Line], by: str, least: int, other: tuple[str, ...]) -> list[Line]:
    """Rows whose count `by` is at least `least`, the largest first, then the joined rest under the names `other`.

    Nothing is left when the whole is less than `least`.
    """
    ordered = sorted(lines, key=lambda one: (-one.of(by), one.names))
    large = [one for one in ordered if one.of(by) >= least]
    rest = [one for one in ordered if one.of(by) < least]
    while large and 0 < _sum(rest, by) < least:
        rest.append(large.pop())
    if _sum(rest, by) < least:
        return large
    columns = dict.fromkeys(name for one in rest for name in one.counts)
    return [*large, Line(other, {name: _sum(rest, name) for name in columns})]


def _sum(lines: Sequence[Line], column: str) -> int:
    return sum(one.of(column) for one in lines)


def hide_small(lines: Sequence[Line], least: int) -> list[Line]:
    """Rows of one whole with their small counts hidden, and others where these would be found by subtraction.

    A nought hides nobody and stays.
    """
    columns = dict.fromkeys(name for one in lines for name in one.counts)
    gone = {name: _places_to_hide([one.of(name) for one in lines], least) for name in columns}
    return [
        Line(one.names, {name: None if row in gone[name] else one.counts[name] for name in one.counts})
        for row, one in enumerate(lines)
    ]


def _places_to_hide(counts: Sequence[int], least: int) -> set[int]:
    """Small counts, then the smallest of the others while one count alone or too few people would be hidden."""
    ordered = sorted((count, place) for place, count in enumerate(counts) if count)
    size = sum(count < least for count, _ in ordered)
    while 0 < size < len(ordered) and (size == 1 or sum(count for count, _ in ordered[:size]) < least):
        size += 1
    return {place for _, place in ordered[:size]}


def hidden_in(lines: Sequence[Line]) -> int:
    """How many counts are hidden."""
    return sum(value is None for one in lines for value in one.counts.values())
