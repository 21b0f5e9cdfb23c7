"""`otklik manage …`: Django's own commands on the installation's database."""

import os
import subprocess
import sys

import click

from otklik.config import state
from otklik.config.cli.session import server


@click.command("manage", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Выполнить команду Django, например: otklik manage changepassword ИМЯ."""
    with server():
        if state.needs_setup():
            state.run_setup()
        program = [sys.executable, "-m", "django", *words]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "otklik.config.settings"}
        sys.exit(subprocess.run(program, env=environment, check=False).returncode)  # noqa: S603 - the person's words
