"""The timer of the analysis: after facts are corrected, look at what the criteria ask. Safe to run twice."""

from django.utils import timezone

from otklik.analytics.criteria.services import evaluate
from otklik.common.everywhere import everywhere


def look_by_criteria() -> int:
    """Evaluate criteria of every municipality whose facts moved since the last look; returns new findings."""
    return everywhere(lambda municipality: len(evaluate(municipality, timezone.now())))
