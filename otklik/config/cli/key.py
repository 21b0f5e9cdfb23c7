"""`otklik key`: keys of outer systems for the API. The key's text is printed once and kept nowhere."""

import click
from django.utils import timezone

from otklik.channels.models import ApiKey, Channel
from otklik.channels.services import make_key, revoke_key
from otklik.common.errors import Refused
from otklik.common.scope import within
from otklik.common.words import table_day
from otklik.config.cli.towns import named_town


@click.group("key")
def command() -> None:
    """Ключи других систем для API."""


@command.command("make")
@click.option("--municipality", "key", required=True, help="Чей ключ.")
@click.option("--channel", "channel_key", default="api", show_default=True, help="Ключ канала из положения.")
@click.option("--title", required=True, help="Какой системе выдаётся.")
def make(key: str, channel_key: str, title: str) -> None:
    """Выдать ключ; он показывается один раз."""
    municipality = named_town(key)
    with within(municipality.pk):
        channel = Channel.objects.filter(municipality=municipality, key=channel_key).first()
        if channel is None:
            known = ", ".join(Channel.objects.values_list("key", flat=True))
            raise Refused(f"Канала «{channel_key}» нет. Есть: {known}.")
        _, text = make_key(channel, title)
    click.echo(text)


@command.command("list")
@click.option("--municipality", "key", required=True, help="Чьи ключи.")
def show(key: str) -> None:
    """Показать выданные ключи: номер, начало, систему, канал."""
    municipality = named_town(key)
    with within(municipality.pk):
        for row in ApiKey.objects.filter(municipality=municipality).select_related("channel").order_by("id"):
            ended = f", отозван {table_day(timezone.localdate(row.revoked_at))}" if row.revoked_at else ""
            click.echo(f"{row.pk}  {row.prefix}…  {row.title}, {row.channel.title}{ended}")


@command.command("revoke")
@click.option("--municipality", "key", required=True, help="Чей ключ.")
@click.argument("number", type=int)
def revoke(key: str, number: int) -> None:
    """Отозвать ключ по номеру из списка; он перестаёт подходить сразу."""
    municipality = named_town(key)
    with within(municipality.pk):
        row = ApiKey.objects.filter(municipality=municipality, pk=number).first()
        if row is None:
            raise Refused(f"Ключа № {number} нет. Посмотрите список: otklik key list.")
        revoke_key(row)
    click.echo(f"Ключ № {number} отозван.")
