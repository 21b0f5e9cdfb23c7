"""Reads tables where `{kind|value}` marks a span of personal data in a text."""

import re
from pathlib import Path

from otklik.language.spans import Span

_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")


def marked_text(line: str) -> tuple[str, list[Span]]:
    """The plain text of a marked line and its spans."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = length = 0
    for match in _MARK.finditer(line):
        before = line[position : match.start()]
        start = length + len(before)
        spans.append(Span(start, start + len(match.group(2)), match.group(1)))
        pieces += [before, match.group(2)]
        length, position = spans[-1].end, match.end()
    return "".join([*pieces, line[position:]]), spans


def marked_texts(path: Path) -> list[tuple[str, list[Span]]]:
    """Every line of a table but comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [marked_text(line) for line in lines if line and not line.startswith("#")]
