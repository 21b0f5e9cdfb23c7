"""Timers of meetings; each is safe to run twice."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.office.forget import erase_old


def forget() -> int:
    """Erase contacts of people invited to meetings long over; returns how many."""
    erased = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            erased += erase_old(municipality, timezone.now())
    return erased
