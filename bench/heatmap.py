"""The heat map over years: the page in each mode, a group opened, a cell chosen; cells and points of the map."""

from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg
from django.utils import timezone

from bench.desk import measure_pages
from bench.filling import fill
from bench.measuring import Measured
from bench.pool import main_town
from otklik.analytics.services import rebuild
from otklik.common.models import Municipality
from otklik.common.periods import last_days
from otklik.common.scope import within
from otklik.config import state
from otklik.places.models import Settlement
from otklik.topics.models import Topic

YEARS = 3


def measure(cases: int) -> Measured:
    """Milliseconds of a page or of the data of the map; the most queries one needs. Facts are built before."""
    fill(cases)
    for town in Municipality.objects.all():
        rebuild(town)
    with psycopg.connect(state.owner_url(), autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    return measure_pages("heatmap", cases, list(_addresses(main_town())))


def _addresses(town: Municipality) -> Iterator[str]:
    today = timezone.localdate()
    with within(town.pk):
        home = Settlement.objects.filter(municipality=town).order_by("-is_centre", "id")[0].pk
    group = Topic.objects.order_by("id").values_list("group", flat=True)[0]
    for year in range(today.year, today.year - YEARS, -1):
        for asked in ({}, {"mode": "growth"}, {"group": group}, {"row": home, "col": group}):
            yield f"/heatmap/?{urlencode({'period': year, **asked})}"
    month = last_days(today, 30)
    days = {"since": month.since.isoformat(), "until": month.until.isoformat()}
    for resolution in (6, 7, 8, 9):
        yield f"/heatmap/cells.json?{urlencode({**days, 'resolution': resolution})}"
    yield f"/heatmap/points.json?{urlencode(days)}"
