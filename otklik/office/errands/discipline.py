"""Execution discipline by posts and bodies: what was due in a period, kept, late, moved, sent back, taken off.

People are never compared here: an errand belongs to a post, whoever held it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import Standing, standing


@dataclass
class Score:
    """How errands due in a period ended. `share` is of those that are judged: kept or broken, not those under way."""

    due: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    waiting: int = 0
    running: int = 0
    removed: int = 0
    extended: int = 0
    returned: int = 0

    def add(self, how: Standing, was_extended: bool, was_returned: bool) -> None:
        """Count one more errand."""
        self.due += 1
        setattr(self, how, getattr(self, how) + 1)
        self.extended += was_extended
        self.returned += was_returned

    @property
    def judged(self) -> int:
        """Errands whose date tells something: accepted ones and those that are overdue now."""
        return self.in_time + self.late + self.overdue

    @property
    def share(self) -> float | None:
        """The share kept in time, None while nothing is judged."""
        return self.in_time / self.judged if self.judged else None


@dataclass
class Discipline:
    """A body or a post with its score; a body has its posts under it."""

    key: int
    title: str
    score: Score = field(default_factory=Score)
    posts: list["Discipline"] = field(default_factory=list)


def discipline_of(municipality: Municipality, period: Period, today: date) -> tuple[Score, list[Discipline]]:
    """The whole and every body with its posts, the weakest first; errands due within the period."""
    zone, whole = ZoneInfo(municipality.time_zone), Score()
    bodies: dict[int, Discipline] = {}
    posts: dict[int, Discipline] = {}
    for one in _due_in(municipality, period):
        body = bodies.setdefault(one.body_id, Discipline(one.body_id, one.body.short_name))
        if one.post_id not in posts:
            posts[one.post_id] = Discipline(one.post_id, one.post.title)
            body.posts.append(posts[one.post_id])
        how = standing(one.state, one.due_on, _day(one.reported_at, zone), one.was_late, today)
        for score in (whole, body.score, posts[one.post_id].score):
            score.add(how, one.extensions > 0, one.returns > 0)
    for body in bodies.values():
        body.posts = _weakest_first(body.posts)
    return whole, _weakest_first(bodies.values())


def _due_in(municipality: Municipality, period: Period) -> Iterable[Errand]:
    rows = Errand.objects.filter(
        municipality=municipality, due_on__gte=period.since, due_on__lte=period.until
    ).select_related("post", "body")
    return rows.order_by("due_on", "number").iterator(2000)


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _weakest_first(rows: Iterable[Discipline]) -> list[Discipline]:
    def order(one: Discipline) -> tuple[float, int, str]:
        share = one.score.share
        return (1.1 if share is None else share, -one.score.judged, one.title)

    return sorted(rows, key=order)
