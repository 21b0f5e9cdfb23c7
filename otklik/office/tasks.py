"""Timers of meetings; each is safe to run twice."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.office.forget import erase_old


def forget() -> int:
    """Erase contacts of people invited to meetings long over; returns how many."""
    return everywhere(lambda municipality: erase_old(municipality, timezone.now()))
