"""`otklik bench NAME`: measures one thing on a database of its own, which it makes and drops."""

import importlib
import json
import sys
from dataclasses import asdict
from typing import Any

import click

from otklik.config import paths
from otklik.config.bench_database import bench_database
from otklik.config.trouble import Trouble

# Each is a file of the folder bench with `measure(cases) -> Measured`; True: it wants a database with presets.
BENCHES = {
    "intake": True,
    "api": True,
    "list": True,
    "search": True,
    "card": True,
    "analytics": True,
    "heatmap": True,
    "map": True,
    "summary": True,
    "rating": True,
    "report": True,
    "channels": True,
    "votes": True,
    "start": False,
}


@click.command("bench")
@click.argument("name", type=click.Choice(list(BENCHES)))
@click.option(
    "--cases",
    default=10_000,
    show_default=True,
    type=click.IntRange(1),
    help="Сколько карточек в базе (votes — сколько голосов).",
)
@click.option(
    "--facts", default=0, type=click.IntRange(0), help="Только analytics: сколько показателей по дням в базе."
)
@click.option("--rate", default=210, type=click.IntRange(1), help="Только channels: сообщений в секунду.")
@click.option("--seconds", default=60, type=click.IntRange(1), help="Только channels: сколько времени пишут.")
@click.option("--faults", is_flag=True, help="Только channels: системы отвечают с ошибками.")
@click.option("--json", "as_json", is_flag=True, help="Ответ в JSON.")
def command(name: str, cases: int, facts: int, rate: int, seconds: int, faults: bool, as_json: bool) -> None:
    """Измерить скорость названного на базе, которую команда сама создаёт и удаляет."""
    if not (paths.PROJECT_DIR / "bench" / f"{name}.py").exists():
        raise Trouble(f"Измерения {name} здесь нет: оно лежит в папке bench исходного кода.")
    if facts and name != "analytics":
        raise click.BadParameter("показатели задают только для analytics", param_hint="--facts")
    more: dict[str, int] = {"facts": facts} if facts else {}
    if name == "channels":
        more = {"rate": rate, "seconds": seconds, "faults": faults}
    sys.path.insert(0, str(paths.PROJECT_DIR))
    if BENCHES[name]:
        with bench_database():
            measured = _measure(name, cases, more)
    else:
        measured = _measure(name, cases, more)
    click.echo(json.dumps(measured) if as_json else _table(measured))


def _measure(name: str, cases: int, more: dict[str, int]) -> dict[str, Any]:
    return asdict(importlib.import_module(f"bench.{name}").measure(cases, **more))


def _table(measured: dict[str, Any]) -> str:
    return "\n".join(f"{key:<12} {'—' if value is None else value}" for key, value in measured.items())
