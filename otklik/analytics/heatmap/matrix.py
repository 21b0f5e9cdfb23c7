"""Territory by theme: counts of two periods become rows of rates, changes or numbers. Pure: no database, no clock.

A rate is cases per 1 000 residents. Where residents are not known, are fewer than `FEWEST_RESIDENTS`, or fewer than
`FEWEST_CASES` came from the whole place, a rate would say more than is known: the number stands instead.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from otklik.analytics.heatmap.scale import Scale, change_step, count_scale, is_spike, rate_scale

Mode = Literal["rate", "count", "growth"]
Counts = Mapping[tuple[int, str], int]
"""How many came by (settlement id, topic key); 0 is an unknown place, '' an unknown topic."""

FEWEST_RESIDENTS = 500
FEWEST_CASES = 10
MOST_COLUMNS = 10
REST = "rest"
NOWHERE = 0


@dataclass(frozen=True)
class Place:
    """A settlement with its residents, None when not known."""

    key: int
    name: str
    residents: int | None


@dataclass(frozen=True)
class Column:
    """A group of topics, or one topic, under a head."""

    key: str
    title: str
    topics: frozenset[str]


@dataclass(frozen=True)
class Cell:
    """One figure: both counts, the rate where it may be told, the colour step of the mode.

    `rate` has the correction for unknown places in it when asked; step 1–6, in growth −3…3, 0 for nothing.
    """

    now: int
    before: int
    rate: float | None
    step: int = 0
    is_spike: bool = False

    @property
    def change(self) -> int:
        """How many more than in the period before."""
        return self.now - self.before


@dataclass(frozen=True)
class Row:
    """A place with a cell for each column and the whole; `is_few`: numbers stand instead of rates."""

    place: Place
    cells: tuple[Cell, ...]
    whole: Cell
    is_few: bool


@dataclass(frozen=True)
class Matrix:
    """Rows of places heard from; the unknown place and the whole territory apart; places that were silent.

    `now` and `before` are the counts it was made of.
    """

    mode: Mode
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unknown: Row
    whole: Row
    silent: tuple[Place, ...]
    scale: Scale
    now: Counts
    before: Counts

    @property
    def total(self) -> int:
        """Cases of the period."""
        return self.whole.whole.now

    @property
    def unknown_share(self) -> float:
        """Which part of the cases has no known settlement."""
        return self.unknown.whole.now / self.total if self.total else 0.0

    @property
    def heard(self) -> int:
        """From how many places something came in the period."""
        return sum(row.whole.now > 0 for row in self.rows)

    def changes(self, topics: Collection[str], place: int | None) -> dict[str, int]:
        """How many more came than before by topic, in one place or everywhere; what stayed is left out."""
        found: Counter[str] = Counter()
        for counts, sign in ((self.now, 1), (self.before, -1)):
            for (key, topic), count in counts.items():
                if topic in topics and place in (None, key):
                    found[topic] += sign * count
        return {topic: change for topic, change in found.items() if change}


@dataclass(frozen=True)
class Ask:
    """How to count: mode, days now over days before, whether the unknown are spread over the known places."""

    mode: Mode = "rate"
    ratio: float = 1.0
    spread: bool = False


def build(
    columns: Sequence[Column],
    places: Sequence[Place],
    now: Counts,
    before: Counts,
    residents: int | None,
    ask: Ask,
    heard_lately: frozenset[int] = frozenset(),
) -> Matrix:
    """The matrix; `residents` are of the whole municipality, `heard_lately` are places not to be called silent."""
    here, there = _by_column(columns, now), _by_column(columns, before)
    factors = _factors(columns, here) if ask.spread else {}
    heard = {key for key, _ in (*here, *there)}
    rows = [_row(place, columns, here, there, ask, factors) for place in places if place.key in heard]
    unknown = _row(Place(NOWHERE, "Место не определено", None), columns, here, there, ask, {})
    whole = _whole(columns, here, there, residents, ask)
    scale = _scale(rows, ask.mode)
    return Matrix(
        ask.mode,
        tuple(columns),
        tuple(sorted((_coloured(row, scale, ask) for row in rows), key=lambda row: _order(row, ask.mode))),
        _coloured(unknown, scale, ask),
        _coloured(whole, scale, ask),
        tuple(place for place in places if place.key not in heard | heard_lately),
        scale,
        now,
        before,
    )


def pick_columns(
    columns: Sequence[Column], now: Counts, before: Counts, most: int = MOST_COLUMNS
) -> list[Column]:
    """Columns with anything in them, the fullest first; those past `most` in one column of the rest."""
    here, there = _by_column(columns, now), _by_column(columns, before)
    sizes: Counter[str] = Counter()
    for counts in (here, there):
        for (_, key), count in counts.items():
            sizes[key] += count * (1_000_000 if counts is here else 1)
    full = sorted((one for one in columns if sizes[one.key]), key=lambda one: -sizes[one.key])
    if len(full) <= most:
        return full
    rest = frozenset().union(*(one.topics for one in full[most - 1 :]))
    return [*full[: most - 1], Column(REST, f"остальные {len(full) - most + 1}", rest)]


def _by_column(columns: Sequence[Column], counts: Counts) -> Counter[tuple[int, str]]:
    of = {topic: column.key for column in columns for topic in column.topics}
    found: Counter[tuple[int, str]] = Counter()
    for (place, topic), count in counts.items():
        if count and topic in of:
            found[place, of[topic]] += count
    return found


def _factors(columns: Sequence[Column], here: Counts) -> dict[str, float]:
    """How much each theme's known places must be raised for its unknown ones."""
    factors = {}
    for column in columns:
        total = sum(count for (_, key), count in here.items() if key == column.key)
        known = total - here.get((NOWHERE, column.key), 0)
        factors[column.key] = total / known if known else 1.0
    return factors


