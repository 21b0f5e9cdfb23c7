"""Drawings kept as files by what they show: the same rows are drawn once for all processes and people.

A page takes what is kept and asks for the rest afterwards, so its first paint never waits for a drawing.
"""

import os
import time
from pathlib import Path

from django.conf import settings

from otklik.analytics.charts.easel import EASEL
from otklik.analytics.charts.plot import Order

KEPT_SECONDS = 7 * 24 * 3600


def kept(order: Order) -> bytes | None:
    """The drawing if it was made before."""
    try:
        return _place(order).read_bytes()
    except OSError:
        return None


def drawn(order: Order) -> bytes:
    """The drawing, made now when it is not kept. Raises `easel.NotDrawnError`."""
    found = kept(order)
    if found is None:
        found = EASEL.draw(order)
        _keep(order, found)
    return found


def _place(order: Order) -> Path:
    digest = order.digest
    return Path(settings.DATA_DIR) / "charts" / digest[:2] / f"{digest}.{order.look}"


def _keep(order: Order, drawing: bytes) -> None:
    """Whole or not at all: another process may be reading. A folder that takes no files only costs time."""
    place = _place(order)
    part = place.with_suffix(f".{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _forget_old(place.parent)
        part.write_bytes(drawing)
        part.replace(place)
    except OSError:
        part.unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    """Drawings of a week ago show figures nobody asks for; the folder of this one is swept with each new one."""
    edge = time.time() - KEPT_SECONDS
    for file in folder.iterdir():
        if file.stat().st_mtime < edge:
            file.unlink(missing_ok=True)
