"""A town that has lived for some weeks, and its facts as one comparable value."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Sum

from otklik.analytics.columns import COLUMNS, DIMENSIONS
from otklik.analytics.models import DayFact, FactHours, HoursRoll, RollFact
from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.services.undoing import undo_last
from otklik.common.models import Municipality
from otklik.config.demo.town import make_cases, make_people
from otklik.satisfaction.services import invite, take_score
from otklik.topics.models import Topic
from tests.town import Town

NOW = datetime.fromisoformat("2026-10-20T15:00:00+03:00")
POTHOLE = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
ROLL_CUT = ("grain", "day", *DIMENSIONS[:-1])


def live(town: Town, cases: int) -> None:
    """Weeks of the demo up to NOW."""
    make_people(town.municipality, NOW.date())
    make_cases(town.municipality, NOW, cases)


def go_on(town: Town) -> datetime:
    """What touches days long past: late rows, another topic and place, an undo, a return, a score, a reopening."""
    later = NOW + timedelta(days=3)
    own = Case.objects.filter(municipality=town.municipality)
    town.case("Прошу починить качели во дворе.", "pos", NOW - timedelta(days=70))
    open_cases = list(own.filter(state__in=["registered", "assigned", "in_work"]).order_by("came_at"))
    topic = Topic.objects.exclude(cases=open_cases[0]).first()
    assert topic is not None
    services.set_topic(open_cases[0], topic, town.vera, later)
    services.set_topic(open_cases[1], topic, town.vera, later)
    undo_last(open_cases[1], town.vera, later + timedelta(minutes=1))
    assigned = next(case for case in open_cases if case.state in ("assigned", "in_work"))
    services.return_case(assigned, town.vera, later, "не наше")
    ended = list(own.filter(state="closed").order_by("came_at"))
    take_score(invite(ended[0], later), 1, [], "", later)
    if Case.objects.get(pk=ended[1].pk).state == "closed":
        services.reopen_case(ended[1], "ямы снова", town.vera, later)
    return later + timedelta(hours=1)


def facts_of(municipality: Municipality) -> dict[str, Any]:
    """Everything the tables of facts hold, summed over equal cuts."""
    return {
        "days": _summed(DayFact, municipality, ("day", *DIMENSIONS)),
        "rolls": _summed(RollFact, municipality, ROLL_CUT),
        "hours": sorted(
            FactHours.objects.filter(municipality=municipality).values_list(
                "day", "channel", "kind", "topic", "body", "what", "hours", "count"
            )
        ),
        "rolls of hours": sorted(
            HoursRoll.objects.filter(municipality=municipality).values_list(
                "day", "body", "what", "hours", "count"
            )
        ),
    }


def _summed(model: type[Model], municipality: Municipality, cut: tuple[str, ...]) -> Mapping[Any, Any]:
    rows = model._default_manager.filter(municipality=municipality).values(*cut)
    sums = rows.annotate(**{f"sum_{name}": Sum(name) for name in COLUMNS}).order_by()
    return {
        tuple(row[name] for name in cut): {name: row[f"sum_{name}"] or 0 for name in COLUMNS} for row in sums
    }
