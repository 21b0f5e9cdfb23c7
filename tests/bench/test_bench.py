"""Every measurement runs to its end and prints the agreed keys; how fast it was is nobody's business here."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from otklik.config.cli.bench import BENCHES
from otklik.config.privatedb import ensure_running
from tests.fixtures.browser import chromium_path

KEYS = ["name", "cases", "p50_ms", "p95_ms", "per_second", "sql", "peak_mb"]
OF_CHANNELS = ["adapters", "sent", "received", "lost", "doubled", "answered_twice", "per_second", "lag_p95_s"]
OF_VOTES = ["cast", "counted", "lost", "doubled", "per_second"]
SHORT = ("--rate", "20", "--seconds", "4", "--faults")
CASES = 200
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Installation:
    """A private server that waits for the disk as a real one does, held for all measurements."""

    owner_url: str
    environment: dict[str, str]

    def databases(self) -> set[str]:
        with psycopg.connect(self.owner_url) as owner:
            return {str(row[0]) for row in owner.execute("SELECT datname FROM pg_database").fetchall()}


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="otklik-test-") as folder:
        Path(folder).chmod(0o755)  # ours: root's server runs as another user
        outside = ("DATABASE_URL", "OTKLIK_OWNER_URL")
        environment = {key: value for key, value in os.environ.items() if key not in outside}
        running = ensure_running(Path(folder))
        try:
            yield Installation(running.owner_url, {**environment, "OTKLIK_DATA": folder})
        finally:
            running.release()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        *((name, SHORT if name == "channels" else ()) for name in BENCHES),
        ("analytics", ("--facts", "3000")),
    ],
)
def test_it_measures_on_a_database_of_its_own_and_drops_it(
    name: str, more: tuple[str, ...], installation: Installation
) -> None:
    if name == "map" and chromium_path() is None:
        pytest.skip("Карта в браузере не измерена: нет пакета chromium (apt-get install chromium).")
    before = installation.databases()
    words = [sys.executable, "-m", "otklik", "bench", name, "--cases", str(CASES), "--json", *more]
    done = subprocess.run(words, env=installation.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert installation.databases() == before
    if name == "votes":
        assert list(said) == OF_VOTES
        assert [said[key] for key in OF_VOTES[:4]] == [CASES, CASES, 0, 0]
        return
    if name == "channels":
        assert set(OF_CHANNELS) <= said.keys()
        assert (said["sent"], said["lost"], said["doubled"], said["answered_twice"]) == (80, 0, 0, 0)
    else:
        assert list(said) == KEYS
    assert (said["name"], said["cases"]) == (name, CASES)
