"""Questions about problems: the registry, one card, causes with their cost, the flow, the picture of a block."""

from otklik.problems.selectors.bench import Node, tree_of
from otklik.problems.selectors.flow import Flow, around, costs_of, flow_of, flow_words, flows_of
from otklik.problems.selectors.picture import BlockPicture, picture_of_block
from otklik.problems.selectors.registry import (
    ProblemFilter,
    get_problem,
    like_problems,
    problems_of,
    talk_errors_of,
    waiting_count,
)

__all__ = [
    "BlockPicture",
    "Flow",
    "Node",
    "ProblemFilter",
    "around",
    "costs_of",
    "flow_of",
    "flow_words",
    "flows_of",
    "get_problem",
    "like_problems",
    "picture_of_block",
    "problems_of",
    "talk_errors_of",
    "tree_of",
    "waiting_count",
]
