"""The `otklik` command itself: what it lists, how it fails, how quickly its help comes."""

import errno
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import OperationalError

from otklik.common.errors import Refused
from otklik.config.cli import COMMANDS, failures, load, main
from otklik.config.cli.failures import tell_failure
from otklik.config.trouble import Trouble


def test_it_names_every_command_in_its_help() -> None:
    done = CliRunner().invoke(main, ["--help"])
    assert all(name in done.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_named_command_is_there(name: str) -> None:
    assert isinstance(load(name), click.Command)


def test_help_loads_neither_django_nor_the_database_driver() -> None:
    code = "import sys, otklik.config.cli; print({'django', 'psycopg', 'numpy'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"
    )


@pytest.mark.parametrize("error", [Trouble("Порт занят."), Refused("Срок прошёл.")])
def test_a_known_failure_is_told_by_its_own_sentence(error: Exception) -> None:
    assert tell_failure(error) == str(error)


def test_a_server_that_fell_on_a_full_disk_is_told_as_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTKLIK_DATA", str(tmp_path))
    assert tell_failure(OperationalError("server closed")).startswith("Нет связи с базой")
    monkeypatch.setattr(failures, "LEAST_ROOM", 1 << 62)
    assert tell_failure(OperationalError("server closed")).startswith("На диске кончилось место")


def test_a_folder_of_somebody_else_is_named() -> None:
    said = tell_failure(PermissionError(errno.EACCES, "Permission denied", "/srv/copies"))
    assert said.startswith("Нет прав на /srv/copies: ")


def test_an_unknown_failure_keeps_its_trace_without_rows_of_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTKLIK_DATA", str(tmp_path))
    said = tell_failure(RuntimeError("duplicate key\nDETAIL:  Key (text)=(живу один) already exists."))
    log = tmp_path / "log" / "commands.log"
    assert str(log) in said
    kept = log.read_text(encoding="utf-8")
    assert "duplicate key" in kept
    assert "живу" not in kept


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["import"], "Не указано 'FILE'."),
        (["import", "no-such.csv"], "'FILE': нет такого: no-such.csv."),
        (["backup", ".", "--keep", "-1"], "'--keep': -1 не подходит: x>=0."),
        (["doctor", "--port", "web"], "'--port': «web» — не число."),
        (["demo", "--cases"], "После --cases нужно значение."),
        (["bakup"], "Команды bakup нет."),
    ],
)
def test_a_wrong_word_is_refused_in_russian(words: list[str], says: str) -> None:
    """Each command is asked alone: the group would start the database for it."""
    asked, rest = (load(words[0]), words[1:]) if words[0] in COMMANDS else (main, words)
    done = CliRunner().invoke(asked, rest)
    assert (done.exit_code, says in done.output) == (2, True), done.output


def test_help_has_no_english_line() -> None:
    said = CliRunner().invoke(load("doctor"), ["--help"]).output
    assert ("Показать эту справку." in said, "Usage" in said, "Options:" in said) == (True, False, False)
