"""Which cases are one problem: like texts, a near place, one theme, the same weeks. Pure.

A bunch is proposed with its reasons; every case keeps why it is in, so that a person may strike it out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import TypeVar

from otklik.analytics.picture.mass import groups_of
from otklik.common.words import count, long_day, percent
from otklik.places.cells import distance
from otklik.problems.rules import is_above_usual

V = TypeVar("V")

NEAR_METRES = 500.0
NEAR_DAYS = 14
LEAST_NEAR = 5
LEAST_AUTHORS = 3
THEME_SURENESS, STREET_SURENESS = 0.6, 0.7
GRID = 0.01
"""Degrees of a square of the grid: in our latitudes never narrower than the radius of search."""


@dataclass(frozen=True)
class Item:
    """What of a case decides whether it belongs to a bunch; `author` is a fingerprint or empty."""

    pk: int
    topic: str
    settlement: int | None
    street: str
    point: tuple[float, float] | None
    came_on: date
    author: str = ""


@dataclass(frozen=True)
class Link:
    """Two like cases as the twins told: how sure, why."""

    one: int
    other: int
    sureness: float
    reason: str


@dataclass(frozen=True)
class Member:
    """Why a case is in the bunch."""

    sureness: float
    reason: str


@dataclass(frozen=True)
class Bunch:
    """Cases of one proposed problem with the reasons, the common theme and place."""

    members: Mapping[int, Member]
    topic: str
    settlement: int | None
    street: str
    point: tuple[float, float] | None
    since: date
    until: date
    sureness: float
    reason: str


def gather(items: Sequence[Item], links: Iterable[Link], today: date, least: int) -> list[Bunch]:
    """Bunches, the largest first. First chains of like texts, each with the near cases of its theme; then of what
    is left, places where one theme came more than usual within two weeks."""
    known = {one.pk: one for one in items}
    good = [one for one in links if one.one in known and one.other in known]
    groups = groups_of(((one.one, one.other) for one in good), least)
    bunches: list[Bunch] = []
    taken = {pk for group in groups for pk in group.cases}
    for group in groups:
        own = [known[pk] for pk in group.cases]
        members = _linked(group.cases, good)
        near = _near_of_theme(own, (one for one in items if one.pk not in taken))
        members |= dict(list(near))
        bunches.append(_bunch(members, known))
        taken.update(members)
    bunches += _crowds([one for one in items if one.pk not in taken], known, today)
    return sorted(bunches, key=lambda one: (-len(one.members), one.since, min(one.members)))


def _linked(cases: Collection[int], links: Iterable[Link]) -> dict[int, Member]:
    """The surest link of each case of a chain."""
    inside = set(cases)
    found: dict[int, Member] = {}
    for link in sorted(links, key=lambda one: -one.sureness):
        if link.one in inside and link.other in inside:
            for pk in (link.one, link.other):
                found.setdefault(pk, Member(link.sureness, link.reason))
    return found


def _near_of_theme(own: Sequence[Item], others: Iterable[Item]) -> Iterable[tuple[int, Member]]:
    """Cases of the bunch's theme, days and place that are written in other words."""
    topic = _most(one.topic for one in own)
    point, street = _middle(own), _most(one.street.lower() for one in own)
    settlement = _most(one.settlement for one in own)
    since, until = min(one.came_on for one in own), max(one.came_on for one in own)
    spare = timedelta(days=NEAR_DAYS // 2)
    inside = {one.pk for one in own}
    if not topic:
        return
    for item in others:
        if item.pk in inside or item.topic != topic or not since - spare <= item.came_on <= until + spare:
            continue
        if point and item.point:
            metres = distance(*point, *item.point)
            if metres <= NEAR_METRES:
                yield item.pk, Member(THEME_SURENESS, f"та же тема, {metres:.0f} м от остальных")
        elif street and item.street.lower() == street and item.settlement == settlement:
            yield item.pk, Member(STREET_SURENESS, f"та же тема и улица: {item.street}")


def _crowds(items: Sequence[Item], known: Mapping[int, Item], today: date) -> list[Bunch]:
    """Themes that crowd at one place in the last two weeks against the weeks before."""
    since = today - timedelta(days=NEAR_DAYS)
    grid: dict[tuple[str, int, int], list[Item]] = defaultdict(list)
    for item in items:
        if item.topic and item.point:
            grid[item.topic, *_square(item.point)].append(item)
    fresh = [one for one in items if one.topic and one.point and one.came_on > since]
    around = {one.pk: _within(one, grid) for one in fresh}
    bunches: list[Bunch] = []
    taken: set[int] = set()
    for leader in sorted(fresh, key=lambda one: (-len(around[one.pk]), one.pk)):
        near = [(one, metres) for one, metres in around[leader.pk] if one.pk not in taken]
        lately = [(one, metres) for one, metres in near if one.came_on > since]
        if leader.pk in taken or not _stands_out(lately, near, today):
            continue
        members = {
            one.pk: Member(THEME_SURENESS, f"та же тема, {metres:.0f} м от середины, две недели")
            for one, metres in lately
        }
        bunches.append(_bunch(members, known))
        taken.update(members)
    return bunches


def _stands_out(
    lately: Sequence[tuple[Item, float]], near: Sequence[tuple[Item, float]], today: date
) -> bool:
    authors = {one.author or str(one.pk) for one, _ in lately}
    if len(lately) < LEAST_NEAR or len(authors) < LEAST_AUTHORS:
        return False
    before = len(near) - len(lately)
    oldest = min(one.came_on for one, _ in near)
    days = max((today - oldest).days - NEAR_DAYS, NEAR_DAYS)
    return is_above_usual(len(lately), before * NEAR_DAYS / days)


def _square(point: tuple[float, float]) -> tuple[int, int]:
    return int(point[0] // GRID), int(point[1] // GRID)


def _within(item: Item, grid: Mapping[tuple[str, int, int], Sequence[Item]]) -> list[tuple[Item, float]]:
    if item.point is None:
        return []
    row, column = _square(item.point)
    found = []
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            for other in grid.get((item.topic, row + down, column + right), ()):
                metres = distance(*item.point, *(other.point or item.point))
                if metres <= NEAR_METRES:
                    found.append((other, metres))
    return found


def _bunch(members: Mapping[int, Member], known: Mapping[int, Item]) -> Bunch:
    own = [known[pk] for pk in members]
    since, until = min(one.came_on for one in own), max(one.came_on for one in own)
    topic, settlement = _most(one.topic for one in own), _most(one.settlement for one in own)
    authors = len({one.author or str(one.pk) for one in own})
    same_topic = sum(one.topic == topic for one in own) / len(own) if topic else 0.0
    sureness = 0.6 * fmean(one.sureness for one in members.values()) + 0.25 * same_topic
    sureness = round(min(0.97, sureness + 0.03 * min(authors, 5)), 2)
    days = (until - since).days + 1
    reason = (
        f"{count(len(own), 'карточка', 'карточки', 'карточек')} за {count(days, 'день', 'дня', 'дней')}"
        f" ({long_day(since)} — {long_day(until)}), "
        f"{count(authors, 'автор', 'автора', 'авторов')}; одна тема у {percent(same_topic)}"
    )
    spread = _spread(own)
    if spread is not None:
        reason += f", все в пределах {spread:.0f} м"
    street = _most(one.street for one in own)
    return Bunch(members, topic or "", settlement, street or "", _middle(own), since, until, sureness, reason)


def _most(values: Iterable[V]) -> V | None:
    """What is met most often, the first of equals; None where everything is empty."""
    found = Counter(one for one in values if one)
    return found.most_common(1)[0][0] if found else None


def _middle(items: Sequence[Item]) -> tuple[float, float] | None:
    points = [one.point for one in items if one.point]
    if not points:
        return None
    return fmean(lat for lat, _ in points), fmean(lon for _, lon in points)


def _spread(items: Sequence[Item]) -> float | None:
    middle = _middle(items)
    metres = [distance(*middle, *one.point) for one in items if middle and one.point]
    return max(metres) if len(metres) > 1 else None
