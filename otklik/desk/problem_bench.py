"""The bench of root causes as the card draws it: nodes with proofs and costs, forms beside each."""

from typing import Any

from django.utils import timezone

from otklik.analytics.measures import MEASURES
from otklik.common import words
from otklik.desk.forms.problems import CauseForm
from otklik.desk.problem_look import say_comparison
from otklik.desk.request import DeskRequest
from otklik.problems.models import Problem
from otklik.problems.rules import MOST_WHYS, Cost
from otklik.problems.selectors import Node, tree_of
from otklik.problems.selectors.flow import COST_DAYS

DEEPEST_SHOWN = 5


def bench_of(request: DeskRequest, problem: Problem, keeper: bool) -> dict[str, Any]:
    """Nodes and what a keeper may write."""
    nodes = tree_of(problem, timezone.localdate())
    return {
        "nodes": [_row(one) for one in nodes],
        "roots": sum(one.cause.is_root for one in nodes),
        "whys": range(1, MOST_WHYS + 1),
        "cause_form": CauseForm(request.municipality, auto_id="cause-%s") if keeper else None,
        "cost_days": COST_DAYS,
    }


def _row(node: Node) -> dict[str, Any]:
    return {
        "cause": node.cause,
        "depth": min(node.depth, DEEPEST_SHOWN),
        "evidence": [
            {"proof": one, "measure": MEASURES[one.measure].title if one.measure in MEASURES else ""}
            for one in node.evidence
        ],
        "cost": say_cost(node.cost),
        "effect": say_comparison(node.effect) if node.effect else "",
        "has_children": node.has_children,
    }


def say_cost(cost: Cost | None) -> str:
    """«≈ 12 обращений в месяц: 40 % потока»."""
    if cost is None:
        return ""
    many = words.number(cost.month, 1)
    share = words.percent(cost.share)
    ground = "доля по карточкам-доказательствам" if cost.is_guessed else "доля названа сотрудником"
    return f"{many} обращения в{words.NBSP}месяц — {share} потока ({ground})"
