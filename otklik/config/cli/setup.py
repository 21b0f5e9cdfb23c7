"""`otklik setup`: the steps that need the owner of the tables; other commands call it when it is due."""

import click

from otklik.config.cli.session import django_only, server


@click.command("setup")
def command() -> None:
    """Подготовить базу: таблицы, права ролей, справочники. Повторять можно сколько угодно раз."""
    with server(), django_only():
        from otklik.config.setup import set_up  # the models are readable only after Django is ready

        set_up(lambda words: click.echo(f"Готовлю базу: {words}…", err=True))
