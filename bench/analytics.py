"""Questions of a dashboard to the facts over whole years: totals, cuts, series, map cells, medians."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial

import psycopg
from django.utils import timezone

from bench.filling import fill
from bench.measuring import Measured, peak_mb, spread
from bench.pool import main_town
from otklik.analytics.selectors import hours, sums
from otklik.analytics.services import rebuild
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import within
from otklik.config import state
from otklik.topics.models import Topic

YEARS, ROUNDS = 3, 5
SLOWEST = 12
FLOW = ("received", "received_repeated")
WHOLE_CUTS: tuple[tuple[str, ...], ...] = (
    (),
    ("body",),
    ("channel",),
    ("topic",),
    ("block",),
    ("kind", "channel"),
    ("month",),
    ("week",),
)
PLACE_CUTS = (("settlement", "topic"), ("h3", "settlement"), ("settlement", "month"))
TOPIC_CUTS = (("h3",), ("week",), ("body",))
TABLES = ("analytics_dayfact", "analytics_rollfact", "analytics_facthours", "analytics_hoursroll")

COPIED = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND column_name NOT IN ('id', 'day')
"""


def measure(cases: int, facts: int = 0) -> Measured:
    """Milliseconds of a question over a year, each of three years; `per_second` is cases built into facts.

    With `facts` the history is made longer until there are so many, and years of it are asked too.
    """
    fill(cases)
    began = time.perf_counter()
    for town in Municipality.objects.all():
        rebuild(town)
    built = cases / (time.perf_counter() - began)
    with psycopg.connect(state.owner_url(), autocommit=True) as owner:
        copies = _lengthen(owner, facts)
        for table in TABLES:
            owner.execute(f"VACUUM (ANALYZE) {table}".encode())
    town = main_town()
    with within(town.pk):
        questions = list(
            _questions(town, [*range(YEARS), *(YEARS * copy + 1 for copy in range(1, copies + 1))])
        )
        for _, ask in questions:
            ask()
        found = {name: [_timed(ask) for _ in range(ROUNDS)] for name, ask in questions}
    for name, seconds in sorted(found.items(), key=lambda one: -min(one[1]))[:SLOWEST]:
        print(f"{1000 * min(seconds):8.1f} ms  {name}", file=sys.stderr)
    taken = [one for seconds in found.values() for one in seconds]
    p50, p95 = spread(taken)
    return Measured("analytics", cases, p50, p95, round(built, 1), 1, peak_mb())


def _lengthen(owner: psycopg.Connection, facts: int) -> int:
    """Copy what was built into earlier years, three by three; returns how many times. Whole copies keep rolls true."""
    found = owner.execute("SELECT count(*) FROM analytics_dayfact").fetchone()
    copies = -(-facts // found[0]) - 1 if facts and found and found[0] else 0
    for table in TABLES:
        named = owner.execute(COPIED, [table]).fetchone()
        columns = named[0] if named else ""
        for copy in range(copies, 0, -1):
            owner.execute(
                f"INSERT INTO {table} (day, {columns}) SELECT (day - interval '{YEARS * copy} years')::date, {columns}"
                f" FROM {table} WHERE day > current_date - interval '{YEARS} years' - interval '1 month'".encode()
            )
    return max(copies, 0)


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def _questions(town: Municipality, back: Sequence[int]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Name and question, for each of the years so far back."""
    today, own = timezone.localdate(), [town.pk]
    topic = Topic.objects.order_by("id").values_list("key", flat=True)[0]
    for years in back:
        until = today - timedelta(days=365 * years)
        year = Period(until - timedelta(days=364), until)
        for by in WHOLE_CUTS:
            yield f"{by} {years}", partial(sums, own, year, by)
        for by in PLACE_CUTS:
            yield f"{by} {years}", partial(sums, own, year, by, None, FLOW)
        for by in TOPIC_CUTS:
            yield f"{by} of a topic {years}", partial(sums, own, year, by, {"topic": topic}, FLOW)
        for what in ("first", "final"):
            yield f"{what} {years}", partial(hours, own, year, what)
            yield f"{what} body {years}", partial(hours, own, year, what, ("body",))
