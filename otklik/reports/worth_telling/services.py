"""One deed: an idea becomes a draft with its figures and the link to the analysis it came from."""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import hold_town
from otklik.common.today import day_in
from otklik.outreach.content.models import Material
from otklik.outreach.content.selectors import pages_to_post
from otklik.outreach.content.services import write
from otklik.reports.worth_telling.selectors import find_idea, ideas_of

RUBRICS = {"topic": "news", "answers": "answers", "planned": "works", "done": "done"}
"""The rubric a draft of each kind is put under."""


@carries_out("MIH-3.2.6.2", "BOG-III.4.6.1")
@transaction.atomic
def draft(municipality: Municipality, key: str, by: User, now: datetime) -> Material:
    """Write a draft of the idea for every open page of the administration; nothing leaves. Raises Refused.

    The figures are counted anew: what the person saw a minute ago and what stands in the material is one count.
    """
    # Two people who click at once wait for each other here: one idea, one material.
    hold_town(municipality.pk)
    idea = find_idea(ideas_of(municipality, day_in(municipality, now)), key)
    if idea is None:
        raise Refused("Этого предложения уже нет: цифры изменились. Обновите страницу.")
    made = Material.objects.filter(municipality=municipality, about=idea.about).exclude(state="withdrawn")
    if known := made.first():
        raise Refused(f"По этому предложению уже есть материал № {known.number}.")
    return write(
        municipality,
        title=idea.title,
        text=idea.text,
        pages=list(pages_to_post(municipality).filter(owner="administration")),
        at=None,
        by=by,
        about=idea.about,
        rubric=RUBRICS[idea.kind],
        topic_key=idea.topic_key,
        gist=idea.reason[:500],
        origin="analysis",
        figures=idea.figures,
        now=now,
    )
