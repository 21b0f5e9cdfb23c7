"""Timers of accounts; each is safe to run twice."""

from django.utils import timezone

from otklik.accounts.forget import erase_old
from otklik.charter.selectors import parameter
from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality


def forget() -> int:
    """Erase closed accounts whose time of keeping is over; returns how many."""
    return everywhere(_forget)


def _forget(municipality: Municipality) -> int:
    years = parameter(municipality, "retention.accounts_years").value
    return erase_old(municipality, timezone.now(), years if isinstance(years, int) else 3)
