"""What a criterion looks at: its measure day by day for every key of its cut, and groups of like cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from otklik.analytics.columns import HOUR_DIMENSIONS
from otklik.analytics.criteria.models import Criterion, Finding
from otklik.analytics.criteria.rules import Fired, Terms, Track, days_needed, look, terms, windows
from otklik.analytics.criteria.words import say_finding, say_formula, say_mass
from otklik.analytics.dashboards.behind import Asked, as_filter, query_of
from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.measures import MEASURES, Measure
from otklik.analytics.names import UNKNOWN, Names, names_of
from otklik.analytics.picture.mass import Group
from otklik.analytics.picture.selectors import mass_problems
from otklik.analytics.selectors import hours, sums
from otklik.cases.models import Case
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.common.period import Period

LIST, BEHIND = "/cases/", "/summary/cases/"
OF_CASE = "case"
"""How the key of a group of like cases begins; its earliest case follows."""


@dataclass(frozen=True)
class Told:
    """A finding ready to be kept: its key within the criterion, days, words, figures, the list behind it.

    A group of like cases has no list: its cases stand in the figures.
    """

    key: str
    period: Period
    text: str
    formula: str
    link: str
    figures: dict[str, Any]


def terms_of(criterion: Criterion) -> Terms:
    """The numbers of a stored criterion."""
    return terms(criterion.comparison, criterion.limit, criterion.window_days, criterion.least)


def measure_of(criterion: Criterion) -> Measure:
    """Its measure; spikes and like cases are of what came, whatever the row says."""
    return MEASURES["received" if criterion.comparison in ("spike", "mass") else criterion.measure]


def formula_of(criterion: Criterion) -> str:
    """How its findings are counted, in words."""
    channels = Channel.objects.filter(municipality=criterion.municipality_id, key__in=criterion.channels)
    named = dict(channels.values_list("key", "title")) if criterion.channels else {}
    measure = None if criterion.comparison == "mass" else measure_of(criterion)
    return say_formula(terms_of(criterion), measure, [named.get(key, key) for key in criterion.channels])


def found_on(criterion: Criterion, municipality: Municipality, until: date) -> list[Told]:
    """Everything the criterion finds in the window that ends on the day."""
    if criterion.comparison == "mass":
        return _mass(criterion, municipality, until)
    rule, measure = terms_of(criterion), measure_of(criterion)
    name = _namer(criterion, municipality)
    tracks = tracks_of(criterion, municipality, Period(until, until))
    looked = ((key, look(rule, measure, track, until)) for key, track in tracks.items())
    return [told_of(criterion, key, fired, name) for key, fired in looked if fired is not None]


def told_of(criterion: Criterion, key: str, fired: Fired, name: Names) -> Told:
    """A fired window in words."""
    rule, measure = terms_of(criterion), measure_of(criterion)
    figures: dict[str, Any] = {
        "now": fired.now.number,
        "numerator": fired.now.numerator,
        "denominator": fired.now.denominator,
        "past": fired.past.number,
        "limit": rule.limit,
        "measure": measure.key,
    }
    return Told(
        key,
        fired.window,
        say_finding(rule, measure, fired, name(key))[:1000],
        formula_of(criterion),
        _list(criterion, measure, key, fired.window),
        figures,
    )


def tracks_of(criterion: Criterion, municipality: Municipality, days: Period) -> dict[str, Track]:
    """What happened to each key over the days and over as many before as the comparison needs.

    A key of nothing known (no topic, no body) is left out: it cannot be acted upon as one thing.
    """
    rule, measure = terms_of(criterion), measure_of(criterion)
    window, _ = windows(days.since, rule.window_days)
    whole = Period(window.since - timedelta(days=days_needed(rule)), days.until)
    by = ("day", *([criterion.cut] if criterion.cut else []))
    where: Mapping[str, object] = {"channel": criterion.channels} if criterion.channels else {}
    towns = [municipality.pk]
    counted = sums(towns, whole, by, where, measure.columns) if measure.columns else {}
    waited = hours(towns, whole, measure.waited, by, where) if measure.waited else {}
    kept: dict[str, tuple[dict[date, Sums], dict[date, Histogram]]] = {}
    for (day, *key), found in counted.items():
        kept.setdefault(_key(key), ({}, {}))[0][day] = found
    for (day, *key), histogram in waited.items():
        kept.setdefault(_key(key), ({}, {}))[1][day] = histogram
    known = {key: Track(*found) for key, found in kept.items() if not criterion.cut or key not in ("", "0")}
    return known or ({} if criterion.cut else {"": Track({}, {})})


def may_cut(measure: Measure, cut: str) -> bool:
    """Whether facts can cut the measure so: waits are kept by fewer cuts, residents by none."""
    if measure.unit == "на 1000":
        return False
    return not cut or not measure.waited or cut in HOUR_DIMENSIONS


def _key(key: list[object]) -> str:
    return str(key[0]) if key else ""


def _namer(criterion: Criterion, municipality: Municipality) -> Names:
    """Titles of the cut's keys as they stand in a finding; bodies and places are numbers in the facts."""
    if not criterion.cut:
        return lambda key: ""
    name = names_of(municipality, criterion.cut)
    is_number = criterion.cut in ("body", "settlement")
    return lambda key: name(int(key) if is_number and str(key).isdigit() else key)


namer_of = _namer


def _list(criterion: Criterion, measure: Measure, key: str, window: Period) -> str:
    """Exactly the cases behind a finding: the list where it can ask for them, else the screen of a number."""
    by = criterion.cut if key else ""
    asked = Asked(measure, False, window, by, key, tuple(criterion.channels))
    exact = as_filter(asked, {})
    return f"{LIST}?{exact.to_query()}" if exact else f"{BEHIND}?{query_of(asked)}"


def link_of(found: Finding) -> str:
    """The same for a kept finding, by the criterion as it is now; growth keeps the list it was written with."""
    if found.criterion is None or found.figures.get("measure") not in MEASURES:
        return found.link
    window = Period(found.since, found.until)
    return _list(found.criterion, MEASURES[found.figures["measure"]], found.cut_key, window)


def _mass(criterion: Criterion, municipality: Municipality, until: date) -> list[Told]:
    """Groups of like cases of the window, each named by its earliest case."""
    window, _ = windows(until, criterion.window_days)
    groups = [one for one in mass_problems(municipality, window) if len(one) >= criterion.limit]
    first = {
        case.pk: case
        for case in Case.objects.filter(pk__in=[one.cases[0] for one in groups]).select_related(
            "topic", "settlement", "channel"
        )
    }
    formula = formula_of(criterion)
    kept = [
        (group, first[group.cases[0]])
        for group in groups
        if not criterion.channels or first[group.cases[0]].channel.key in criterion.channels
    ]
    return [_told_mass(group, case, window, formula, criterion.limit) for group, case in kept]


def _told_mass(group: Group, case: Case, window: Period, formula: str, limit: float) -> Told:
    topic = case.topic.title if case.topic else UNKNOWN["topic"]
    place = str(case.settlement) if case.settlement else UNKNOWN["settlement"]
    text = say_mass(len(group), topic, place, window)
    figures = {"now": len(group), "limit": limit, "measure": "mass_problems", "cases": list(group.cases)}
    return Told(f"{OF_CASE}{case.pk}", window, text, formula, "", figures)
