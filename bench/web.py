"""The web server as `otklik up` starts it, for measurements that go by real lines."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from otklik.config.privatedb.place import free_port


def insist_on_disk() -> None:
    """Raise RuntimeError where what the server has accepted could be lost with the power."""
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone() != ("on",):
                raise RuntimeError(f"{name} is off: what the server would accept could be lost")


@contextmanager
def web_server(**environment: str) -> Iterator[tuple[int, int]]:
    """Port and process of the web server that `otklik up` would start, with these settings besides its own."""
    port = free_port()
    words = ["--interface", "wsgi", "--port", str(port), "--blocking-threads", "8", "--no-ws"]
    words += ["--log-level", "error", "otklik.config.wsgi:application"]
    web = subprocess.Popen(
        [sys.executable, "-m", "granian", *words], env={**os.environ, **environment}, stdout=sys.stderr
    )
    try:
        _wait(port)
        yield port, web.pid
    finally:
        web.terminate()
        web.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/live")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server does not answer")
