"""What the tray proposes for one case: topics, places, bodies, numbered once across all three. Almost pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from otklik.cases.models import Case, Twin
from otklik.common.models import Municipality
from otklik.language.lemmas import lemmas
from otklik.places.rules import FoundPlace, find_places
from otklik.places.selectors import gazetteer_of
from otklik.places.words import with_kind
from otklik.routing.rules import Facts, RuleCard, choose
from otklik.routing.selectors import working_cards
from otklik.topics.models import Topic

FOUND = "found"
MOST_PLACES = 3


@dataclass
class Pick:
    """One suggestion with its key on the keyboard; `group` is topic, place or body."""

    group: str
    value: str
    title: str
    why: str
    sureness: float | None
    digit: int = 0
    is_first: bool = False
    threshold: float = 0.65
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Picks:
    """Suggestions by group."""

    topics: list[Pick] = field(default_factory=list)
    places: list[Pick] = field(default_factory=list)
    bodies: list[Pick] = field(default_factory=list)


def picks_for(case: Case, municipality: Municipality) -> Picks:
    """Suggestions of the machine for the case, the surest first."""
    topics = _topics(case)
    found = Picks([_topic_pick(case, one, sure) for one, sure in topics], _places(case), [])
    found.bodies.extend(_bodies(case, [topic for topic, _ in topics], working_cards(municipality)))
    for digit, pick in enumerate([*found.topics, *found.places, *found.bodies], 1):
        pick.digit = digit if digit <= 9 else 0
    for group in (found.topics, found.places, found.bodies):
        if group:
            group[0].is_first = True
    return found


def _topics(case: Case) -> list[tuple[Topic, float]]:
    sureness = {key: float(sure) for key, sure in case.topic_options[:3]}
    if case.topic:
        sureness = {case.topic.key: case.topic_sureness, **sureness}
    rows = {topic.key: topic for topic in Topic.objects.filter(key__in=sureness)}
    known = [(rows[key], sure) for key, sure in sureness.items() if key in rows]
    return sorted(known, key=lambda one: -one[1])[:3]


def _topic_pick(case: Case, topic: Topic, sureness: float) -> Pick:
    words = case.topic_words if case.topic_id == topic.pk else []
    why = ", ".join(f"«{word}»" for word in words[:4])
    return Pick("topic", topic.key, topic.title, why, sureness, threshold=topic.threshold)


def _places(case: Case) -> list[Pick]:
    """The place on the card, then what else the text may mean."""
    kinds = {one.name: one.kind for one in gazetteer_of(case.municipality.key).settlements}
    picks = []
    if case.settlement or case.street:
        title = case.place_line
        point = _point(case.lat, case.lon)
        picks.append(Pick("place", FOUND, title, _said(case.place_words), case.place_sureness, point=point))
    for one in other_places(case)[: MOST_PLACES - len(picks)]:
        name = written(one.settlement, one.street, one.house)
        settlement = with_kind(kinds.get(one.settlement, ""), one.settlement) if one.settlement else ""
        title = written(settlement, with_kind(one.street_kind, one.street), one.house)
        point = _point(one.lat, one.lon)
        picks.append(Pick("place", name, title, _said(one.words), one.sureness, point=point))
    return picks


def other_places(case: Case) -> list[FoundPlace]:
    """What else the text may mean by place, without the one on the card."""
    here = written(case.settlement.name if case.settlement else "", case.street, case.house)
    found = find_places(case.masked_text, gazetteer_of(case.municipality.key), MOST_PLACES + 1)
    return [one for one in found if written(one.settlement, one.street, one.house) != here]


def written(settlement: str, street: str, house: str) -> str:
    """A place in one line; also its name among the suggestions."""
    return ", ".join(part for part in (settlement, street, house) if part)


def _said(words: Iterable[str]) -> str:
    return ", ".join(f"«{word}»" for word in list(words)[:3])


def _bodies(case: Case, topics: list[Topic], rules: list[RuleCard]) -> list[Pick]:
    words = frozenset(lemmas(case.masked_text))
    picks: dict[int, Pick] = {}
    known: list[Topic | None] = [*topics] or [None]
    for topic in known:
        choice = choose(rules, facts_with(case, topic, words))
        if choice.rule:
            key = choice.rule.body_id
            picks.setdefault(key, Pick("body", str(key), "", choice.reason, None))
    return list(picks.values())[:3]


def facts_with(case: Case, topic: Topic | None, words: frozenset[str]) -> Facts:
    """The case as routing would see it under another topic."""
    return Facts(
        kind=case.kind,
        text_kind=case.text_kind,
        channel=case.channel.key,
        topic=topic.key if topic else "",
        group=topic.group if topic else "",
        settlement=case.settlement.name if case.settlement else "",
        words=words,
        at=case.came_at,
        urgency=case.urgency,
        complained_of=case.complained_of_id,
    )


def _point(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    return None if lat is None or lon is None else (lat, lon)


def triage_map(places: list[Pick], twins: list[Twin]) -> dict[str, Any] | None:
    """Places that may be meant, under the digits of their keys, and like cases."""
    points = [
        {"lat": pick.point[0], "lon": pick.point[1], "title": pick.title, "label": str(pick.digit)}
        for pick in places
        if pick.point
    ]
    near = [
        {"lat": one.other.lat, "lon": one.other.lon, "number": one.other.number, "gist": one.other.gist}
        for one in twins
        if one.other.lat is not None
    ]
    return {"points": points, "near": near} if points else None
