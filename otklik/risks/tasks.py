"""Timers of risks: clocks and placements, findings and reach. Safe to run twice; none of them closes a risk."""

from django.utils import timezone

from otklik.charter.selectors import parameter
from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality
from otklik.risks import forget as forgetting
from otklik.risks.models import Risk
from otklik.risks.noticing import notice
from otklik.risks.reaching import take_reach
from otklik.risks.reminding import mind
from otklik.risks.services import take_posts
from otklik.risks.words import OPEN_STATES


def mind_clocks() -> int:
    """Take placements of posts that have come out, then remind and escalate; returns how many words were said."""
    return everywhere(_mind)


def look_around() -> int:
    """Leave findings and take the reach that networks told; returns how many findings are new."""
    return everywhere(_look)


def forget() -> int:
    """Erase links and copies of risks closed long ago; returns how many rows were touched."""
    return everywhere(_forget)


def _mind(municipality: Municipality) -> int:
    now = timezone.now()
    waiting = Risk.objects.filter(
        municipality=municipality, state__in=OPEN_STATES, answers__material__isnull=False
    )
    for risk in waiting.distinct():
        take_posts(risk, now)
    return mind(municipality, now)


def _look(municipality: Municipality) -> int:
    now = timezone.now()
    take_reach(municipality, now)
    return notice(municipality, now)


def _forget(municipality: Municipality) -> int:
    years = parameter(municipality, "retention.messages_years").value
    return forgetting.erase_old(municipality, timezone.now(), years if isinstance(years, int) else 3)
