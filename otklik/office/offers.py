"""What the data offer for an agenda. Packages write in their own `agenda_sources.py`:

    @offers("Просроченные карточки")
    def late_cases(municipality: Municipality, now: datetime) -> list[Offer]: ...

`OfficeConfig.ready` gathers these modules. A person picks; nothing comes into an agenda by itself.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from otklik.common.models import Municipality


@dataclass(frozen=True)
class Figure:
    """A number beside a question, its words, and the address of the rows behind it."""

    words: str
    value: str
    link: str = ""


@dataclass(frozen=True)
class Offer:
    """A question the data ask for: `source` names the thing once for all («errand-overdue», «problem-12»)."""

    source: str
    title: str
    reason: str
    link: str = ""
    figures: tuple[Figure, ...] = field(default_factory=tuple)


Source = Callable[[Municipality, datetime], list[Offer]]
_sources: dict[str, Source] = {}


def offers(group: str) -> Callable[[Source], Source]:
    """Register a source of questions under the heading of its group. Raises ValueError for a heading taken."""

    def register(source: Source) -> Source:
        if _sources.setdefault(group, source) is not source:
            raise ValueError(f"{source.__module__}: agenda group «{group}» is taken")
        return source

    return register


def offered(
    municipality: Municipality, now: datetime, groups: Collection[str] = ()
) -> list[tuple[str, list[Offer]]]:
    """Questions by groups in the order of headings, of all groups unless some are named; empty ones are left out."""
    asked = sorted(set(_sources) & set(groups) if groups else _sources)
    found = ((group, _sources[group](municipality, now)) for group in asked)
    return [(group, rows) for group, rows in found if rows]
