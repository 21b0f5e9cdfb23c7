"""What each measure of a roadmap did by itself, where its weeks can be told from those of the others.

Before a measure stand the weeks since the one before it ended, after it the weeks until the next begins; measures that
overlap are told of together only. With several measures each interval is wider, so that one of them is called proved
by chance no oftener than the whole would be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common import words as say
from otklik.problems.roadmaps.effect import ALARM_WEEKS, SURE, Effect, Flow, effect_of, lacks
from otklik.problems.roadmaps.flows import WEEK, Picture
from otklik.problems.roadmaps.models import Measure
from otklik.problems.roadmaps.words import say_effect, say_lacks, verdict_of

Weeks = tuple[int, int]
"""The first and the last week of a measure, both inside."""


@dataclass(frozen=True)
class Part:
    """A measure, its place in the plan and what its own weeks say."""

    measure: Measure
    place: int
    effect: Effect | None
    verdict: str
    words: str


def parts_of(measures: Sequence[Measure], picture: Picture) -> list[Part]:
    """Each measure done, in the order of the plan; nothing for a single one, which the whole tells of."""
    span = picture.span
    done = [
        (place, one) for place, one in enumerate(measures, start=1) if one.state == "done" and one.done_on
    ]
    if span is None or picture.control is None or len(done) < 2:
        return []
    weeks = [_weeks_of(one, span.monday) for _, one in done]
    sure = 1 - (1 - SURE) / len(done)
    found = []
    for turn, (place, one) in enumerate(done):
        beside = [
            done[other][0] for other in range(len(done)) if other != turn and _meet(weeks[turn], weeks[other])
        ]
        if beside:
            listed = ", ".join(str(other) for other in beside)
            told = say.tie(f"Шло вместе с № {listed}: отдельно не посчитать, смотрите общий вывод.")
            found.append(Part(one, place, None, "few", told))
            continue
        mine, other = (_cut(counts, weeks, turn) for counts in (picture.counts, picture.compared))
        effect = effect_of(mine, other, sure)
        told = say_effect(effect) if effect else say_lacks(lacks(mine, other))
        found.append(Part(one, place, effect, verdict_of(effect), told))
    return found


def _weeks_of(one: Measure, monday: date) -> Weeks:
    ended = one.done_on or one.due
    return _week(min(one.start, ended), monday), _week(ended, monday)


def _week(day: date, monday: date) -> int:
    return (day - timedelta(days=day.weekday()) - monday) // WEEK


def _meet(one: Weeks, other: Weeks) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _cut(counts: Sequence[int], weeks: Sequence[Weeks], turn: int) -> Flow:
    """The flow around one measure between its neighbours; weeks of alarm stand before the first of all only."""
    start, end = weeks[turn]
    former = [ended for _, ended in weeks if ended < start]
    later = [begun for begun, _ in weeks if begun > end]
    since = max(former) + 1 if former else 0
    until = start if former else max(start - ALARM_WEEKS, 0)
    return Flow(tuple(counts[since:until]), tuple(counts[end + 1 : min(later) if later else len(counts)]))
