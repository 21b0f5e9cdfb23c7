"""The timer of the alert chat; safe to run twice."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.risks.chat.services import take_answers


def take_chat() -> int:
    """Put answers of the chat on their cards in every municipality; returns how many came."""
    return everywhere(lambda municipality: take_answers(municipality, timezone.now()))
