"""`otklik up`: the whole system on one host — database, pages, background work — until Ctrl+C."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import click

from otklik.config import env, paths, state
from otklik.config.cli.session import server
from otklik.config.privatedb import Running
from otklik.config.supervise import Child, stop_all, watch
from otklik.config.trouble import Trouble

START_SECONDS = 60.0
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not listened on


@click.command("up")
@click.option("--host", default="127.0.0.1", show_default=True, help="Адрес, на котором слушать.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Порт страниц.")
@click.option("--demo", is_flag=True, help="При первом запуске наполнить учебные города.")
@click.option("--no-worker", is_flag=True, help="Без фоновых дел: их ведёт otklik worker.")
@click.option(
    "--web-workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Процессов страниц."
)
def command(host: str, port: int, demo: bool, no_worker: bool, web_workers: int) -> None:
    """Запустить систему: база данных, страницы и фоновые дела."""
    _check_port(host, port)
    address = f"http://{'127.0.0.1' if host in EVERYWHERE else host}:{port}"
    os.environ.setdefault("PUBLIC_URL", address)
    # Threads share two heaps: one for each would keep tens of megabytes idle.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    with server() as running:
        if state.needs_setup():
            state.run_setup()
        if demo and not state.read("demo"):
            _fill_demo()
        logs = paths.data_dir() / "log"
        web = Child("Страницы", _web_words(host, port, web_workers), logs / "web.log")
        worker = Child("Фоновые дела", [sys.executable, "-m", "otklik", "worker"], logs / "worker.log")
        children = [web] if no_worker else [web, worker]
        try:
            web.start()
            _wait_for_first_page(address, web)
            _greet(address, host)
            if not no_worker:
                worker.start()  # after the pages: both at once would load the same code twice as slowly
            watch(children, lambda: _keep_database(running))
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            click.echo("Останавливаю…")
            stop_all(children)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(
                f"Порт {port} открыт только root: выберите порт от 1024, например --port 8000."
            ) from error
        except OSError as error:
            raise Trouble(
                f"Порт {port} на {host} занят другой программой: выберите другой, например --port {port + 1}."
            ) from error


def _web_words(host: str, port: int, workers: int) -> list[str]:
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    words += ["--workers", str(workers), "--blocking-threads", "8", "--respawn-failed-workers"]
    # A worker told to stop while it still loads would never hear of it.
    words += ["--workers-kill-timeout", "5"]
    return [*words, "--no-ws", "--log-level", "error", "otklik.config.wsgi:application"]


def _fill_demo() -> None:
    words = [sys.executable, "-m", "otklik", "demo"]
    if subprocess.run(words, check=False).returncode:  # noqa: S603 - our own words
        raise Trouble(
            "Учебные города не наполнены: причина названа строкой выше, система без них — otklik up."
        )
    state.write("demo", "filled")


def _wait_for_first_page(address: str, web: Child) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if not web.alive():
            raise Trouble(f"Страницы не запустились: причина — в конце файла {web.log}.")
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=2):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError:
            return  # it answers, though not as it should: the pages will say what is wrong
        except OSError:
            time.sleep(0.05)
    raise Trouble(
        f"Страницы не ответили за {START_SECONDS:.0f} секунд: проверьте установку командой otklik doctor."
    )


def _keep_database(running: Running | None) -> None:
    if running and running.revive():
        click.echo("Сервер базы был остановлен извне и запущен снова.", err=True)


def _greet(address: str, host: str) -> None:
    click.echo(f"\nОтклик работает: {address}")
    if host in EVERYWHERE and not env.text("ALLOWED_HOSTS"):
        click.echo("С других компьютеров он откроется, когда их имя для него будет названо в ALLOWED_HOSTS.")
    for line in _sign_ins():
        click.echo(line)
    if not state.has_accounts():
        click.echo("Войти пока некому: выполните otklik person --municipality КЛЮЧ --login ИМЯ.")
    click.echo("Остановить: Ctrl+C")


def _sign_ins() -> Iterator[str]:
    """Whom one may sign in as, kept by `otklik demo` as [{municipality, role, username, password}, …]."""
    try:
        known = json.loads(state.demo_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    yield "Войти можно так:"
    width = max((len(one["role"]) for one in known), default=0)
    town = ""
    for one in known:
        if one["municipality"] != town:
            town = one["municipality"]
            yield f"  {town}"
        yield f"    {one['role']:<{width}}  {one['username']}  {one['password']}"
