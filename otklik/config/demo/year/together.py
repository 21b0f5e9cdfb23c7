"""Several towns play their years at once, one process a town and one process more than processors.

With as many as processors the last of five towns would play alone, and the other processor would stand idle.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.queues import Queue
from queue import Empty
from typing import TypeAlias

from otklik.common.memory import begin_process

Ticks: TypeAlias = "Queue[None]"
LISTEN_SECONDS = 0.3

_ticks: list[Ticks] = []


def play_towns(keys: Sequence[str], now: datetime, tell: Callable[[], None]) -> None:
    """Play the year of each town; `tell` is called after each month of each. Raises what a town's year raised."""
    context = get_context("spawn")
    ticks: Ticks = context.Queue()
    processes = min(len(keys), len(os.sched_getaffinity(0)) + 1)
    with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(ticks,)) as pool:
        waiting: set[Future[None]] = {pool.submit(_play, key, now) for key in keys}
        while waiting:
            done, waiting = wait(waiting, LISTEN_SECONDS, FIRST_COMPLETED)
            _hear(ticks, tell)
            for one in done:
                one.result()
    _hear(ticks, tell)


def _hear(ticks: Ticks, tell: Callable[[], None]) -> None:
    try:
        while True:
            ticks.get_nowait()
            tell()
    except Empty:
        return


def _begin(ticks: Ticks) -> None:
    begin_process()
    _ticks.append(ticks)


def _play(key: str, now: datetime) -> None:
    # A fresh process imports what reads the models only once Django stands.
    from otklik.config.demo.year.playing import play_town

    play_town(key, now, lambda: _ticks[0].put(None))
