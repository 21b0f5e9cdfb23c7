"""`python -m tests.chaos.poster STEP SECONDS`: a worker that is killed outright while it places posts.

Places what is due and sends what waits, by a clock that is SECONDS ahead; `never` lives on.
"""

import os
import signal
import sys
from datetime import timedelta

import django


def main(last: str, seconds: str) -> None:
    """Everything the worker's timers do for posts, once."""
    from django.utils import timezone

    from otklik.channels import steps
    from otklik.channels.services.delivery import deliver_waiting
    from otklik.common.models import Municipality
    from otklik.outreach.content.services import place_due

    def reached(step: steps.Step) -> None:
        if step == last:
            os.kill(os.getpid(), signal.SIGKILL)

    steps.reached = reached
    now = timezone.now() + timedelta(seconds=float(seconds))
    for place in Municipality.objects.all():
        place_due(place, now)
        deliver_waiting(place, now)
        place_due(place, now)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
