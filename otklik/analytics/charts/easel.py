"""Draws plots in a process beside: Altair and its engine would cost a web process two hundred megabytes.

One process for each process that draws, started by the first order and ended by itself after quiet minutes.
"""

import base64
import json
import select
import subprocess
import sys
from contextlib import suppress
from threading import Lock

from otklik.analytics.charts.plot import Order

PATIENCE_SECONDS = 30.0
WORDS = (sys.executable, "-m", "otklik.analytics.charts")


class NotDrawnError(Exception):
    """The drawing process failed; the text is for the log of an administrator."""


class Easel:
    """The process and its pipe; orders of several threads are drawn one after another."""

    def __init__(self, words: tuple[str, ...] = WORDS, patience: float = PATIENCE_SECONDS) -> None:
        self._words, self._patience = words, patience
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None

    def draw(self, order: Order) -> bytes:
        """The drawing of the order. Raises NotDrawnError when it cannot be made."""
        line = json.dumps(order.to_data()) + "\n"
        with self._lock:
            told = self._asked(line) or self._asked(line)
        if told is None:
            raise NotDrawnError("the drawing process ends as soon as it is asked")
        data = json.loads(told)
        if "drawing" not in data:
            raise NotDrawnError(str(data.get("fault")))
        return base64.b64decode(data["drawing"])

    def wake(self) -> None:
        """Start the process and do not wait: a drawing will be asked for soon. One that draws now is left alone."""
        if self._lock.acquire(blocking=False):
            try:
                self._started()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the process; the next order starts another."""
        with self._lock:
            self._drop()

    def _asked(self, line: str) -> str | None:
        """One line for one line; None when the process has ended meanwhile, of idleness or otherwise."""
        process = self._started()
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(line)
            process.stdin.flush()
        except OSError:
            self._drop()
            return None
        if not select.select([process.stdout], [], [], self._patience)[0]:
            self._drop()
            raise NotDrawnError(f"nothing was drawn in {self._patience:.0f} seconds")
        told = process.stdout.readline()
        if not told:
            self._drop()
        return told or None

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is None or self._process.poll() is not None:
            self._drop()
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                self._words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        return self._process

    def _drop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was written and not read is lost with the process
                        pipe.close()
            self._process = None


EASEL = Easel()
