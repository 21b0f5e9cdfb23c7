"""Timer of the charter: evidence is counted before anyone asks."""

from django.utils import timezone

from otklik.charter.proof import count_ahead
from otklik.common.everywhere import everywhere
from otklik.common.today import today_in


def count_evidence() -> int:
    """Count the evidence of every municipality; returns how many answers are kept."""
    return everywhere(lambda municipality: count_ahead(municipality, timezone.now(), today_in(municipality)))
