"""Start the private server for as long as somebody needs it.

Every command that uses it holds a shared lock; the last one to leave stops it. So two commands at once
neither fight over the start nor pull the server from under each other, and nothing stays running.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from otklik.config.privatedb.account import server_account
from otklik.config.privatedb.cluster import Cluster, open_cluster
from otklik.config.privatedb.place import APPLICATION, DATABASE, OWNER, Place, prepare_place
from otklik.config.trouble import Trouble


@dataclass
class Running:
    """A hold on the server; `started` says that this very hold brought it up."""

    cluster: Cluster
    started: bool
    extra: Mapping[str, str] = field(default_factory=dict)
    _users: int = -1

    @property
    def url(self) -> str:
        """The application's address."""
        return self.cluster.place.url(APPLICATION, self.cluster.access)

    @property
    def owner_url(self) -> str:
        """The address of the tables' owner, for migrations."""
        return self.cluster.place.url(OWNER, self.cluster.access)

    def revive(self) -> bool:
        """Start the server again if it was killed; says whether it had to."""
        with _guard(self.cluster.place):
            if self.cluster.running():
                return False
            self.cluster = self.cluster.start(self.extra)
            return True

    def release(self) -> None:
        """Let go; stops the server when no other command holds it. A second call does nothing."""
        if self._users < 0:
            return
        with _guard(self.cluster.place):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self.cluster.stop()
            os.close(self._users)
            self._users = -1


def ensure_running(data_dir: Path, given: bool = True, extra: Mapping[str, str] | None = None) -> Running:
    """Bring up the private database of `data_dir`, making it when the folder is fresh, and hold it.

    `given` says that OTKLIK_DATA named the folder; `extra` are more server settings, used if we start it.
    Raises Trouble with one Russian sentence.
    """
    account = server_account()
    place = prepare_place(data_dir, account, given)
    with _guard(place):
        cluster = open_cluster(place, account, careless=(extra or {}).get("fsync") == "off")
        started = not cluster.running()
        if started:
            cluster = cluster.start(extra or {})
        users = os.open(place.folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        running = Running(cluster, started, extra or {}, users)
    try:
        _ensure_roles(running)
    except Exception:
        running.release()
        raise
    return running


@contextmanager
def _guard(place: Place) -> Iterator[None]:
    """One at a time may start, stop or make the cluster; the kernel drops the lock of a killed command."""
    try:
        lock = os.open(place.folder / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as error:
        raise Trouble(
            f"Папка базы {place.folder} принадлежит другому пользователю: выполните команду от его имени."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _ensure_roles(running: Running) -> None:
    """The application's role and the database itself; a few milliseconds when both are there."""
    place, access = running.cluster.place, running.cluster.access
    try:
        with psycopg.connect(
            place.url(OWNER, access, "postgres"), autocommit=True, connect_timeout=30
        ) as owner:
            if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
                make = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                owner.execute(make.format(sql.Identifier(APPLICATION), sql.Literal(access.app_password)))
            if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    except psycopg.OperationalError as error:
        raise Trouble(
            f"Сервер базы в {place.folder} запущен, но не пускает: {str(error).splitlines()[0]}; "
            f"подробности в {place.log}."
        ) from error
