"""Rows of municipalities, remembered for a few seconds per process: every request of the desk needs them."""

import time
from collections.abc import Iterable

from otklik.common.models import Municipality

MEMORY_SECONDS = 5.0
_kept: list[tuple[float, dict[int, Municipality]]] = []


def towns_of(ids: Iterable[int]) -> list[Municipality]:
    """The municipalities of these ids by name; one just made is found at once."""
    wanted = list(ids)
    rows = _kept[0][1] if _kept and time.monotonic() - _kept[0][0] < MEMORY_SECONDS else {}
    if any(key not in rows for key in wanted):
        rows = {town.pk: town for town in Municipality.objects.all()}
        _kept[:] = [(time.monotonic(), rows)]
    return sorted((rows[key] for key in wanted if key in rows), key=lambda town: town.name)
