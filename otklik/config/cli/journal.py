"""`otklik verify-journal`: recounts every chain of the journal and names the first broken link of each."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from otklik.audit.models import JournalEntry
from otklik.audit.services import verify_journal
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.words import count
from otklik.config.cli.towns import named_towns


@click.command("verify-journal")
@click.option("--municipality", help="Только этот муниципалитет.")
@click.option("--json", "as_json", is_flag=True, help="Ответ в JSON.")
def command(municipality: str | None, as_json: bool) -> None:
    """Проверить целость журнала. Код выхода 1, если цепь где-то не сходится."""
    results = [_verify(town) for town in named_towns([municipality] if municipality else [])]
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False, indent=2))
    else:
        for line in _lines(results):
            click.echo(line)
    sys.exit(any(one["breaks"] for one in results))


def _verify(town: Municipality) -> dict[str, Any]:
    with within(town.id):
        breaks = verify_journal(town)
        entries = JournalEntry.objects.filter(municipality=town).count()
    return {"municipality": town.key, "entries": entries, "breaks": [asdict(one) for one in breaks]}


def _lines(results: list[dict[str, Any]]) -> Iterator[str]:
    for one in results:
        entries = count(one["entries"], "запись", "записи", "записей")
        if not one["breaks"]:
            yield f"{one['municipality']}: {entries}, цепь цела"
            continue
        yield f"{one['municipality']}: {entries}, цепь нарушена"
        yield from (f"  № {broken['number']}: {broken['words']}" for broken in one["breaks"])
