"""`otklik backup`: the database, the attached files and the signing key in one archive that `restore` takes."""

import os
import subprocess
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

import click

from otklik.config import paths, state
from otklik.config.archive import DUMP, KEY, client_program
from otklik.config.cli.session import server
from otklik.config.trouble import Trouble


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keep",
    default=0,
    show_default=True,
    type=click.IntRange(0),
    help="Сколько последних архивов оставить; 0 — все.",
)
def command(folder: Path, keep: int) -> None:
    """Сохранить базу и файлы в архив в папке FOLDER. Система может при этом работать."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"otklik-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.tar"
    with server() as running, tempfile.TemporaryDirectory(dir=folder, prefix=".otklik-") as side:
        dump, part = Path(side) / DUMP, Path(side) / name
        words = [client_program(running, "pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
        done = subprocess.run(  # noqa: S603 - our own words
            [*words, f"--file={dump}", f"--dbname={state.owner_url()}"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Trouble(f"База не сохранена: {done.stderr.strip().splitlines()[-1]}")
        _pack(part, dump)
        part.chmod(0o600)  # citizens' words and the key are inside
        part.replace(folder / name)
    _drop_old(folder, keep)
    click.echo(f"Сохранено: {folder / name}")


def _pack(archive: Path, dump: Path) -> None:
    data = paths.data_dir()
    with tarfile.open(archive, "w") as tar:
        tar.add(dump, DUMP)
        for name in ("files", KEY):
            if (data / name).exists():
                tar.add(data / name, name)
    with archive.open("rb") as file:
        os.fsync(file.fileno())


def _drop_old(folder: Path, keep: int) -> None:
    archives = sorted(folder.glob("otklik-*.tar"))
    for archive in archives[:-keep] if keep else []:
        archive.unlink()
