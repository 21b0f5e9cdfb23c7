"""Whether the database already has the shape and the reference data of this code; answered without Django.

The digest of every migration and preset file is kept in the database itself, in the table `otklik_setup`.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from otklik.charter.extra import extra_folder
from otklik.config import env, paths
from otklik.config.trouble import Trouble

PACKAGE = Path(__file__).resolve().parent.parent
DATA_SUFFIXES = {".toml", ".csv", ".json"}
NOT_DATA = {"tests", "static", "templates", "__pycache__"}
TABLE = "CREATE TABLE IF NOT EXISTS otklik_setup (key text PRIMARY KEY, value text NOT NULL)"


def digest() -> str:
    """A fingerprint of all that `setup` depends on: migrations, grants, the loading, reference files."""
    total = hashlib.sha256()
    for file in sorted(_depends_on()):
        total.update(file.name.encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def _depends_on() -> Iterator[Path]:
    yield from (PACKAGE / "config" / name for name in ("grants.py", "setup.py"))
    yield from PACKAGE.glob("*/migrations/*.py")
    extra = extra_folder()
    for root in [PACKAGE, *([extra] if extra else [])]:
        for folder, below, names in os.walk(root):
            below[:] = [name for name in below if name not in NOT_DATA]
            yield from (Path(folder, name) for name in names if Path(name).suffix in DATA_SUFFIXES)


def needs_setup() -> bool:
    """True on a fresh database and after an update of the code. Reads DATABASE_URL.

    Raises Refused when OTKLIK_PRESETS names no presets: every command passes here.
    """
    return read("digest") != digest()


def run_setup() -> None:
    """`otklik setup` in a process of its own, which connects as the owner. Raises Trouble when it fails."""
    words = [sys.executable, "-m", "otklik", "setup"]
    if subprocess.run(words, check=False, stdout=sys.stderr).returncode:  # noqa: S603 - our own words
        raise Trouble("База не подготовлена: причина названа строкой выше.")


def read(key: str) -> str | None:
    """A value kept by `write`, None when there is none yet."""
    with psycopg.connect(env.text("DATABASE_URL"), connect_timeout=10) as connection:
        if connection.execute("SELECT to_regclass('otklik_setup')").fetchone() == (None,):
            return None
        row = connection.execute("SELECT value FROM otklik_setup WHERE key = %s", [key]).fetchone()
    return str(row[0]) if row else None


def has_accounts() -> bool:
    """Whether anybody could sign in."""
    with psycopg.connect(env.text("DATABASE_URL"), connect_timeout=10) as connection:
        row = connection.execute("SELECT EXISTS (SELECT 1 FROM accounts_user WHERE is_active)").fetchone()
    return bool(row and row[0])


def prepare_table() -> None:
    """Make the table of `read` and `write`, as the owner."""
    with psycopg.connect(owner_url(), connect_timeout=10) as connection:
        connection.execute(TABLE)


def write(key: str, value: str) -> None:
    """Keep a value, as the owner of the tables."""
    with psycopg.connect(owner_url(), connect_timeout=10) as connection:
        connection.execute(TABLE)
        connection.execute(
            "INSERT INTO otklik_setup VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )


def owner_url() -> str:
    """The owner's address; without one the application itself must own its tables."""
    return env.text("OTKLIK_OWNER_URL") or env.text("DATABASE_URL")


def demo_file() -> Path:
    """Where the demo towns' sign-ins are kept for `up` to print."""
    return paths.data_dir() / "demo.json"
