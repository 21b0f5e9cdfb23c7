"""The timer of the alert chat; safe to run twice."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.risks.chat.services import take_answers


def take_chat() -> int:
    """Put answers of the chat on their cards in every municipality; returns how many came."""
    taken = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            taken += take_answers(municipality, timezone.now())
    return taken
