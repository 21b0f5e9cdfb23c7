"""A risk as a ground of a management decision, equal to appeals (DEM-2.4.5): a roadmap begun because of it.

Errands stand above and are given there: `office.errands.of_risks`.
"""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.problems.roadmaps.models import Roadmap
from otklik.problems.roadmaps.services import RoadmapText, draft_roadmap
from otklik.risks.models import Risk, RiskRoadmap
from otklik.risks.services.guard import begin, finish


@carries_out("DEM-2.4.5")
@transaction.atomic
def begin_roadmap(risk: Risk, by: User, now: datetime, goal: str = "") -> Roadmap:
    """Begin a roadmap against what the risk has shown: its title, its problems, its topic, its cause as far as known.

    Raises Refused for an exercise, without the right to roadmaps, or when one has been begun already.
    """
    held, rights, to = begin(risk, "decide", by)
    if held.drill:
        raise Refused("По учебному риску решений не принимают.")
    if held.roadmaps.exists():
        raise Refused("Дорожная карта по этому риску уже начата.")
    text = RoadmapText(
        title=held.title,
        goal=goal.strip() or f"Не допустить повторения: {held.gist}"[:500],
        block_key=held.block_key,
        problems=[one.problem for one in held.problems.select_related("problem")],
        cause_text=held.root_cause or held.gist[:500],
        topics=[held.topic.key] if held.topic else [],
        settlements=[held.settlement.pk] if held.settlement else [],
    )
    made = draft_roadmap(held.municipality, text, by, now)
    RiskRoadmap.objects.create(municipality=held.municipality, risk=held, roadmap=made, at=now)
    finish(held, "decide", to, by, rights, now, f"дорожная карта {made}")
    return made


def note_decision(risk: Risk, words: str, by: User, now: datetime) -> Risk:
    """Write into the history a decision taken elsewhere: an errand, a question of a meeting."""
    with transaction.atomic():
        held, rights, to = begin(risk, "decide", by)
        if held.drill:
            raise Refused("По учебному риску решений не принимают.")
        return finish(held, "decide", to, by, rights, now, words)
