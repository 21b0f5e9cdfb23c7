"""Which deeds carry out which duties: `@carries_out("BOR-3.2.а")` above a service.

The mark changes nothing in the service: the page of a duty names its deeds, and a test knows what no clause asks for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Deed:
    """A service that carries out a duty: its address in the code and the first line of its promise."""

    name: str
    promise: str


_deeds: dict[str, list[Deed]] = {}


def carries_out(*clause_ids: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say which duties a service carries out, by the numbers of `clauses.csv`; every charter its own number."""

    def mark(deed: Callable[P, R]) -> Callable[P, R]:
        told = Deed(f"{deed.__module__}.{deed.__qualname__}", (deed.__doc__ or "").strip().split("\n")[0])
        for clause_id in clause_ids:
            known = _deeds.setdefault(clause_id, [])
            if told not in known:
                known.append(told)
        return deed

    return mark


def deeds_of(clause_id: str) -> list[Deed]:
    """Services that carry out the duty, as far as their packages have been imported."""
    return list(_deeds.get(clause_id, ()))


def carried_out() -> frozenset[str]:
    """Every clause some deed names."""
    return frozenset(_deeds)
