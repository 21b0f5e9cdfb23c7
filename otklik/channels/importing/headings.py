"""Headings of a table: one key for every spelling of a heading, several heading rows made one.

Pure; used by presets, by the column mapping and by the guess.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from otklik.channels.importing.values import Value, clean, to_text

# Letters that look alike fold to one, whichever alphabet the heading was typed in.
_LOOKALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
_WORD = re.compile(r"[^\W_]+")
MAX_COLUMNS = 500
MAX_HEADING = 300
SCAN_ROWS = 30
EMPTY = {"", "-", "–", "—", "'"}


@lru_cache(maxsize=4096)
def key(title: str) -> str:
    """The heading without case, ё, quotes, punctuation, odd spaces and the difference of look-alike letters."""
    text = clean(title).casefold().replace("ё", "е").replace("№", " номер ").translate(_LOOKALIKE)
    return " ".join(_WORD.findall(text))


def unique(titles: Iterable[str]) -> tuple[str, ...]:
    """Titles made different: a repeated one gets its number, an empty one is called by its place."""
    seen: dict[str, int] = {}
    result: list[str] = []
    for place, title in enumerate(titles, 1):
        name = title or f"Столбец {place}"
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in seen:
            seen[name] += 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        seen.setdefault(shown, 1)
        result.append(shown)
    return tuple(result)


@dataclass(frozen=True)
class Record:
    """One data row under its headings."""

    headings: "Headings"
    cells: Sequence[Value]

    def value(self, *names: str) -> Value:
        """The first filled cell under any of the names, in their order; an apostrophe or a dash alone is not filled."""
        return self._find(names)[0]

    def text(self, *names: str) -> str:
        """The same as clean text; empty when nothing is filled."""
        return self._find(names)[1]

    def _find(self, names: Sequence[str]) -> tuple[Value, str]:
        for name in names:
            for place in self.headings.places.get(key(name), ()):
                if place < len(self.cells) and self.cells[place] not in ("", None):
                    text = clean(to_text(self.cells[place]))
                    if text not in EMPTY:
                        return self.cells[place], text
        return None, ""

    def columns(self) -> dict[str, str]:
        """Every filled cell as it came, by its heading."""
        pairs = zip(self.headings.titles, self.cells, strict=False)
        return {title: text for title, cell in pairs if (text := to_text(cell))}


@dataclass(frozen=True)
class Headings:
    """Titles made different, and where each key stands."""

    titles: tuple[str, ...]
    sources: tuple[str, ...]

    @classmethod
    def of(cls, titles: Sequence[str]) -> "Headings":
        return cls(unique(titles), tuple(titles))

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Key of a heading, with and without its number among repeats, to the columns where it stands."""
        found: dict[str, tuple[int, ...]] = {}
        for place, (source, title) in enumerate(zip(self.sources, self.titles, strict=True)):
            for name in {key(source), key(title)} - {""}:
                found[name] = (*found.get(name, ()), place)
        return found

    def __contains__(self, name: str) -> bool:
        return key(name) in self.places

    def record(self, cells: Sequence[Value]) -> Record:
        return Record(self, cells)


def find_headings(rows: Sequence[Sequence[Value]], wanted: Iterable[str] = ()) -> tuple[Headings, int]:
    """Headings among the first rows of a table, and how many rows they and the lines above them take.

    `wanted` are names known beforehand: the row that holds most of them wins. Without them it is the first row
    of mostly text cells as wide as the widest one. Returns empty headings when there is no such row.
    """
    texts = [[clean(to_text(cell))[:MAX_HEADING] for cell in row] for row in rows[:SCAN_ROWS]]
    names = {key(name) for name in wanted}
    start = _row_with_most(texts, names) if names else None
    if start is None:
        # Also where no wanted name is met: the refusal then says which columns there are.
        start = _first_full_row(texts)
    if start is None:
        return Headings.of(()), 0
    titles, used = texts[start], 1
    if start + 1 < len(texts) and _continues(titles, texts[start + 1], rows[start + 1]):
        titles, used = _merge(titles, texts[start + 1]), 2
    elif start and names and _continues(texts[start - 1], titles, rows[start]):
        titles = _merge(texts[start - 1], titles)
    while titles and not titles[-1]:
        titles = titles[:-1]
    return Headings.of(titles), start + used


def is_repeat_of(headings: Headings, row: Sequence[Value]) -> bool:
    """Whether the row says the headings again, as printouts do at the top of each page."""
    same = 0
    for cell, title in zip(row, headings.sources, strict=False):
        if not cell:
            continue
        if not isinstance(cell, str) or len(cell) > MAX_HEADING or key(cell) != key(title):
            return False
        same += 1
    return same >= max(2, len(headings.titles) // 2)


def _row_with_most(texts: list[list[str]], names: set[str]) -> int | None:
    counts = [len({key(cell) for cell in row} & names) for row in texts]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _first_full_row(texts: list[list[str]]) -> int | None:
    filled = [sum(bool(cell) for cell in row) for row in texts]
    widest = max(filled, default=0)
    for place, row in enumerate(texts):
        words = [cell for cell in row if cell and any(char.isalpha() or char == "№" for char in cell)]
        if filled[place] and filled[place] >= 0.5 * widest and len(words) >= 0.7 * filled[place]:
            return place
    return None


def _continues(upper: list[str], lower: list[str], cells: Sequence[Value]) -> bool:
    """Whether `lower` is a second heading row: it names parts of merged groups and nothing else."""
    named = [place for place, text in enumerate(lower) if text]
    if not named or len(named) < 2 or not all(isinstance(cells[place], str) for place in named):
        return False
    upper = upper + [""] * (len(lower) - len(upper))
    in_group = [
        place for place in named if not upper[place] or (place + 1 < len(lower) and not upper[place + 1])
    ]
    has_group = any(not upper[place] and any(upper[:place]) for place in named)
    plain = all(len(lower[place]) <= 60 and not any(c.isdigit() for c in lower[place]) for place in named)
    return (
        has_group
        and plain
        and len(in_group) == len(named)
        and any(upper[p] and not lower[p] for p in range(len(lower)))
    )


def _merge(upper: list[str], lower: list[str]) -> list[str]:
    """One title a column: the part's own name, with its group's name before it where parts repeat."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    titles: list[str] = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        repeated = below and lower.count(below) > 1
        titles.append((f"{group} / {below}" if repeated and group else below) or above)
    return titles
