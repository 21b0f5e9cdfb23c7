"""`python -m bench.channel_worker read|register SECONDS`: one half of the worker, as the timers would run it."""

import sys
import time

import django


def main(work: str, seconds: float) -> None:
    """Run the timers of reading and sending, or of registration, till the time is over."""
    until = time.monotonic() + seconds
    if work == "read":
        from otklik.channels.tasks import read_feeds, send_waiting

        while time.monotonic() < until:
            read_feeds()
            send_waiting()
        return
    from otklik.cases.tasks import take_in
    from otklik.topics.services import warm

    warm()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while time.monotonic() < until:
        if not take_in():
            time.sleep(0.5)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], float(sys.argv[2]))
