"""What a one-shot command stands on: a database up and set up, Django ready, nothing left running behind."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import django

from otklik.config import env, paths
from otklik.config.privatedb import Running, ensure_running
from otklik.config.state import needs_setup, run_setup


@contextmanager
def database() -> Iterator[None]:
    """Hold the database for the block; a private one is started, a fresh or older one set up."""
    with server():
        if needs_setup():
            run_setup()
        with django_only():
            yield


@contextmanager
def django_only() -> Iterator[None]:
    """Django's models and settings, with no promise that a database answers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
    django.setup()
    yield


@contextmanager
def server() -> Iterator[Running | None]:
    """The server with its addresses in the environment; None when DATABASE_URL names an outside one."""
    if env.text("DATABASE_URL"):
        yield None
        return
    signal.signal(signal.SIGTERM, _leave)
    running = ensure_running(paths.data_dir(), given=bool(env.text("OTKLIK_DATA")))
    os.environ["DATABASE_URL"], os.environ["OTKLIK_OWNER_URL"] = running.url, running.owner_url
    try:
        yield running
    finally:
        del os.environ["DATABASE_URL"], os.environ["OTKLIK_OWNER_URL"]
        running.release()


def _leave(number: int, frame: FrameType | None) -> None:
    """A polite kill ends the command through its `finally` blocks, so the server is not left behind."""
    sys.exit(128 + number)
