"""The timer of open data: every night what has no issue of the last month gets it. Safe to run again."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.today import today_in
from otklik.reports.open_data.services import issue_due


def publish() -> int:
    """Publish due issues of every municipality; returns how many."""
    made = 0
    for town in Municipality.objects.all():
        with within(town.pk):
            made += issue_due(town, today_in(town), timezone.now())
    return made
