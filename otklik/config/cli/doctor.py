"""`otklik doctor`: looks at the installation and says of each part whether it is in order and how to mend it."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict

import click
import psycopg

from otklik.config.cli.session import django_only, server
from otklik.config.doctor import database, host
from otklik.config.doctor.finding import Finding, bad
from otklik.config.trouble import Trouble

PORT = click.IntRange(1, 65535)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Список JSON для других программ.")
@click.option("--port", default=8000, show_default=True, type=PORT, help="Порт страниц, который проверить.")
def command(as_json: bool, port: int) -> None:
    """Проверить установку. Код выхода 1, если что-то надо чинить."""
    findings = [*host.examine(port), *_inside()]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            click.echo(one.line())
    sys.exit(any(one.state == "bad" for one in findings))


def _inside() -> Iterator[Finding]:
    """What only a running database tells; when it does not answer, that is the finding."""
    try:
        with server(), django_only():
            yield from database.examine()
            yield from _town()
    except Trouble as error:
        yield bad("база данных", "не запускается", str(error))
    except psycopg.Error as error:
        yield bad("база данных", "не отвечает", f"проверьте DATABASE_URL: {str(error).splitlines()[0]}")


def _town() -> Iterator[Finding]:
    examine: Callable[[], Iterator[Finding]]
    from otklik.config.doctor.town import examine  # models are readable only now

    yield from examine()
