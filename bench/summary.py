"""«Сводка» over years: the page of each role for a month and for whole years, facts counted anew every time."""

from collections.abc import Iterator

import psycopg
from django.utils import timezone

from bench.desk import measure_pages
from bench.filling import fill
from bench.measuring import Measured
from otklik.analytics.dashboards import selectors
from otklik.analytics.services import rebuild
from otklik.common.models import Municipality
from otklik.config import state

YEARS = 3


def measure(cases: int) -> Measured:
    """Milliseconds of a page without its drawings, which come afterwards; the most queries one needs."""
    fill(cases)
    for town in Municipality.objects.all():
        rebuild(town)
    with psycopg.connect(state.owner_url(), autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    selectors.MOST_REMEMBERED = 0
    return measure_pages("summary", cases, list(_addresses()))


def _addresses() -> Iterator[str]:
    year = timezone.localdate().year
    for board in selectors.defaults():
        yield f"/summary/{board.key}/?of=town"
        for back in range(YEARS):
            yield f"/summary/{board.key}/?of=town&period={year - back}"
