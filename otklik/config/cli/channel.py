"""`otklik channel`: how channels do, their settings, their secrets — read from the keyboard or the standard input."""

import json
import sys

import click
from django.utils import timezone

from otklik.channels.models import Channel, Feed
from otklik.channels.services.accounts import reseal, set_secret
from otklik.channels.services.feeds import read_now, switch_feed
from otklik.channels.services.settings import save_settings
from otklik.channels.services.trying import try_read
from otklik.channels.states import state_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.config.cli.towns import named_town
from otklik.places.selectors import gazetteer_of


@click.group("channel")
def command() -> None:
    """Каналы: состояние, настройки, секреты."""


def _town(function: click.decorators.FC) -> click.decorators.FC:
    return click.option("--municipality", "town", required=True, help="Чей канал.")(function)


def _channel(function: click.decorators.FC) -> click.decorators.FC:
    return _town(click.option("--channel", "key", required=True, help="Ключ канала из положения.")(function))


def _found(municipality: Municipality, key: str) -> Channel:
    channel = Channel.objects.filter(municipality=municipality, key=key).first()
    if channel is None:
        known = ", ".join(Channel.objects.order_by("position").values_list("key", flat=True))
        raise Refused(f"Канала «{key}» нет. Есть: {known}.")
    return channel


@command.command("list")
@_town
def show(town: str) -> None:
    """Показать каналы и что с каждым."""
    municipality = named_town(town)
    with within(municipality.pk):
        for channel in Channel.objects.filter(municipality=municipality).select_related("feed__municipality"):
            state = state_of(channel, timezone.now())
            mend = f" Что исправить: {state.mend}" if state.mend else ""
            click.echo(f"{channel.key:<20} {channel.title}: {state.words}.{mend}")


@command.command("set")
@_channel
@click.argument("name")
@click.argument("value")
def put(town: str, key: str, name: str, value: str) -> None:
    """Задать настройку канала: имя и значение (JSON или просто текст)."""
    municipality = named_town(town)
    with within(municipality.pk):
        channel = _found(municipality, key)
        gazetteer = gazetteer_of(municipality.key)
        places = {one.name for one in gazetteer.settlements} | {one.name for one in gazetteer.streets}
        save_settings(channel, {name: _value(value)}, None, places)
    click.echo(f"Канал «{key}»: {name} задано.")


@command.command("secret")
@_channel
@click.option("--name", required=True, help="Имя секрета: token, password, secret.")
def secret(town: str, key: str, name: str) -> None:
    """Запечатать секрет канала; пустой ввод удаляет его."""
    value = _asked() if sys.stdin.isatty() else sys.stdin.read()
    municipality = named_town(town)
    with within(municipality.pk):
        set_secret(_found(municipality, key), name, value.strip())
    click.echo(f"Канал «{key}»: секрет {name} {'запечатан' if value.strip() else 'удалён'}.")


@command.command("on")
@_channel
def switch_on(town: str, key: str) -> None:
    """Начать читать канал."""
    _switch(town, key, is_on=True)


@command.command("off")
@_channel
def switch_off(town: str, key: str) -> None:
    """Перестать читать канал; место чтения сохраняется."""
    _switch(town, key, is_on=False)


@command.command("now")
@_channel
def now(town: str, key: str) -> None:
    """Прочитать канал сейчас, не дожидаясь конца паузы."""
    municipality = named_town(town)
    with within(municipality.pk):
        feed = (
            Feed.objects.filter(channel=_found(municipality, key))
            .select_related("channel", "municipality")
            .first()
        )
        if feed is None:
            raise Refused("Чтение канала выключено: включите его.")
        read_now(feed, None, timezone.now())
    click.echo(f"Канал «{key}» будет прочитан в ближайшие секунды.")


@command.command("try")
@_channel
def dry_run(town: str, key: str) -> None:
    """Показать, что придёт, ничего не сохраняя."""
    municipality = named_town(town)
    with within(municipality.pk):
        channel = _found(municipality, key)
    for line in try_read(channel):
        click.echo(line)


@command.command("reseal")
def seal_anew() -> None:
    """Перепечатать все секреты нынешним ключом.

    Прежний ключ установки до этого стоит в SECRET_KEY_FALLBACKS.
    """
    sealed = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            sealed += reseal(municipality.pk)
    click.echo(f"Перепечатано секретов: {sealed}. Прежний ключ можно убрать из SECRET_KEY_FALLBACKS.")


def _asked() -> str:
    """Typed unseen, so that it stays neither on the screen nor in the shell's history."""
    return str(click.prompt("Секрет", hide_input=True, default="", show_default=False))


def _switch(town: str, key: str, *, is_on: bool) -> None:
    municipality = named_town(town)
    with within(municipality.pk):
        switch_feed(_found(municipality, key), is_on)
    click.echo(f"Канал «{key}»: чтение {'включено' if is_on else 'выключено'}.")


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
