"""One database cluster on disk: made once, started, stopped, and its failures put into words."""

import contextlib
import os
import re
import shutil
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from otklik.config.privatedb.account import Account
from otklik.config.privatedb.binaries import Binaries, find_binaries
from otklik.config.privatedb.place import (
    OWNER,
    Access,
    Place,
    free_port,
    new_access,
    read_access,
    write_access,
)
from otklik.config.privatedb.tuning import settings
from otklik.config.trouble import Trouble

NEEDED_SPACE = 150 * 1024**2
LOG_LIMIT = 5 * 1024**2
INCLUDE = "include 'otklik.conf'\n"
ICU = ("--locale-provider=icu", "--icu-locale=ru-RU", "--locale=C.UTF-8")
BUILTIN = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
LOCALES = (ICU, BUILTIN, ("--locale=C.UTF-8",), ("--locale=C",))
NO_LOCALE = re.compile(
    r"ICU is not supported|invalid locale|unrecognized (option|locale)|could not open collator",
    re.I,
)
STILL_DYING = re.compile(
    r"pre-existing shared memory|is another postmaster|another server might be running", re.I
)


@dataclass(frozen=True)
class Cluster:
    """The files of one private server, the programs that fit them, and the user it runs as."""

    place: Place
    account: Account
    binaries: Binaries
    access: Access

    def running(self) -> bool:
        """Whether the server lives; another program under its old process number is not taken for it."""
        pid = _server_pid(self.place)
        return pid is not None and _is_postgres(pid)

    def start(self, extra: Mapping[str, str]) -> "Cluster":
        """Start and wait until it answers. Gives the cluster as started: a taken loopback port is exchanged.

        Raises Trouble with the reason read from the server's log.
        """
        cluster = self._with_free_port()
        cluster._write_settings(extra)
        _drop_misleading_pid(self.place)
        for _ in range(60):
            mark = _trim_log(self.place)
            if self._control("-l", str(self.place.log), "-w", "-t", "60", "start") == 0:
                return cluster
            said = _read_from(self.place.log, mark)
            if not STILL_DYING.search(said):
                raise Trouble(explain(said, self.place))
            time.sleep(0.2)
        raise Trouble(
            f"Прежний сервер базы в {self.place.folder} не завершается: подождите минуту и повторите команду."
        )

    def stop(self) -> None:
        """Stop at once but in good order; open transactions are rolled back, nothing confirmed is lost."""
        self._control("-m", "fast", "-w", "-t", "90", "stop")

    def _control(self, *words: str) -> int:
        return self.account.run([self.binaries.program("pg_ctl"), "-D", self.place.data, *words]).returncode

    def _with_free_port(self) -> "Cluster":
        if self.place.by_socket or not _taken(self.access.port):
            return self
        access = Access(self.access.owner_password, self.access.app_password, free_port())
        write_access(self.place, access)
        return Cluster(self.place, self.account, self.binaries, access)

    def _write_settings(self, extra: Mapping[str, str]) -> None:
        file = self.place.data / "otklik.conf"
        try:
            file.write_text(settings(self.place, self.access, extra), encoding="utf-8")
            self.account.own(file)
        except OSError as error:
            raise Trouble(explain(str(error), self.place)) from error


def open_cluster(place: Place, account: Account, careless: bool = False) -> Cluster:
    """The cluster kept at this place, made when the place is still empty; a careless one does not wait for the disk.

    Raises Trouble; deletes nothing.
    """
    fresh = place.access_file.with_name("access.new.json")
    if place.data.exists() and fresh.exists() and not place.access_file.exists():
        fresh.replace(place.access_file)  # the first start was cut between its two last steps
    if not place.data.exists():
        if place.access_file.exists():
            raise Trouble(
                f"Папка базы {place.data} пропала, а пароли к ней остались: верните папку из резервной копии "
                f"или, чтобы начать заново, удалите файл {place.access_file}."
            )
        return _make(place, account, careless)
    try:
        version = int((place.data / "PG_VERSION").read_text(encoding="ascii").split(".")[0])
    except PermissionError as error:
        raise Trouble(
            f"Папка базы {place.data} принадлежит другому пользователю: выполните команду от его имени."
        ) from error
    except (OSError, ValueError) as error:
        raise Trouble(explain("PG_VERSION", place)) from error
    return Cluster(place, account, find_binaries(account, version), read_access(place))


