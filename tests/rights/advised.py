"""A mechanism with its measure, a proposal and a recommendation: what addresses of decisions name."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from otklik.problems.advice.services import AdviceText, advise
from otklik.problems.fast_track.models import Proposal
from otklik.problems.fast_track.rules import STAGE_KEYS
from otklik.problems.fast_track.services import MechanismText, add_measure, design
from otklik.topics.models import Topic
from tests.town import Town


def advised(town: Town) -> dict[str, list[Any]]:
    """Address arguments by kind of object."""
    whose, now = town.municipality, timezone.now() - timedelta(hours=3)
    topics = list(Topic.objects.order_by("pk")[:2])
    norms = dict.fromkeys(STAGE_KEYS, 1)
    text = MechanismText("Быстрее о ямах", "пишут каждую неделю", topics[:1], town.bodies[0], norms, 10)
    mechanism = design(whose, text, town.vera, now)
    measure = add_measure(mechanism, "technical", "Шаблон ответа", None, None, town.vera, now)
    day = now.date()
    proposal = Proposal.objects.create(
        municipality=whose, topic=topics[1], since=day, until=day, reason="повторяется", at=now
    )
    said = AdviceText("decision", "Отвечать делом", "Называть срок.", "письма", body=town.bodies[0])
    return {
        "mechanism": [mechanism.pk],
        "fast_measure": [measure.pk],
        "fast_proposal": [proposal.pk],
        "advice": [advise(whose, said, town.vera, now).pk],
        "topic": [topics[0].key],
    }
