"""The timer of errands: remind ahead of the date and speak up after it. Safe to run twice a day."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.office.errands.reminding import remind_of_errands


def remind() -> int:
    """Look at errands of every municipality; returns of how many something was said."""
    said = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            said += remind_of_errands(municipality, timezone.now())
    return said