def _make(place: Place, account: Account, careless: bool) -> Cluster:
    """initdb into a side folder that gets its name when whole: a cut attempt leaves nothing half made."""
    if shutil.disk_usage(place.folder).free < NEEDED_SPACE:
        raise Trouble(explain("No space left", place))
    binaries, access = find_binaries(account), new_access(place)
    side, secret = place.folder / "data.new", place.run / "password"
    if side.exists():
        shutil.rmtree(side)
    side.mkdir(mode=0o700)
    account.own(side)
    secret.write_text(f"{access.owner_password}\n", encoding="ascii")
    secret.chmod(0o600)
    account.own(secret)
    try:
        _initdb(side, secret, Cluster(place, account, binaries, access), careless)
    finally:
        secret.unlink(missing_ok=True)
    config = side / "postgresql.conf"
    config.write_text(config.read_text(encoding="utf-8") + INCLUDE, encoding="utf-8")
    write_access(place, access)
    place.access_file.replace(place.access_file.with_name("access.new.json"))
    side.rename(place.data)
    place.access_file.with_name("access.new.json").replace(place.access_file)
    return Cluster(place, account, binaries, access)


def _initdb(side: Path, secret: Path, cluster: Cluster, careless: bool) -> None:
    """The best collation this build knows: ICU, else PostgreSQL's own, else the C library's."""
    said, common = (
        "",
        ["-D", str(side), "-U", OWNER, "--encoding=UTF8", "--auth=scram-sha-256", f"--pwfile={secret}"],
    )
    for locale in LOCALES:
        words = [*common, *locale, *(["--no-sync"] if careless else [])]
        log = cluster.place.folder / "initdb.log"
        done = cluster.account.run([cluster.binaries.program("initdb"), *words], output=log)
        if done.returncode == 0:
            return
        said = done.stdout
        if not NO_LOCALE.search(said):
            break
    shutil.rmtree(side, ignore_errors=True)
    raise Trouble(explain(said, cluster.place))


def explain(said: str, place: Place) -> str:
    """One Russian sentence for what the server's programs said in English."""
    if re.search(r"no space left|disk quota", said, re.I):
        return f"На диске с папкой {place.folder} кончилось место: освободите его и повторите, данные целы."
    if re.search(r"permission denied|wrong ownership|invalid permissions|Errno 13", said, re.I):
        return f"Нет прав на папку базы {place.folder}: выполните команду от имени того, кто её создал."
    if re.search(r"address already in use", said, re.I):
        return "Порт базы данных занят другой программой: повторите команду, порт сменится."
    if re.search(r"could not (create|map|resize).*shared memory|out of memory|cannot allocate", said, re.I):
        return "Серверу базы не хватило памяти: освободите её и повторите команду."
    return (
        f"База в папке {place.data} не запускается: файлы повреждены или неполны; ничего не удалено — "
        f"верните папку из резервной копии, подробности в {place.log}."
    )


def _server_pid(place: Place) -> int | None:
    try:
        return int((place.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _is_postgres(pid: int) -> bool:
    """Where the system does not show what a process runs, a living one is taken for the server."""
    command = Path(f"/proc/{pid}/cmdline")
    try:
        return _lives(pid) and b"postgres" in command.read_bytes()
    except OSError:
        return _lives(pid) and not Path("/proc/self").exists()


def _drop_misleading_pid(place: Place) -> None:
    """After a power cut the number in postmaster.pid may be another program's: PostgreSQL would not start.

    The file of a dead process stays: by it PostgreSQL finds orphans that still write to the data.
    """
    pid = _server_pid(place)
    if pid is not None and _lives(pid) and not _is_postgres(pid):
        for file in (place.data / "postmaster.pid", *place.run.glob(".s.PGSQL.*.lock")):
            with contextlib.suppress(OSError):
                file.unlink()


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _trim_log(place: Place) -> int:
    """Keep the log of one size: a long one is set aside once. Gives where this start's lines will begin."""
    size = place.log.stat().st_size if place.log.exists() else 0
    if size <= LOG_LIMIT:
        return size
    place.log.replace(place.log.with_suffix(".1.log"))
    return 0


def _read_from(file: Path, mark: int) -> str:
    try:
        with file.open("rb") as stream:
            stream.seek(mark)
            return stream.read().decode("utf-8", errors="replace")
    except OSError:
        return ""
