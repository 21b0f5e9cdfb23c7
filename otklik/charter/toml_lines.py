"""Where a key stands in a TOML text: `tomllib` tells no lines, a person who mends a file needs them.

Called by `files` when a charter does not pass its checks.
"""

import re
from collections import Counter
from collections.abc import Sequence

Place = tuple[str | int, ...]

_HEADING = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)((?:\s*\.\s*(?:"[^"]*"|[A-Za-z0-9_-]+))*)\s*=""")
_WORD = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")


def line_of(text: str, place: Sequence[str | int]) -> int:
    """The line of the key, else of the nearest table around it, else 1."""
    known = places(text)
    for length in range(len(place), 0, -1):
        line = known.get(tuple(place[:length]))
        if line:
            return line
    return 1


def places(text: str) -> dict[Place, int]:
    """Every table and key of the text with its line, counted from 1; arrays of tables count from 0."""
    found: dict[Place, int] = {}
    table: Place = ()
    seen: Counter[Place] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _HEADING.match(line):
            table = _words(heading.group(2))
            found.setdefault(table, number)
            if heading.group(1) == "[[":
                table, name = (*table, seen[table]), table
                seen[name] += 1
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_words(key.group(1) + key.group(2))), number)
    return found


def _words(dotted: str) -> Place:
    return tuple(next(part for part in match if part) for match in _WORD.findall(dotted))
