"""What a one-shot command stands on: a database up and set up, Django ready, nothing left running behind."""

import os
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import django

from otklik.config import env, paths
from otklik.config.database import address
from otklik.config.privatedb import Running, ensure_running
from otklik.config.state import needs_setup, run_setup
from otklik.config.trouble import Trouble


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
    signal.signal(signal.SIGTERM, _leave)
    with _clear_words_for_folder():
        _prepare_folder()
    if url := env.text("DATABASE_URL"):
        address(url)  # a wrong one is told in words before the driver meets it
        yield None
        return
    running = ensure_running(paths.data_dir(), given=bool(env.text("OTKLIK_DATA")))
    os.environ["DATABASE_URL"], os.environ["OTKLIK_OWNER_URL"] = running.url, running.owner_url
    try:
        yield running
    finally:
        del os.environ["DATABASE_URL"], os.environ["OTKLIK_OWNER_URL"]
        running.release()


def _prepare_folder() -> None:
    """Folders and the key that every process of the installation expects."""
    (paths.data_dir() / "static").mkdir(parents=True, exist_ok=True)
    keep_secret_key()


def keep_secret_key() -> None:
    """A key of this installation's own, made once, unless SECRET_KEY is given: links and sessions hang on it."""
    if env.text("SECRET_KEY"):
        return
    file = paths.secret_key_file()
    if not file.exists():
        part = file.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        part.rename(file)


@contextmanager
def _clear_words_for_folder() -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise Trouble(
            f"Нет прав на папку данных {paths.data_dir()}: выполните команду от имени её владельца "
            "или назначьте другую папку в OTKLIK_DATA."
        ) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise Trouble(f"{paths.data_dir()} — не папка: назначьте другую в OTKLIK_DATA.") from error


def _leave(number: int, frame: FrameType | None) -> None:
    """A polite kill ends the command through its `finally` blocks, so the server is not left behind."""
    signal.signal(number, signal.SIG_IGN)  # a second one must not cut them short
    sys.exit(128 + number)