def _row(
    place: Place,
    columns: Sequence[Column],
    now: Counts,
    before: Counts,
    ask: Ask,
    factors: Mapping[str, float],
) -> Row:
    counts = [(now.get((place.key, one.key), 0), before.get((place.key, one.key), 0)) for one in columns]
    total = sum(here for here, _ in counts)
    people = place.residents
    is_few = people is None or people < FEWEST_RESIDENTS or total < FEWEST_CASES
    raised = [here * factors.get(one.key, 1.0) for one, (here, _) in zip(columns, counts, strict=True)]
    rates = [None if is_few else _rate(value, people) for value in raised]
    cells = tuple(
        Cell(here, there, rate, is_spike=is_spike(here, there, ask.ratio))
        for (here, there), rate in zip(counts, rates, strict=True)
    )
    whole = Cell(total, sum(there for _, there in counts), None if is_few else _rate(sum(raised), people))
    return Row(place, cells, whole, is_few)


def _whole(columns: Sequence[Column], now: Counts, before: Counts, residents: int | None, ask: Ask) -> Row:
    """The municipality: its rate needs no correction, for every case is of some place in it."""
    sums: dict[tuple[int, str], int] = Counter()
    past: dict[tuple[int, str], int] = Counter()
    for source, kept in ((now, sums), (before, past)):
        for (_, key), count in source.items():
            kept[NOWHERE, key] += count
    return _row(Place(NOWHERE, "По муниципалитету", residents), columns, sums, past, ask, {})


def _rate(value: float, residents: int | None) -> float | None:
    return value * 1000 / residents if residents else None


def _scale(rows: Iterable[Row], mode: Mode) -> Scale:
    cells = [(row, cell) for row in rows for cell in row.cells]
    if mode == "rate":
        return rate_scale([cell.rate for _, cell in cells if cell.rate is not None])
    return count_scale([cell.now for _, cell in cells])


def _coloured(row: Row, scale: Scale, ask: Ask) -> Row:
    return replace(row, cells=tuple(replace(cell, step=_step(cell, scale, ask)) for cell in row.cells))


def _step(cell: Cell, scale: Scale, ask: Ask) -> int:
    match ask.mode:
        case "growth":
            return change_step(cell.now, cell.before, ask.ratio)
        case "count":
            return scale.step(cell.now)
        case _:
            return scale.step(cell.rate) if cell.rate is not None else 0


def _order(row: Row, mode: Mode) -> tuple[object, ...]:
    if mode == "rate":
        return row.is_few, -(row.whole.rate or 0.0), -row.whole.now, row.place.name
    value = row.whole.change if mode == "growth" else row.whole.now
    return -value, row.place.name
