"""Keeps child processes alive until told to stop: the web server and the worker of `otklik up`."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from otklik.config.trouble import Trouble

QUICK_SECONDS, QUICK_DEATHS = 60.0, 5
GRACE_SECONDS = 25.0
LOG_LIMIT = 10 * 1024**2
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass
class Child:
    """One program that must run; `name` is how the person hears of it, `log` takes all that it prints."""

    name: str
    words: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """In a session of its own: Ctrl+C reaches the parent alone, and the order of stopping is ours."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own words
                self.words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self, now: float) -> None:
        """Start again. Raises Trouble when it keeps dying: a loop of restarts helps nobody."""
        self.deaths = [at for at in self.deaths if now - at < QUICK_SECONDS] + [now]
        if len(self.deaths) >= QUICK_DEATHS:
            raise Trouble(f"{self.name} не держится: причина — в конце файла {self.log}.")
        self._end_orphans()
        self.start()

    def _end_orphans(self) -> None:
        """What the dead program itself had started would go on holding its port."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        if self.process and self.alive():
            self.process.terminate()

    def wait_or_kill(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._end_orphans()
            self.process.wait()


def die_with_parent() -> None:
    """Run in a child before it begins: Linux ends it when we are killed outright; elsewhere there is no such call."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def watch(children: Sequence[Child], each_second: Callable[[], None]) -> None:
    """Until the process is told to stop: `each_second` first (the database must be up), then the children."""
    while True:
        time.sleep(1)
        each_second()
        for child in children:
            if not child.alive():
                child.revive(time.monotonic())


def stop_all(children: Sequence[Child]) -> None:
    """Ask each politely, wait for all, then end what has not heard."""
    until = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_or_kill(until)
