"""Publications of a month, two of them, and in the running one the plan of the next four weeks."""

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.content import plan_ahead, plan_of, tell
from otklik.config.demo.year.cast import Cast


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What went out in the month; the first post goes by the analysis of the month before."""
    plan = plan_of(town, cast)
    if plan is None:
        return
    for place, share in enumerate((0.2, 0.7)):
        day = cast.day_in(month, share)
        if cast.has_come(day):
            tell(plan, month, place, day)
    if month.until == cast.today:
        plan_ahead(plan)
