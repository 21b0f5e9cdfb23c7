"""`otklik demo --live`: the fake network, its page for visitors and the whole system beside it, until Ctrl+C."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import otklik
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.config.demo.live import best_town, connected, kinds_of
from otklik.config.supervise import die_with_parent
from otklik.config.trouble import Trouble
from otklik.places.ground import ground_of

ROOT = Path(otklik.__file__).parents[1]
HOST = "127.0.0.1"
STOP_SECONDS = 45
NO_NETWORK = (
    "Учебной сети рядом нет: показ с живыми каналами запускают из папки исходного кода проекта, "
    "где есть tests/fakes."
)
NO_ROOMS = (
    "В этих городах нет каналов Telegram, MAX и ВКонтакте: выберите другой город, "
    "например otklik demo mikhaylovka --live."
)
NO_TOWN = "Учебных городов нет: сначала выполните otklik demo."


def run_show(towns: list[Municipality], port: int, network_port: int) -> None:
    """Raises Trouble when the fake network is not here or does not start."""
    if not (ROOT / "tests" / "fakes" / "live.py").exists():
        raise Trouble(NO_NETWORK)
    town = best_town(towns)
    if town is None:
        raise Trouble(NO_TOWN)
    if not kinds_of(town):
        raise Trouble(NO_ROOMS)
    desk, network = f"http://{HOST}:{port}/", f"http://{HOST}:{network_port}"
    os.environ["PUBLIC_URL"] = desk.rstrip("/")
    os.environ["OTKLIK_OUTSIDE_ALLOWED"] = f"{HOST}:{network_port}"
    with _network(network_port, desk, town), connected(town, network) as titles:
        click.echo(f"\nПоказ: {town.name}, каналы {', '.join(titles)}.")
        click.echo(f"Пишите как житель: {network}/visit/")
        _system(port)


@contextmanager
def _network(port: int, desk: str, town: Municipality) -> Iterator[None]:
    """The fake network is up in the block."""
    words = [sys.executable, "-m", "tests.fakes.live", "--port", str(port), "--desk", desk]
    words += ["--town", town.short_name, "--rooms", ",".join(kinds_of(town))]
    with within(town.pk):
        centre = ground_of(town)["centre"]
    if centre:
        words += ["--point", f"{centre[0]},{centre[1]}"]
    started = subprocess.Popen(  # noqa: S603 - our own words
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
        text=True,
    )
    try:
        if not started.stdout or not started.stdout.readline():
            raise Trouble(
                f"Учебная сеть не запустилась: порт {port} занят, выберите другой в --network-port."
            )
        yield
    finally:
        started.terminate()
        started.wait(timeout=10)


def _system(port: int) -> None:
    """The system itself, till it ends or we are told to stop.

    In a session of its own: Ctrl+C reaches us alone, and the system is told to stop once, however we were told.
    """
    system = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "otklik", "up", "--port", str(port)],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    try:
        system.wait()
    except KeyboardInterrupt:
        pass
    finally:
        system.terminate()
        try:
            system.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            system.kill()
            system.wait()
