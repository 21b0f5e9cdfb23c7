"""Timers of accounts; each is safe to run twice."""

from django.utils import timezone

from otklik.accounts.forget import erase_old
from otklik.charter.selectors import parameter
from otklik.common.models import Municipality
from otklik.common.scope import within


def forget() -> int:
    """Erase closed accounts whose time of keeping is over; returns how many."""
    erased = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            years = parameter(municipality, "retention.accounts_years").value
            erased += erase_old(municipality, timezone.now(), years if isinstance(years, int) else 3)
    return erased
