"""The page of the rating: months of three years counted on the spot, each sheet, and a frozen one."""

from datetime import date

import psycopg
from django.utils import timezone

from bench.desk import measure_pages
from bench.filling import fill
from bench.measuring import Measured
from bench.pool import main_town
from otklik.analytics.rating.services import freeze
from otklik.analytics.rating.sheets import SHEETS
from otklik.analytics.rating.spans import span_before, span_of
from otklik.analytics.services import rebuild
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import write_period
from otklik.common.scope import within
from otklik.config import state

YEARS, EVERY = 3, 3


def measure(cases: int) -> Measured:
    """Milliseconds of a page; the most queries a page needs. Facts are built before, for they are kept by a timer."""
    fill(cases)
    for town in Municipality.objects.all():
        rebuild(town)
    with psycopg.connect(state.owner_url(), autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    town, months = main_town(), _months(timezone.localdate())
    with within(town.pk):
        freeze(town, months[0], None, timezone.now())
    addresses = [
        f"/rating/?period={write_period(month)}&sheet={sheet}"
        for month in months[::EVERY]
        for sheet in SHEETS
    ]
    return measure_pages("rating", cases, addresses)


def _months(today: date) -> list[Period]:
    """Whole months, the newest first."""
    months = [span_before(span_of(today, "month"))]
    while len(months) < 12 * YEARS:
        months.append(span_before(months[-1]))
    return months
