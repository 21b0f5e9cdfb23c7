"""Risks as grounds of management decisions, equal to appeals (DEM-2.4.5): what the office above takes to a meeting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from otklik.common.models import Municipality
from otklik.common.words import count
from otklik.risks.models import Risk, RiskClock
from otklik.risks.selectors import levels_of, real
from otklik.risks.words import OPEN_STATES

GRAVE = 2
"""Levels with this position or a graver one are for the meeting even while all goes in time."""
FRESH = timedelta(days=30)
ROUNDS = ("раз", "раза", "раз")


@dataclass(frozen=True)
class Ground:
    """A risk that asks for a decision: why, its level in words, how many cases are about it."""

    risk: Risk
    level: str
    reason: str
    cases: int


def for_decision(municipality: Municipality, now: datetime) -> list[Ground]:
    """Open real risks of grave levels, late ones, and those of a month that came again; the gravest first."""
    late = RiskClock.objects.filter(
        risk=OuterRef("pk"), round=OuterRef("round"), stopped_at=None, due_at__lt=now
    ).exclude(key="watch")
    levels = levels_of(municipality)
    grave = [key for key, level in levels.items() if level.position <= GRAVE]
    is_open = Q(state__in=OPEN_STATES)
    rows = (
        real(municipality)
        .annotate(is_late=Exists(late), of_cases=Count("cases", distinct=True))
        .filter(
            (is_open & (Q(level_key__in=grave) | Q(is_late=True))) | Q(round__gt=1, began_at__gte=now - FRESH)
        )
    )
    places = list(levels)
    found = [
        Ground(one, levels[one.level_key].title, "; ".join(_why(one, grave)), one.of_cases)
        for one in rows
        if one.level_key in levels
    ]
    return sorted(found, key=lambda one: (places.index(one.risk.level_key), -one.cases, one.risk.pk))


def _why(one: Risk, grave: list[str]) -> Iterator[str]:
    if one.round > 1:
        yield f"распространялся {count(one.round, *ROUNDS)}"
    if getattr(one, "is_late", False):
        yield "просрочен срок отработки"
    if one.level_key in grave and one.state in OPEN_STATES:
        yield f"не отработан: {one.get_state_display()}"
