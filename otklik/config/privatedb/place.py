"""Where a private database lies and how one gets into it.

An ordinary user has it in DATA/pg. Root, whose server runs as another user, has it there only when
OTKLIK_DATA names a folder that user can reach; otherwise in /var/lib/otklik/<digest of DATA>, and
DATA/pg.place says where.
"""

import hashlib
import json
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from otklik.config.privatedb.account import Account
from otklik.config.privatedb.binaries import SHARED
from otklik.config.trouble import Trouble

OWNER, APPLICATION, DATABASE = "otklik_owner", "otklik_app", "otklik"
SOCKET_LIMIT = 107
SOCKET_PORT = 5432


@dataclass(frozen=True)
class Access:
    """Passwords of the two roles, and the port; on a unix socket the port only names the socket file."""

    owner_password: str
    app_password: str
    port: int


@dataclass(frozen=True)
class Place:
    """The folder of one private database: `data`, `run` (socket), `log`, and the passwords beside them."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def log(self) -> Path:
        return self.folder / "log" / "server.log"

    @property
    def access_file(self) -> Path:
        return self.folder / "access.json"

    @property
    def by_socket(self) -> bool:
        """A unix socket's path must fit the kernel's limit; in a deeper folder the server uses loopback."""
        return len(os.fsencode(self.run / f".s.PGSQL.{SOCKET_PORT}")) <= SOCKET_LIMIT

    def url(self, role: str, access: Access, database: str = DATABASE) -> str:
        """The address of a database of this server for one of its two roles."""
        password = quote(access.owner_password if role == OWNER else access.app_password)
        if self.by_socket:
            query = urlencode({"host": str(self.run), "port": access.port})
            return f"postgresql://{role}:{password}@/{database}?{query}"
        return f"postgresql://{role}:{password}@127.0.0.1:{access.port}/{database}"


def prepare_place(data_dir: Path, account: Account, given: bool) -> Place:
    """Find or make the folder of the database that belongs to `data_dir`; `given` says OTKLIK_DATA named it.

    Only folders made here get an owner and a mode. Raises Trouble when the folder cannot be written.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        place = Place(_choose(data_dir, account, given))
        for folder, owned in ((place.folder, False), (place.run, True), (place.log.parent, True)):
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(0o700 if owned or not account.lent else 0o755)
                if owned:
                    account.own(folder)
    except PermissionError as error:
        raise Trouble(
            f"Нет прав на папку {error.filename or data_dir}: выполните команду от имени её владельца "
            "или назначьте другую папку в OTKLIK_DATA."
        ) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise Trouble(f"{data_dir} — не папка: назначьте другую в OTKLIK_DATA.") from error
    return place


def _choose(data_dir: Path, account: Account, given: bool) -> Path:
    near, pointer = data_dir / "pg", data_dir / "pg.place"
    if pointer.exists():
        return Path(pointer.read_text(encoding="utf-8").strip())
    if near.exists() or not account.lent or (given and account.reaches(data_dir)):
        return near
    chosen = _free_shared_folder(data_dir)
    pointer.write_text(f"{chosen}\n", encoding="utf-8")
    return chosen


def _free_shared_folder(data_dir: Path) -> Path:
    """A folder not taken yet: one left by a checkout that is gone keeps its data and is not taken over."""
    if not SHARED.exists():
        SHARED.mkdir(parents=True)
        SHARED.chmod(0o755)
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    names = [digest, *(f"{digest}-{number}" for number in range(2, 100))]
    return next(SHARED / name for name in names if not (SHARED / name).exists())


def read_access(place: Place) -> Access:
    """The passwords kept beside the database. Raises Trouble when they are lost or spoilt."""
    try:
        return Access(**json.loads(place.access_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Trouble(
            f"Не читается файл {place.access_file} с паролями базы: верните его из резервной копии."
        ) from error


def new_access(place: Place) -> Access:
    """Fresh passwords, and a free port when a socket will not do."""
    port = SOCKET_PORT if place.by_socket else free_port()
    return Access(secrets.token_urlsafe(24), secrets.token_urlsafe(24), port)


def write_access(place: Place, access: Access) -> None:
    """Keep the passwords readable by the owner alone; the file appears whole or not at all."""
    part = place.access_file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(vars(access), file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(place.access_file)


def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
