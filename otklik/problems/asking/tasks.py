"""The timer of the queue of questions to residents."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.problems.asking.services import find_questions


def find() -> int:
    """Look for questions in every municipality; returns new ones. Safe to run twice."""
    made = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            made += len(find_questions(municipality, timezone.now()))
    return made
