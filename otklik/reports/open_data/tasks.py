"""The timer of open data: every night what has no issue of the last month gets it. Safe to run again."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.common.today import today_in
from otklik.reports.open_data.services import issue_due


def publish() -> int:
    """Publish due issues of every municipality; returns how many."""
    return everywhere(lambda town: issue_due(town, today_in(town), timezone.now()))
