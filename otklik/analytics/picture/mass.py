"""Mass problems: cases that are links of one chain of likeness (text, place, days), gathered into groups. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

LEAST_CASES = 3
"""So many like cases are a problem of many, not of one."""


@dataclass(frozen=True)
class Group:
    """Cases of one problem, the earliest first."""

    cases: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.cases)


def groups_of(links: Iterable[tuple[int, int]], least: int = LEAST_CASES) -> list[Group]:
    """Chains of linked cases, the largest first; a pair is only a pair."""
    head: dict[int, int] = {}
    for one, other in links:
        first, second = _head_of(head, one), _head_of(head, other)
        head[max(first, second)] = min(first, second)
    chains: dict[int, list[int]] = {}
    for case in sorted(head):
        chains.setdefault(_head_of(head, case), []).append(case)
    large = (Group(tuple(cases)) for cases in chains.values() if len(cases) >= least)
    return sorted(large, key=lambda group: (-len(group), group.cases))


def _head_of(head: dict[int, int], case: int) -> int:
    """The smallest case of the chain; the way there is shortened for the next one who asks."""
    head.setdefault(case, case)
    root = case
    while head[root] != root:
        root = head[root]
    while head[case] != root:
        head[case], case = root, head[case]
    return root
