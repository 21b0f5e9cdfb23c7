"""From `otklik up` to the first page, on an installation that has been started before."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.measuring import Measured, family_mb, spread
from otklik.config.privatedb.place import free_port

STARTS = 5
LONGEST_SECONDS = 300.0


def measure(cases: int) -> Measured:
    """The first start, which sets up, is not counted. Memory: command, web and worker, without the server."""
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        Path(folder).chmod(0o755)  # ours: root's server runs as another user
        outside = ("DATABASE_URL", "OTKLIK_OWNER_URL", "PUBLIC_URL")
        environment = {key: value for key, value in os.environ.items() if key not in outside}
        environment["OTKLIK_DATA"] = folder
        _start(environment)
        starts = [_start(environment) for _ in range(STARTS)]
    p50, p95 = spread([seconds for seconds, _ in starts])
    return Measured("start", cases, p50_ms=p50, p95_ms=p95, peak_mb=max(memory for _, memory in starts))


def _start(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first page, and megabytes a moment later."""
    port, began = free_port(), time.perf_counter()
    words = [sys.executable, "-m", "otklik", "up", "--port", str(port)]
    up = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/", up)
        taken = time.perf_counter() - began
        time.sleep(3)
        return taken, family_mb(up.pid)
    finally:
        up.terminate()
        up.wait(timeout=60)


def _wait_for_page(address: str, up: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until:
        if up.poll() is not None:
            raise RuntimeError("otklik up has ended before its first page")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
            raise
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("no page within five minutes")
