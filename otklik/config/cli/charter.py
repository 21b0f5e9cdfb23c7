"""`otklik charter check` and `otklik charter load`: presets read, counted and brought into the database."""

import json
import sys
from pathlib import Path

import click
from django.db import OperationalError, ProgrammingError

from otklik.charter.checking import Checked, Totals, check_presets, done_in_database
from otklik.charter.errors import CharterError
from otklik.charter.files import preset_folders
from otklik.charter.services import load_charter
from otklik.common.errors import Refused


@click.group()
def charter() -> None:
    """Положения муниципалитетов: проверить файлы, загрузить в базу."""


@charter.command()
@click.argument("presets", nargs=-1, metavar="[ПОЛОЖЕНИЕ…]")
@click.option("--all", "every", is_flag=True, help="все найденные положения (так и без имён)")
@click.option("--json", "as_json", is_flag=True, help="итог одной строкой JSON")
def check(presets: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Проверить charter.toml и clauses.csv; по базе, если она есть, сказать, что ещё не исполнялось."""
    checked = _checked(_chosen(() if every else presets))
    if as_json:
        click.echo(json.dumps(checked.totals, ensure_ascii=False))
    else:
        _print_totals(checked.totals)
    for fault in checked.faults:
        click.echo(str(fault), err=True)
    if checked.faults:
        sys.exit(1)


@charter.command()
@click.argument("presets", nargs=-1, metavar="[ПОЛОЖЕНИЕ…]")
def load(presets: tuple[str, ...]) -> None:
    """Загрузить положения в базу; повтор ничего не меняет."""
    for key, folder in _chosen(presets).items():
        try:
            loaded = load_charter(folder)
        except CharterError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        if loaded.is_changed:
            click.echo(
                f"{key}: загружено, пунктов {loaded.clauses}, новых параметров {loaded.new_parameters}"
            )
        else:
            click.echo(f"{key}: без изменений")


def _checked(folders: dict[str, Path]) -> Checked:
    """The files are checked without a database too: then no duty has a record."""
    try:
        return check_presets(folders, done_in_database)
    except (OperationalError, ProgrammingError):
        click.echo("База не отвечает или пуста: исполнение пунктов не посчитано.", err=True)
        return check_presets(folders)


def _chosen(names: tuple[str, ...]) -> dict[str, Path]:
    known = preset_folders()
    strangers = [name for name in names if name not in known]
    if strangers:
        raise Refused(f"Нет положения {', '.join(strangers)}. Есть: {', '.join(known)}.")
    return {name: known[name] for name in names} or known


def _print_totals(totals: Totals) -> None:
    for key, count in totals["presets"].items():
        click.echo(
            f"{key}: пунктов {count['clauses']}, с ключом {count['with_evidence_key']}, "
            f"с доказательством {count['with_query']}, ещё не исполнялось {len(count['never_exercised'])}"
        )
    click.echo(f"всего пунктов {totals['clauses']}, неизвестных ключей {totals['unknown']}")
