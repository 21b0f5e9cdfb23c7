"""Ideas of a municipality as of a day, those worth telling first."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta

from otklik.charter.selectors import parameters_of
from otklik.common.models import Municipality
from otklik.outreach.content.models import Material
from otklik.reports.worth_telling.flow import answer_ideas, solved_ideas, topic_ideas
from otklik.reports.worth_telling.ideas import Idea
from otklik.reports.worth_telling.rules import Thresholds
from otklik.reports.worth_telling.works import done_ideas, planned_ideas
from otklik.topics.models import Topic

PREFIX = "outreach.idea_"


def thresholds_of(municipality: Municipality, on: date) -> Thresholds:
    """As the charter names them; what it does not name, or names by no number, is as in the product."""
    known = parameters_of(municipality, on)
    named = {one.name: known.get(f"{PREFIX}{one.name}") for one in fields(Thresholds)}
    numbers = {
        name: found.value
        for name, found in named.items()
        if found is not None and isinstance(found.value, int) and found.value > 0
    }
    return Thresholds(**numbers)


def ideas_of(municipality: Municipality, today: date) -> list[Idea]:
    """Every idea of the last whole days and the days ahead, in the order of `ideas.KINDS`."""
    asked, until = thresholds_of(municipality, today), today - timedelta(days=1)
    titles = dict(Topic.objects.values_list("key", "title"))
    return [
        *topic_ideas(municipality, until, asked, titles),
        *answer_ideas(municipality, until, asked, titles),
        *planned_ideas(municipality, today, asked),
        *solved_ideas(municipality, until, asked, titles),
        *done_ideas(municipality, today, asked),
    ]


def find_idea(ideas: Sequence[Idea], key: str) -> Idea | None:
    """The idea of this key while it still stands."""
    return next((one for one in ideas if one.key == key), None)


def taken(municipality: Municipality, ideas: Sequence[Idea]) -> dict[str, Material]:
    """Materials made of these ideas and not taken back, by what ties them."""
    asked = [one.about for one in ideas]
    rows = Material.objects.filter(municipality=municipality, about__in=asked).exclude(state="withdrawn")
    return {one.about: one for one in rows}
