"""Papers from the figures to files: a note of every half of a month, quarters, the decree, in all forms."""

from datetime import date, timedelta
from functools import partial

import psycopg
from django.utils import timezone

from bench.filling import fill
from bench.measuring import Measured, count_sql, peak_mb, spread, timed
from bench.pool import main_town
from otklik.analytics.services import rebuild
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, fortnight_of, month_of, quarter_of
from otklik.common.scope import within
from otklik.config import state
from otklik.reports.composing import Order, asked_by, compose
from otklik.reports.forms import FORMS
from otklik.reports.render import RENDERERS

TIMES = 4


def measure(cases: int) -> Measured:
    """Milliseconds of one paper in all forms; the most queries a paper needs. Facts are built before."""
    fill(cases)
    for town in Municipality.objects.all():
        rebuild(town)
    with psycopg.connect(state.owner_url(), autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    asked = _asked(timezone.localdate())
    town = main_town()
    with within(town.pk):
        queries = max(count_sql(partial(_make, town, *one)) for one in asked)
        taken = [second for one in asked for second in timed(partial(_again, town, *one), TIMES)]
    p50, p95 = spread(taken)
    return Measured("report", cases, p50, p95, None, queries, peak_mb())


def _make(town: Municipality, form: str, period: Period) -> None:
    chosen = FORMS[form]
    document = compose(town, Order(chosen, period, asked_by(charter_of(town), chosen)), timezone.now())
    for render in RENDERERS.values():
        render(document)


def _again(town: Municipality, form: str, period: Period, number: int) -> None:
    _make(town, form, period)


def _asked(today: date) -> list[tuple[str, Period]]:
    """Forms with periods of now and of two years ago."""
    found = []
    for day in (today, today - timedelta(days=730)):
        found += [
            ("note", before(fortnight_of(day))),
            ("week", before(month_of(day.year, day.month))),
            ("ukaz171", before(month_of(day.year, day.month))),
            ("quarter", before(quarter_of(day.year, (day.month + 2) // 3))),
        ]
    return found
