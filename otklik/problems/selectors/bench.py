"""The tree of causes as it is drawn: nodes in order with their depth, proofs and cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from otklik.problems.models import Cause, CauseEvidence, Problem
from otklik.problems.rules import Comparison, Cost
from otklik.problems.selectors.flow import around, costs_of


@dataclass(frozen=True)
class Node:
    """A node with its depth (0 at the top), proofs, cost, and the flow around the day it was done away with."""

    cause: Cause
    depth: int
    evidence: tuple[CauseEvidence, ...]
    cost: Cost | None
    effect: Comparison | None
    has_children: bool


def tree_of(problem: Problem, today: date) -> list[Node]:
    """All nodes, each under its parent, in the order of the bench."""
    rows = list(problem.causes.select_related("owner_post", "body", "decided_by").order_by("position", "pk"))
    if not rows:
        return []
    costs = costs_of(rows, problem, today)
    proofs: dict[int, list[CauseEvidence]] = {}
    found = CauseEvidence.objects.filter(cause__problem=problem)
    for one in found.select_related("case", "file", "settlement").order_by("at", "pk"):
        proofs.setdefault(one.cause_id, []).append(one)
    under: dict[int | None, list[Cause]] = {}
    for row in rows:
        under.setdefault(row.parent_id, []).append(row)

    def walk(parent: int | None, depth: int) -> Iterator[Node]:
        for row in under.get(parent, []):
            yield Node(
                row,
                depth,
                tuple(proofs.get(row.pk, ())),
                costs[row.pk],
                around(problem, row.removed_on, today) if row.removed_on else None,
                row.pk in under,
            )
            yield from walk(row.pk, depth + 1)

    return list(walk(None, 0))
