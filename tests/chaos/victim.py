"""`python -m tests.chaos.victim FOLDER STEP SECONDS`: a worker that is killed outright at the named step.

Reads the toy channel, fetches its files and sends what waits, by a clock that is SECONDS ahead; `never` lives on.
"""

import os
import signal
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import django


def main(folder: str, last: str, seconds: str) -> None:
    """Everything the worker's timers do for channels, once."""
    from django.utils import timezone

    from otklik.channels import steps
    from otklik.channels.adapters.registry import ADAPTERS
    from otklik.channels.adapters.sources import SOURCES
    from otklik.channels.models import Feed
    from otklik.channels.services.delivery import deliver_waiting
    from otklik.channels.services.media import fetch_waiting
    from otklik.common.scope import within_all
    from tests.chaos.recipe import lines, write_folder
    from tests.chaos.worker import read_on

    write_folder(Path(folder))
    told = lines()
    kind, name = told["ADAPTERS"]
    SOURCES.update([told["SOURCES"]])
    ADAPTERS[kind] = getattr(import_module(f"otklik.channels.adapters.{kind}.adapter"), name)()

    def reached(step: steps.Step) -> None:
        if step == last:
            os.kill(os.getpid(), signal.SIGKILL)

    steps.reached = reached
    now = timezone.now() + timedelta(seconds=float(seconds))
    with within_all():
        feed = Feed.objects.select_related("channel", "municipality").get(is_on=True)
    now = read_on(feed, now) + timedelta(minutes=1)
    fetch_waiting(feed.municipality, now)
    deliver_waiting(feed.municipality, now)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
