"""Tables that came by themselves: a run of import for each, once for one content of one channel."""

from collections.abc import Sequence

from otklik.channels.adapters.source import Table
from otklik.channels.importing.preview import uploaded
from otklik.channels.importing.run import start_run
from otklik.channels.models import Channel, ImportRun


def open_tables(channel: Channel, tables: Sequence[Table]) -> int:
    """Open runs in the running transaction; the worker's timer reads them. Returns how many are new."""
    return sum(_open(channel, table) for table in tables)


def _open(channel: Channel, table: Table) -> bool:
    path = f"{channel.municipality.key}/imports/{table.digest}"
    # A clerk may have loaded the same file by hand: its rows are here already.
    if ImportRun.objects.filter(channel=channel, file_path=path).exclude(state="failed").exists():
        return False
    with uploaded(table.digest, channel.municipality).open("rb") as file:
        start_run(file, table.name, channel, preset=table.preset, columns=table.columns)
    return True
