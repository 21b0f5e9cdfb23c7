"""`python -m bench.channel_worker read|register SECONDS`: one half of the worker, as the timers would run it."""

import sys
import threading
import time
from collections.abc import Callable

import django


def main(work: str, seconds: float) -> None:
    """Run the timers of reading and sending, or of registration, till the time is over."""
    until = time.monotonic() + seconds
    if work == "read":
        from otklik.channels.services.reading import warm as load_sources
        from otklik.channels.tasks import read_feeds, send_waiting

        load_sources()
        read_feeds()
        _ready()
        # Beside each other, as the worker runs its timers.
        threading.Thread(target=_again, args=(send_waiting, until), daemon=True).start()
        _again(read_feeds, until)
        return
    from otklik.cases.tasks import take_in
    from otklik.topics.services import warm

    warm()
    _ready()
    while time.monotonic() < until:
        if not take_in():
            time.sleep(0.5)


def _again(task: Callable[[], int], until: float) -> None:
    while time.monotonic() < until:
        if not task():
            time.sleep(0.2)


def _ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], float(sys.argv[2]))
