"""The timer of the analysis: after facts are corrected, look at what the criteria ask. Safe to run twice."""

from django.utils import timezone

from otklik.analytics.criteria.services import evaluate
from otklik.common.models import Municipality
from otklik.common.scope import within


def look_by_criteria() -> int:
    """Evaluate criteria of every municipality whose facts moved since the last look; returns new findings."""
    found = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            found += len(evaluate(municipality, timezone.now()))
    return found
