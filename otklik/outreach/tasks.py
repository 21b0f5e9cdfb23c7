"""Timers of official pages and the press, safe to run twice: a page is looked at once a day or when asked for."""

from django.utils import timezone

from otklik.common.everywhere import everywhere, everywhere_in_steps
from otklik.outreach.forget import erase_old
from otklik.outreach.watching import check_due


def check_pages() -> int:
    """Look at pages of every municipality whose time has come; returns how many."""
    return everywhere_in_steps(lambda town: check_due(town, timezone.now()))


def forget() -> int:
    """Erase ways to reach roles of the media nobody has used for years; returns how many."""
    return everywhere(lambda town: erase_old(town, timezone.now()))
