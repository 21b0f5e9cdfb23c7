"""`otklik licences`: what third-party packages of the lock are licensed under."""

import subprocess
import sys

import click


@click.command("licences")
@click.option("--json", "as_json", is_flag=True, help="Список JSON вместо таблицы.")
def command(as_json: bool) -> None:
    """Перечислить лицензии сторонних пакетов этой установки."""
    words = [sys.executable, "-m", "piplicenses", "--from=mixed", "--with-urls", "--order=license"]
    words += ["--format=json" if as_json else "--format=markdown"]
    sys.exit(subprocess.run(words, check=False).returncode)  # noqa: S603 - our own words
