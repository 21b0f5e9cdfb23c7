"""What a lived-in town has beside its cases: answers read for hints, targets of the charter's goal, findings."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.accounts.models import User
from otklik.accounts.selectors import people_with
from otklik.analytics.criteria.services import evaluate
from otklik.analytics.targets.selectors import asked_by_charter, targets_of
from otklik.analytics.targets.services import Plan, hand_down, set_direction
from otklik.common.models import Municipality
from otklik.common.periods import quarter_of
from otklik.quality.services import read_new_answers

PLANS = {"in_time": 95.0, "first_pass": 95.0, "satisfaction": 4.2, "solvable_solved": 80.0}
USUAL = ("in_time", "solvable_solved")
"""Planned where the charter names no indicators of its goal."""

GROUND = "учебный пример"


def make_analysis(municipality: Municipality, now: datetime) -> None:
    """Fill it once, after the facts have been built; a town with targets is left as it is."""
    while read_new_answers(municipality):
        pass
    planner = people_with("analytics.targets", municipality).order_by("pk").first()
    if planner is not None and not targets_of(municipality).exists():
        _hand_down(municipality, planner, now)
    evaluate(municipality, now)


def _hand_down(municipality: Municipality, planner: User, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    period = quarter_of(today.year, (today.month + 2) // 3)
    for key in [one.key for one in asked_by_charter(municipality)] or USUAL:
        plan = Plan(key, "", period, PLANS[key], True, None, GROUND)
        hand_down(municipality, plan, planner, now)
    words = "Решать по существу: ямы, освещение, вывоз мусора"
    set_direction(municipality, words, GROUND, today - timedelta(days=60), planner, now)
