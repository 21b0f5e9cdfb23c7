"""The timer of official pages. Safe to run as often as one likes: a page is looked at once a day or when asked for."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.outreach.watching import check_due


def check_pages() -> int:
    """Look at pages of every municipality whose time has come; returns how many."""
    return sum(check_due(town, timezone.now()) for town in Municipality.objects.all())
