"""Timers of official pages and the press, safe to run twice: a page is looked at once a day or when asked for."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.forget import erase_old
from otklik.outreach.watching import check_due


def check_pages() -> int:
    """Look at pages of every municipality whose time has come; returns how many."""
    return sum(check_due(town, timezone.now()) for town in Municipality.objects.all())


def forget() -> int:
    """Erase ways to reach roles of the media nobody has used for years; returns how many."""
    erased = 0
    for town in Municipality.objects.all():
        with within(town.pk):
            erased += erase_old(town, timezone.now())
    return erased
