"""`otklik lake`: depersonalised daily facts as Parquet for several regions at once."""

from datetime import date, datetime
from pathlib import Path

import click

from otklik.analytics.lake.export import export
from otklik.analytics.services import correct
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import plural
from otklik.config.cli.towns import named_town

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("lake")
def command() -> None:
    """Обезличенные показатели по дням для анализа нескольких регионов."""


@command.command("export")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Куда записать.")
@click.option("--municipality", "key", help="Только этот муниципалитет; иначе все.")
@click.option("--since", type=DAY, help="С какого дня; иначе с первого.")
@click.option("--until", type=DAY, help="По какой день; иначе по последний.")
def export_facts(out: Path, key: str | None, since: datetime | None, until: datetime | None) -> None:
    """Записать показатели в Parquet: папка региона, в ней папка месяца. Сначала они доводятся до последней карточки."""
    first, last = since.date() if since else date.min, until.date() if until else date.max
    if first > last:
        raise Refused("День --since позже дня --until: поменяйте их местами.")
    for town in [named_town(key)] if key else Municipality.objects.all():
        correct(town)
        done = export(town, out, Period(first, last))
        files = plural(done.files, "файл", "файла", "файлов")
        rows = plural(done.rows, "строка", "строки", "строк")
        click.echo(f"{town.short_name}: {done.files} {files}, {done.rows} {rows}.")
