"""`otklik streets`: the operator's list of streets or settlements into the gazetteer; again, it changes nothing."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from django.db import transaction
from django.utils import timezone

from otklik.cases.services.points import follow_points
from otklik.common.scope import within
from otklik.common.words import count
from otklik.config.cli.towns import named_town
from otklik.places.services import ListLoad, load_settlements, load_streets

SHOWN_ERRORS = 20


@click.command("streets")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--municipality", "key", required=True, help="Ключ муниципалитета: borovichi и другие.")
@click.option(
    "--settlements", is_flag=True, help="В файле населённые пункты: название, вид, ОКТМО, координаты."
)
@click.option("--json", "as_json", is_flag=True, help="Один объект JSON вместо слов.")
def command(file: Path, key: str, settlements: bool, as_json: bool) -> None:
    """Загрузить улицы из CSV: населённый пункт, тип, улица, широта, долгота. Столбцы узнаются по шапке."""
    municipality = named_town(key)
    with within(municipality.pk), transaction.atomic():
        load = (load_settlements if settlements else load_streets)(file, municipality)
        followed = follow_points(municipality, load.moved, None, timezone.now())
    told = {**asdict(load), "followed": followed}
    del told["moved"]
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _words(load, followed))


def _words(load: ListLoad, followed: int) -> str:
    read = count(load.read, "строка", "строки", "строк")
    lines = [f"Прочитано: {read}. Новых {load.new}, изменено {load.changed}, без изменений {load.unchanged}."]
    if followed:
        lines.append(f"Точку своего населённого пункта получили карточки: {followed}.")
    if load.bad:
        lines.append(f"Не принято {len(load.bad)}:")
        lines += [f"  строка {row.number}: {row.message} ({row.cells})" for row in load.bad[:SHOWN_ERRORS]]
    if len(load.bad) > SHOWN_ERRORS:
        lines.append(f"  и ещё {len(load.bad) - SHOWN_ERRORS}: все — с ключом --json.")
    return "\n".join(lines)
