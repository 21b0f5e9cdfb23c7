"""Problems under watch whose ninety days are over: their keepers are told once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.accounts.services import leave_once
from otklik.common.models import Municipality
from otklik.problems.models import Problem
from otklik.problems.rules import MANAGE


def tell_watched(municipality: Municipality, now: datetime) -> int:
    """Leave a notice for each problem to be closed or returned; returns how many were left now."""
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    over = Problem.objects.filter(municipality=municipality, state="watch", watch_until__lt=today)
    return sum(
        leave_once(
            municipality,
            f"Наблюдение за проблемой {one.number} окончено: закройте её или верните в работу",
            f"/problems/{one.number}/",
            permission=MANAGE,
        )
        for one in over.order_by("pk")
    )
