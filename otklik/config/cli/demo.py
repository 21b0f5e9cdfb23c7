"""`otklik demo`: fill the towns of the presets with invented cases, once."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Never

import click
from django.utils import timezone
from tqdm import tqdm

from otklik.analytics.services import correct
from otklik.cases.models import Case
from otklik.channels.models import RawMessage
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.config.cli.towns import named_towns
from otklik.config.demo.analysis import make_analysis
from otklik.config.demo.campaigns import make_campaigns
from otklik.config.demo.content import make_content
from otklik.config.demo.pages import make_pages
from otklik.config.demo.papers import make_papers
from otklik.config.demo.risks import make_risks
from otklik.config.demo.town import PASSWORD, SignIn, make_cases, make_people
from otklik.config.demo.year.playing import MONTHS
from otklik.config.demo.year.together import play_towns
from otklik.config.show import run_show
from otklik.config.state import demo_file


@click.command("demo")
@click.argument("towns", nargs=-1, metavar="[ГОРОД…]")
@click.option(
    "--cases",
    default=300,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="сколько карточек в городе",
)
@click.option("--year", is_flag=True, help="прожить год: карточки, записки, рейтинг, решения по месяцам")
@click.option("--live", is_flag=True, help="после наполнения запустить систему с учебными мессенджерами")
@click.option("--port", default=8000, show_default=True, help="порт страниц при --live")
@click.option("--network-port", default=8090, show_default=True, help="порт учебных мессенджеров при --live")
def demo(towns: tuple[str, ...], cases: int, year: bool, live: bool, port: int, network_port: int) -> None:
    """Наполнить учебные города: сотрудники на каждую роль и карточки во всех состояниях."""
    chosen = _without_living(named_towns(towns))
    now = timezone.now()
    sign_ins = _live_a_year(chosen, now) if year else _fill(chosen, cases, now)
    _keep(sign_ins)
    click.echo(f"\nПароль всех учебных записей: {PASSWORD}")
    for one in sign_ins:
        click.echo(f"  {one.municipality:24} {one.username:34} {one.role}")
    if live:
        run_show(chosen, port, network_port)


def _without_living(chosen: list[Municipality]) -> list[Municipality]:
    """Towns without real messages: accounts with a known password must never open those.

    Raises `Refused` when no town is left to fill.
    """
    living = []
    for town in chosen:
        with within(town.pk):
            if not town.is_demo and RawMessage.objects.filter(municipality=town).exists():
                living.append(town)
    if not living:
        return chosen
    said = f"{', '.join(one.short_name for one in living)}: здесь настоящие обращения, учебных записей туда не кладут"
    if len(living) == len(chosen):
        raise Refused(
            f"{said}. Возьмите другую папку данных в OTKLIK_DATA; свою запись заводит otklik person."
        )
    click.echo(f"{said}. Свою запись заводит otklik person.", err=True)
    return [town for town in chosen if town not in living]


def _live_a_year(chosen: list[Municipality], now: datetime) -> list[SignIn]:
    """Twelve months of each town; a town that has lived through them is left as it is."""
    sign_ins: list[SignIn] = []
    with tqdm(total=MONTHS * len(chosen), unit="мес.", desc="Год учебных городов") as bar:
        play_towns([one.key for one in chosen], now, lambda: _advance(bar, 1))
    for municipality in chosen:
        with within(municipality.pk):
            sign_ins += make_people(municipality, timezone.localdate())
    return sign_ins


def _fill(chosen: list[Municipality], cases: int, now: datetime) -> list[SignIn]:
    sign_ins: list[SignIn] = []
    with tqdm(total=cases * len(chosen), unit="карт.", desc="Учебные города") as bar:
        for municipality in chosen:
            with within(municipality.pk):
                sign_ins += make_people(municipality, timezone.localdate())
                if Case.objects.filter(municipality=municipality).exists():
                    bar.update(cases)
                    continue
                Municipality.objects.filter(pk=municipality.pk).update(is_demo=True)
                make_cases(municipality, now, cases, lambda count: _advance(bar, count))
            correct(municipality)
            with within(municipality.pk):
                make_analysis(municipality, now)
                make_papers(municipality, now)
                make_campaigns(municipality, now)
                make_pages(municipality, now)
                make_content(municipality, now)
                make_risks(municipality, now)
    return sign_ins


def _advance(bar: "tqdm[Never]", count: int) -> None:
    bar.update(count)


def _keep(sign_ins: list[SignIn]) -> None:
    """`otklik up` prints them at every start; towns filled before stay in the list."""
    file = demo_file()
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    filled = {one.key for one in sign_ins}
    kept = [one for one in kept if one["key"] not in filled]
    lines = [*kept, *(asdict(one) for one in sign_ins)]
    file.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
