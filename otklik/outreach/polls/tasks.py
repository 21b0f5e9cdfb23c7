"""Timers of polls: open and close by dates, mix shut boxes, look for signs, read free answers, forget."""

from django.utils import timezone

from otklik.charter.selectors import parameter
from otklik.common.everywhere import everywhere, everywhere_in_steps
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.polls.forget import erase_codes, erase_old
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.services import find_signs, mix, run_due
from otklik.outreach.polls.services.reading import read_words


def keep_dates() -> int:
    """Open what begins today, close what has ended; returns how many polls were moved."""
    return everywhere(lambda municipality: run_due(municipality, timezone.now()))


def stir() -> int:
    """Mix envelopes of running polls and look for signs of fraud; returns how many boxes were mixed.

    Each poll by itself: its voters wait for the mixing of their own box alone.
    """
    return everywhere_in_steps(_stir)


def read() -> int:
    """Tell free answers apart by topics; returns how many were read."""
    return everywhere(read_words)


def forget() -> int:
    """Erase addresses of authors of proposals whose time of keeping is over; returns how many."""
    return everywhere(_forget)


def _stir(municipality: Municipality) -> int:
    with within(municipality.pk):
        rows = Poll.objects.filter(municipality=municipality, state="open")
        running = list(rows.exclude(place="pos"))
    for poll in running:
        with within(municipality.pk):
            mix(poll)
            find_signs(poll, timezone.now())
    return len(running)


def _forget(municipality: Municipality) -> int:
    erase_codes(municipality, timezone.now())
    years = parameter(municipality, "fz59.storage_years").value
    return erase_old(municipality, timezone.now(), years if isinstance(years, int) else 5)
