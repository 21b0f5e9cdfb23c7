"""The heat map in Chromium over years: from the address to the drawn map, and from a click to its points."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from bench.desk import curator, signed_in
from bench.filling import fill
from bench.measuring import Measured, family_mb, spread
from otklik.analytics.services import rebuild
from otklik.common.models import Municipality
from otklik.config import state
from otklik.config.privatedb.place import free_port

YEARS, ROUNDS = 3, 5
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LONGEST_SECONDS = 60.0


def measure(cases: int) -> Measured:
    """Milliseconds to the first paint of cells or of points, a year each; memory of the web process."""
    fill(cases)
    for town in Municipality.objects.all():
        rebuild(town)
    with psycopg.connect(state.owner_url(), autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    session = signed_in(curator()).cookies["sessionid"].value
    year = timezone.localdate().year
    with _web() as (address, web), _page(address, session) as page:
        asked = [f"{address}/heatmap/?period={one}" for one in range(year, year - YEARS, -1)]
        page.goto(asked[0])
        taken = [seconds for _ in range(ROUNDS) for one in asked for seconds in _paint(page, one)]
        memory = family_mb(web.pid)
    p50, p95 = spread(taken)
    return Measured("map", cases, p50_ms=p50, p95_ms=p95, peak_mb=memory)


def _paint(page: Page, address: str) -> Iterator[float]:
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("[data-drawn=yes]")
    yield time.perf_counter() - began
    began = time.perf_counter()
    page.click("[data-layer=points]")
    page.wait_for_selector("#heat-says:text-matches('с точкой|точек')")
    yield time.perf_counter() - began


@contextmanager
def _page(address: str, session: str) -> Iterator[Page]:
    """A signed-in screen of an office; each map is asked for anew, as by a person who has not seen it."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("no browser: install the package chromium")
    # Chromium's sandbox refuses root.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--disable-gpu", "--no-proxy-server", "--disk-cache-size=1", *root]
        )
        context = browser.new_context(locale="ru-RU", viewport={"width": 1366, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        yield context.new_page()
        browser.close()


@contextmanager
def _web() -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    port = free_port()
    words = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--blocking-threads",
        "8",
    ]
    words += ["--no-ws", "--log-level", "error", "otklik.config.wsgi:application"]
    address = f"http://127.0.0.1:{port}"
    web = subprocess.Popen(words, env={**os.environ, "PUBLIC_URL": address})
    try:
        _wait_for(f"{address}/health/live", web)
        yield address, web
    finally:
        web.terminate()
        web.wait(timeout=60)


def _wait_for(address: str, web: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until:
        if web.poll() is not None:
            raise RuntimeError("the web server has ended at its start")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server does not answer")
