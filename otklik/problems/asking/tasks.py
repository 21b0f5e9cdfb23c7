"""The timer of the queue of questions to residents."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.problems.asking.services import find_questions


def find() -> int:
    """Look for questions in every municipality; returns new ones. Safe to run twice."""
    return everywhere(lambda municipality: len(find_questions(municipality, timezone.now())))
