"""The worker is really killed by SIGKILL and PostgreSQL is really restarted: all is there once afterwards."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone
from pytest_django import Settings

from otklik.channels import steps
from otklik.channels.models import Channel, Feed, MediaFetch, Outgoing, RawMessage, StoredFile
from otklik.channels.services import make_outgoing
from otklik.channels.services.accounts import set_secret
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.config.privatedb import Running, ensure_running
from tests.chaos.recipe import lines
from tests.fakes.guestbook import TOKEN, Guestbook
from tests.fakes.network import Network
from tests.fixtures.database import TestServer

pytestmark = pytest.mark.slow
TEXTS = [f"Запись {number}" for number in range(1, 131)]
ROOT = Path(__file__).parents[2]


def live(environment: dict[str, str], folder: Path, step: str, ahead: timedelta = timedelta(0)) -> int:
    """One life of the worker; gives how it ended."""
    words = [sys.executable, "-m", "tests.chaos.victim", str(folder), step, str(ahead.total_seconds())]
    more = {"DJANGO_SETTINGS_MODULE": "otklik.config.settings", "OTKLIK_OUTSIDE_ALLOWED": "127.0.0.1"}
    done = subprocess.run(
        words, env={**environment, **more}, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def open_channel(book: Guestbook) -> Municipality:
    """A town with its guest book on and an answer that waits; in the database of this test."""
    place = Municipality.objects.create(key="town", name="Округ", short_name="Округ", region="Край")
    with within(place.pk):
        kind = lines()["SOURCES"][0]
        settings = {"base_url": book.url}
        channel = Channel.objects.create(
            municipality=place, key=kind, kind=kind, title="Книга", settings=settings
        )
        set_secret(channel, "token", TOKEN)
        Feed.objects.create(municipality=place, channel=channel, is_on=True)
        make_outgoing(channel, "answer", "2026-1", "1", "", "Сделали.", "1:answer", reply_to="1")
    return place


@pytest.mark.parametrize("step", [*steps.READING, *steps.MEDIA, *steps.SENDING])
def test_it_loses_and_doubles_nothing_though_killed(
    step: str, committed: str, test_server: TestServer, tmp_path: Path, settings: Settings
) -> None:
    own = {"OTKLIK_DATA": str(tmp_path / "data"), "SECRET_KEY": settings.SECRET_KEY}
    environment = {**test_server.environment(committed), **own}
    with Network(Guestbook()) as network:
        book = network.services["guestbook"]
        assert isinstance(book, Guestbook)
        place = open_channel(book)
        for text in TEXTS:
            book.say(text, at=timezone.now() - timedelta(minutes=1))
        book.notes[0]["pictures"] = [f"{book.url}/paper.pdf"]
        assert live(environment, tmp_path, step) == -signal.SIGKILL
        for hours in (1, 2, 30):
            assert live(environment, tmp_path, "never", timedelta(hours=hours)) == 0
        with within(place.pk):
            rows = RawMessage.objects.order_by("id")
            assert [row.payload["text"] for row in rows] == TEXTS
            assert Outgoing.objects.get().state == "sent"
            assert MediaFetch.objects.get().state == "kept"
            assert StoredFile.objects.count() == 1
        assert [one.text for one in book.posted] == ["Сделали."]


@pytest.fixture
def own_server() -> Iterator[tuple[dict[str, str], Running]]:
    """A private PostgreSQL that may be restarted, set up with tables."""
    with tempfile.TemporaryDirectory(prefix="otklik-test-") as folder:
        Path(folder).chmod(0o755)
        running = ensure_running(Path(folder))
        outside = ("DATABASE_URL", "OTKLIK_OWNER_URL")
        environment = {key: value for key, value in os.environ.items() if key not in outside}
        environment["OTKLIK_DATA"] = folder
        try:
            done = subprocess.run(
                [sys.executable, "-m", "otklik", "setup"],
                env=environment,
                cwd=ROOT,
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            yield {**environment, "DATABASE_URL": running.url, "OTKLIK_OWNER_URL": running.owner_url}, running
        finally:
            running.release()


def test_it_reads_on_after_the_database_was_restarted(
    own_server: tuple[dict[str, str], Running], tmp_path: Path
) -> None:
    environment, running = own_server
    with Network(Guestbook()) as network:
        book = network.services["guestbook"]
        assert isinstance(book, Guestbook)
        reader = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.reader", str(tmp_path), book.url, "200"],
            env={**environment, "DJANGO_SETTINGS_MODULE": "otklik.config.settings"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number, text in enumerate(TEXTS):
            book.say(text)
            time.sleep(0.05)
            if number == len(TEXTS) // 2:
                running.cluster.stop()
                running.revive()
        with psycopg.connect(running.owner_url) as owner:
            query = "SELECT payload->>'text' FROM channels_rawmessage ORDER BY id"
            until = time.monotonic() + 150  # the lease of a turn that was cut is two minutes
            kept: list[str] = []
            while len(kept) < len(TEXTS) and time.monotonic() < until:
                time.sleep(1)
                kept = [str(row[0]) for row in owner.execute(query).fetchall()]
                owner.rollback()
        reader.kill()
        reader.wait()
    assert kept == TEXTS
