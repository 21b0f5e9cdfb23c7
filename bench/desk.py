"""A curator of the measured town at the desk: signed in, asking pages as the browser does."""

import time
from collections.abc import Sequence
from functools import partial

from django.test import Client
from django.utils import timezone

from bench.measuring import Measured, count_sql, peak_mb, spread
from bench.pool import main_town
from otklik.accounts.models import User
from otklik.accounts.selectors import people_with
from otklik.accounts.sign_in import DUTY
from otklik.common.scope import within
from otklik.config.demo.town import make_people

ROUNDS = 5


def curator() -> User:
    """A person of the town who sees every case of it."""
    town = main_town()
    with within(town.pk):
        make_people(town, timezone.localdate())
        return people_with("cases.view", town).order_by("id")[0]


def signed_in(user: User) -> Client:
    """The person's browser; duties of the first sign-in are left out."""
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = browser.session
    session.pop(DUTY, None)
    session.save()
    return browser


def measure_pages(name: str, cases: int, addresses: Sequence[str]) -> Measured:
    """Every address several times after a first round that warms caches; the most queries of one page."""
    browser = signed_in(curator())
    for address in addresses:
        _ask(browser, address)
    # What a process remembers for a minute may run out between two pages: the lesser of two counts is the page's.
    queries = max(min(count_sql(partial(_ask, browser, address)) for _ in "12") for address in addresses)
    taken = [_ask(browser, address) for _ in range(ROUNDS) for address in addresses]
    p50, p95 = spread(taken)
    return Measured(name, cases, p50_ms=p50, p95_ms=p95, sql=queries, peak_mb=peak_mb())


def _ask(browser: Client, address: str) -> float:
    began = time.perf_counter()
    answer = browser.get(address)
    taken = time.perf_counter() - began
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{address}: {answer.status_code}")
    return taken
