"""What all measurements share: the figures they give, timing, memory and counting of queries."""

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Measured:
    """One line of the table; None where a figure does not apply. Milliseconds, pieces a second, megabytes."""

    name: str
    cases: int
    p50_ms: float | None = None
    p95_ms: float | None = None
    per_second: float | None = None
    sql: int | None = None
    peak_mb: float | None = None


def timed(deed: Callable[[int], object], times: int) -> list[float]:
    """Seconds of each call; the deed gets the number of the call."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        deed(number)
        taken.append(time.perf_counter() - start)
    return taken


def spread(seconds: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    last = min(len(ordered) - 1, int(len(ordered) * 0.95))
    return round(statistics.median(ordered) * 1000, 2), round(ordered[last] * 1000, 2)


def count_sql(deed: Callable[[], object]) -> int:
    """How many queries the deed sends from this process; the opening and the end of a transaction are none."""
    with CaptureQueriesContext(connection) as seen:
        deed()
    return sum(query["sql"] not in ("BEGIN", "COMMIT") for query in seen.captured_queries)


def peak_mb() -> float:
    """The most memory this process has held."""
    unit = 1024 if sys.platform != "darwin" else 1024**2
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def family_mb(pid: int) -> float:
    """Memory of a process with all its descendants now; shared pages are counted once."""
    parents = {int(file.parent.name): _parent(file) for file in Path("/proc").glob("[0-9]*/stat")}
    family, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in family} - family
        grown, family = bool(more), family | more
    return round(sum(_proportional_kb(one) for one in family) / 1024, 1)


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _proportional_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
