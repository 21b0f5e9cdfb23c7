"""The timer of errands: remind ahead of the date and speak up after it. Safe to run twice a day."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.office.errands.reminding import remind_of_errands


def remind() -> int:
    """Look at errands of every municipality; returns of how many something was said."""
    return everywhere(lambda municipality: remind_of_errands(municipality, timezone.now()))
