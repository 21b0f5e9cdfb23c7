"""`otklik report`: a paper from the figures of now as files, without opening a screen."""

from pathlib import Path

import click
from django.utils import timezone

from otklik.analytics.services import correct
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.periods import write_period
from otklik.common.scope import within
from otklik.config.cli.failures import NO_ROOM
from otklik.config.cli.towns import named_town
from otklik.reports.about import find_about
from otklik.reports.composing import Order, asked_by, compose
from otklik.reports.forms import FORMS
from otklik.reports.parts import Document
from otklik.reports.periods import asked_period
from otklik.reports.render import RENDERERS
from otklik.reports.selectors import document_of
from otklik.reports.services import compose_report, freeze

ALL_FORMATS = ",".join(RENDERERS)
KINDS_OF_PAPER = "; ".join(f"{one.key} — {one.heading.lower()} {one.subject}" for one in FORMS.values())


@click.command("report", epilog=f"Формы: {KINDS_OF_PAPER}.")
@click.argument("form", metavar="ФОРМА", type=click.Choice(sorted(FORMS)))
@click.option("--municipality", "key", required=True, help="Ключ муниципалитета.")
@click.option(
    "--period", required=True, help="2026-10, 2026-Q3, 2026-W42, 2026-10-15, 2026-10-01..2026-10-15."
)
@click.option(
    "--about",
    "thing",
    default="",
    help="О чём бумага: topic:КЛЮЧ, block:КЛЮЧ, body:НОМЕР, settlement:НОМЕР, dashboard:НОМЕР, request:НОМЕР.",
)
@click.option("--format", "formats", default="docx,xlsx,pdf", help=f"Через запятую: {ALL_FORMATS}.")
@click.option(
    "--out",
    "folder",
    default=".",
    type=click.Path(file_okay=False, path_type=Path),
    help="Папка для файлов; новая создаётся.",
)
@click.option("--freeze", "is_frozen", is_flag=True, help="Заморозить под номером; иначе проект.")
def command(
    form: str, key: str, period: str, thing: str, formats: str, folder: Path, is_frozen: bool
) -> None:
    """Составить отчёт и записать его файлами: note, week, quarter, ukaz171, rating, справки и другие.

    Показатели сначала доводятся до последней карточки. Файл называется форма-муниципалитет-период.формат.
    """
    wanted, town, days = _formats(formats), named_town(key), asked_period(period)
    correct(town)
    with within(town.pk):
        kind, _, thing_key = thing.partition(":")
        about = find_about(town, kind, thing_key)
        order = Order(FORMS[form], days, asked_by(charter_of(town), FORMS[form]), about)
        document = _kept(town, order) if is_frozen else compose(town, order, timezone.now())
    for one in wanted:
        path = folder / f"{form}-{town.key}-{write_period(days)}.{one}"
        _write(path, RENDERERS[one](document))
        click.echo(f"{path}")


def _formats(spelled: str) -> list[str]:
    """Each format once, in the order asked. Raises Refused for one that is not there, or for none."""
    wanted = list(dict.fromkeys(one.strip().lower() for one in spelled.split(",") if one.strip()))
    if strangers := [one for one in wanted if one not in RENDERERS]:
        raise Refused(f"Формата «{strangers[0]}» нет; есть {ALL_FORMATS}.")
    if not wanted:
        raise Refused(f"Назовите хотя бы один формат: {ALL_FORMATS}.")
    return wanted


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as fault:
        if fault.errno in NO_ROOM:
            raise
        raise Refused(f"Файл {path} не записан: {fault.strerror}. Назовите другую папку в --out.") from fault


def _kept(town: Municipality, order: Order) -> Document:
    """The paper frozen under the next number; the desk shows it too."""
    now = timezone.now()
    return document_of(freeze(compose_report(town, order, None, now), None, now))
