"""A stretch of text that holds personal data, and how overlapping finds are settled."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`, offsets in Unicode characters; kind is one of KINDS."""

    start: int
    end: int
    kind: str


# The earlier kind wins where two finds overlap: a checked number outweighs a guess by shape.
KINDS = (
    "email",
    "snils",
    "passport",
    "card",
    "account",
    "inn",
    "birthdate",
    "plate",
    "phone",
    "flat",
    "name",
)
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


def settle(found: Iterable[Span]) -> list[Span]:
    """Spans that do not overlap, in order of the text; the stronger kind, then the longer find stays."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (_RANK[s.kind], s.start - s.end, s.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)
