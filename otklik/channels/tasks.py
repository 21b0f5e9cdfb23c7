"""Timers of channels; each is safe to run twice."""

from contextlib import suppress

from django.utils import timezone

from otklik.channels.forget import erase_old
from otklik.channels.forget_talks import forget_talks
from otklik.channels.importing.run import take_in
from otklik.channels.importing.stopping import TO_READ
from otklik.channels.models import ImportRun
from otklik.channels.services.alarms import watch_feeds
from otklik.channels.services.delivery import deliver_waiting
from otklik.channels.services.media import fetch_waiting
from otklik.channels.services.reading import read_for
from otklik.channels.services.talking import is_speaking, walk_talks
from otklik.charter.selectors import parameter
from otklik.common.errors import Refused
from otklik.common.everywhere import everywhere, everywhere_in_steps
from otklik.common.models import Municipality
from otklik.common.scope import within

READ_SECONDS = 4.5
"""A little less than the timer's step, so that two runs make one unbroken reading."""


def send_waiting() -> int:
    """Deliver what is due in every municipality; returns how many left."""
    now = timezone.now()
    return everywhere_in_steps(lambda municipality: deliver_waiting(municipality, now))


def talk() -> int:
    """Make the steps of talks with bots and send what the bots say at once; returns how many steps were made."""
    return everywhere_in_steps(_talk)


def read_feeds() -> int:
    """Give turns to due sources till the next run of the timer; returns how many messages were new."""
    return read_for(READ_SECONDS)


def fetch_media() -> int:
    """Fetch files of messages that lie outside; returns how many were kept."""
    now = timezone.now()
    return everywhere_in_steps(lambda municipality: fetch_waiting(municipality, now))


def watch() -> int:
    """Look whether sources are read and speak as usual; returns how many alarms were raised."""
    return everywhere(lambda municipality: watch_feeds(municipality, timezone.now()))


def take_in_files() -> int:
    """Take in files left by the import screen and those cut half-way; returns how many were read to the end."""
    return everywhere_in_steps(_take_in_files)


def forget() -> int:
    """Empty messages whose time of keeping is over and that never became cases; returns how many."""
    return everywhere(_forget)


def _talk(municipality: Municipality) -> int:
    walked = walk_talks(municipality, timezone.now())
    if is_speaking(municipality, timezone.now()):
        deliver_waiting(municipality, timezone.now())
    return walked


def _take_in_files(municipality: Municipality) -> int:
    with within(municipality.pk):
        waiting = ImportRun.objects.filter(municipality=municipality, state__in=TO_READ)
        runs = list(waiting.select_related("channel", "municipality", "by").order_by("id"))
    done = 0
    for run in runs:
        # A run another process is reading right now is not ours.
        with suppress(Refused):
            done += take_in(run).state == "done"
    return done


def _forget(municipality: Municipality) -> int:
    years = parameter(municipality, "fz59.storage_years").value
    erased = erase_old(municipality, timezone.now(), years if isinstance(years, int) else 5)
    social = parameter(municipality, "retention.messages_years").value
    return erased + forget_talks(municipality, timezone.now(), social if isinstance(social, int) else 3)
