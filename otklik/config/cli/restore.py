"""`otklik restore`: brings the archive of `otklik backup` back into an empty installation."""

import lzma
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path

import click
import psycopg

from otklik.config import paths, state
from otklik.config.archive import DUMP, KEY, client_program
from otklik.config.cli.failures import NO_ROOM
from otklik.config.cli.session import server
from otklik.config.trouble import Trouble


@click.command("restore")
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(archive: Path) -> None:
    """Вернуть базу и файлы из архива ARCHIVE. База должна быть пустой: живые данные не затираются."""
    with server() as running, tempfile.TemporaryDirectory() as side:
        _refuse_living()
        _unpack(archive, Path(side))
        words = [client_program(running, "pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error"]
        done = subprocess.run(  # noqa: S603 - our own words
            [*words, "--single-transaction", f"--dbname={state.owner_url()}", str(Path(side) / DUMP)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Trouble(f"База не восстановлена: {done.stderr.strip().splitlines()[0]}")
        return_files(Path(side))
        state.run_setup()
    click.echo("База и файлы возвращены.")


def _refuse_living() -> None:
    with psycopg.connect(state.owner_url()) as owner:
        row = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row and row[0]:
        raise Trouble(
            "В базе уже есть данные: восстанавливайте в пустую — назначьте OTKLIK_DATA новую папку "
            "или DATABASE_URL пустую базу."
        )


def _unpack(archive: Path, side: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(side, filter="data")
    except (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise
        raise Trouble(
            f"Архив {archive} не читается: это не архив otklik backup или он переписан не до конца."
        ) from error
    if not (side / DUMP).exists():
        raise Trouble(f"В {archive} нет базы: это не архив otklik backup.")


def return_files(side: Path) -> None:
    """Files go beside those already there; an existing one of the same name stays.

    The key alone takes the place of the one that this very command has just made for an empty installation:
    secrets of channels and links of the restored database open with no other.
    """
    data = paths.data_dir()
    for source in (side / "files").rglob("*"):
        target = data / source.relative_to(side)
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    if (side / KEY).is_file():
        shutil.copy2(side / KEY, data / KEY)
