"""`otklik facts`: the daily facts built whole, or brought up to the last change."""

import click

from otklik.analytics.measures.page import page
from otklik.analytics.services import correct, rebuild
from otklik.common.models import Municipality
from otklik.common.words import plural
from otklik.config.cli.towns import named_town

MUNICIPALITY = click.option("--municipality", "key", help="Только этот муниципалитет; иначе все.")


@click.group("facts")
def command() -> None:
    """Показатели по дням: из них сводка, карта, рейтинг и отчёты."""


@command.command("rebuild")
@MUNICIPALITY
def rebuild_all(key: str | None) -> None:
    """Построить показатели заново по всем карточкам."""
    for town in _towns(key):
        rows = rebuild(town)
        click.echo(f"{town.short_name}: построено, {rows} {plural(rows, 'строка', 'строки', 'строк')}.")


@command.command("correct")
@MUNICIPALITY
def correct_touched(key: str | None) -> None:
    """Пересчитать только дни, которых коснулись изменения."""
    for town in _towns(key):
        days = correct(town)
        click.echo(f"{town.short_name}: пересчитано {days} {plural(days, 'день', 'дня', 'дней')}.")


@command.command("measures")
def measures() -> None:
    """Напечатать каталог показателей для docs/measures.md."""
    click.echo(page(), nl=False)


def _towns(key: str | None) -> list[Municipality]:
    return [named_town(key)] if key else list(Municipality.objects.all())
