"""Deeds of several people at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from otklik.common.errors import Refused


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Run the deeds in threads of their own connections; what each came to: «done» or the refusal."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        start.wait(10)
        try:
            deed()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))
