"""Timer of the charter: evidence is counted before anyone asks."""

from django.utils import timezone

from otklik.charter.proof import count_ahead
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.today import today_in


def count_evidence() -> int:
    """Count the evidence of every municipality; returns how many answers are kept."""
    kept = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            kept += count_ahead(municipality, timezone.now(), today_in(municipality))
    return kept
