"""The flow a roadmap must lower, read from the facts by weeks, beside flows it has not touched.

Cases are counted by the topic and the place of the roadmap. What may serve as control: the same topics in other
settlements, each alone and all together; other topics of the same group, and all other topics, in the same places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.analytics.names import names_of
from otklik.analytics.selectors import sums
from otklik.cases.selectors import CaseFilter
from otklik.common import words as say
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.problems.roadmaps.effect import (
    ALARM_WEEKS,
    Candidate,
    Effect,
    Flow,
    Likeness,
    choose_control,
    cut,
    effect_of,
    lacks,
    likeness_of,
    own_lacks,
)
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.words import OPEN, say_effect, say_lacks, verdict_of
from otklik.topics.models import Topic

WEEK = timedelta(weeks=1)
BACK = 52 + ALARM_WEEKS
AHEAD = 26
MOST_PLACES = 8
"""Other settlements looked at one by one: those with the most cases of the topics."""
ELSEWHERE, SAME_GROUP, REST = "elsewhere", "group", "rest"


@dataclass(frozen=True)
class Span:
    """When the measures worked: the first Monday looked at, weeks of their beginning and end, weeks in all."""

    monday: date
    start: int
    end: int
    weeks: int

    @property
    def period(self) -> Period:
        return Period(self.monday, self.monday + WEEK * self.weeks - timedelta(days=1))


@dataclass(frozen=True)
class Option:
    """A flow that may be compared with, and how alike its past is; None: too few cases to tell."""

    candidate: Candidate
    likeness: Likeness | None

    @property
    def is_territory(self) -> bool:
        return self.candidate.key not in (SAME_GROUP, REST)


@dataclass(frozen=True)
class Picture:
    """Everything the section of proof shows: curves by weeks, the control with its reason, the effect in words.

    `counts` and `compared` begin with `span.monday`; `why_not` says why there is nothing to show.
    """

    span: Span | None
    counts: tuple[int, ...] = ()
    compared: tuple[int, ...] = ()
    control: Candidate | None = None
    reason: str = ""
    options: tuple[Option, ...] = ()
    effect: Effect | None = None
    verdict: str = "few"
    words: str = ""


def picture_of(roadmap: Roadmap, measures: Sequence[Measure], today: date) -> Picture:
    """The proof as the facts stand today."""
    if not roadmap.topics:
        return Picture(None, words="Темы не названы: считать поток не по чему. Свяжите карту с проблемой.")
    asked = span_of(measures, today)
    if asked is None:
        return Picture(None, words="Эффект считаем, когда меры закончены: тогда есть «до» и «после».")
    found = _read(roadmap, asked)
    span = found.span
    flow = cut(found.mine, span.start, span.end)
    options = tuple(Option(one, likeness_of(flow, one.flow)) for one in found.candidates(span))
    chosen, reason = _choose(roadmap, flow, options)
    if chosen is None:
        few = own_lacks(flow)
        told = say_lacks(few or [reason])
        return Picture(span, found.mine, options=options, words=told)
    effect = effect_of(flow, chosen.flow)
    words = say_effect(effect) if effect else say_lacks(lacks(flow, chosen.flow))
    compared = found.others[chosen.key][1]
    return Picture(span, found.mine, compared, chosen, reason, options, effect, verdict_of(effect), words)


def span_of(measures: Sequence[Measure], today: date) -> Span | None:
    """The weeks around the measures; None while any is open or none is done."""
    done = [one for one in measures if one.state == "done" and one.done_on]
    if not done or any(one.state in OPEN for one in measures):
        return None
    begun = _monday(min(min(one.start, one.done_on or one.start) for one in done))
    ended = _monday(max(one.done_on or one.due for one in done))
    last = max(ended, min(_monday(today) - WEEK, ended + WEEK * AHEAD))
    return _span(begun - WEEK * BACK, begun, ended, last)


def list_of(roadmap: Roadmap, period: Period) -> str:
    """The address of the cases of the roadmap's flow; the list takes one topic and one place."""
    asked = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    if len(roadmap.topics) == 1:
        asked["topic"] = roadmap.topics[0]
    if len(roadmap.settlements) == 1:
        asked["settlement"] = str(roadmap.settlements[0])
    return f"/cases/?{CaseFilter(**asked).to_query()}"


def flow_words(roadmap: Roadmap) -> str:
    """«Ямы на дорогах; с. Ключи»: what is counted."""
    topic, place = (names_of(roadmap.municipality, by) for by in ("topic", "settlement"))
    said = ", ".join(f"«{topic(key)}»" for key in roadmap.topics)
    where = ", ".join(place(key) for key in roadmap.settlements) or "весь муниципалитет"
    return say.tie(f"{said}; {where}")


def _choose(roadmap: Roadmap, flow: Flow, options: Sequence[Option]) -> tuple[Candidate | None, str]:
    """The control of the person or, without one, of the machine; with the reason in words."""
    if roadmap.control_by_id is not None:
        named = next((one for one in options if one.candidate.key == roadmap.control), None)
        if named is not None:
            return named.candidate, f"Выбрал сотрудник: {roadmap.control_why}. {say_likeness(named.likeness)}"
    lands = [one.candidate for one in options if one.is_territory]
    topics = [one.candidate for one in options if not one.is_territory]
    # The same trouble elsewhere tells more than another trouble here.
    best = choose_control(flow, lands) or choose_control(flow, topics)
    if best is None and not any(one.likeness for one in options):
        return None, "сравнить не с чем, у других территорий и тем слишком мало карточек до мер"
    if best is None:
        return None, "сравнить не с чем, ни одна другая территория или тема не шла до мер так же"
    return best[0], f"Выбрано по ходу до мер. {say_likeness(best[1])}"


def say_likeness(likeness: Likeness | None) -> str:
    """«До мер шли вместе: разошлись на 4 %, это в пределах случайного.»"""
    if likeness is None:
        return "Карточек до мер мало: похож ли ход, сказать нельзя."
    parted = f"{say.number(abs(round(likeness.parted)))} %"
    if likeness.is_parallel:
        return say.tie(f"До мер шли вместе: разошлись на {parted}, это в пределах случайного.")
    return say.tie(f"До мер шли врозь: разошлись на {parted}, случайностью это не объяснить.")


@dataclass(frozen=True)
class _Read:
    """The weeks with cases, counts of the roadmap's flow and, by key, titles and counts of the others."""

    span: Span
    mine: tuple[int, ...]
    others: Mapping[str, tuple[str, tuple[int, ...]]]

    def candidates(self, span: Span) -> list[Candidate]:
        return [
            Candidate(key, title, cut(counts, span.start, span.end))
            for key, (title, counts) in self.others.items()
        ]


def _read(roadmap: Roadmap, asked: Span) -> _Read:
    """Two questions to the facts: the topics by place, the places by topic.

    Weeks before the first case of any of them are left out: they are not quiet, the system was not there yet.
    """
    town, places = roadmap.municipality, set(roadmap.settlements)
    by_place = _weeks(town, asked, "settlement", {"topic": list(roadmap.topics)})
    where = {"settlement": sorted(places)} if places else {}
    by_topic = _weeks(town, asked, "topic", where)
    span = _trimmed(asked, [*by_place.values(), *by_topic.values()])
    mine = _added(span, [one for key, one in by_place.items() if not places or key in places])
    others: dict[str, tuple[str, tuple[int, ...]]] = {}
    if places:
        name = names_of(town, "settlement")
        away = {key: one for key, one in by_place.items() if key and key not in places}
        most = sorted(away, key=lambda key: (-sum(away[key].values()), key))[:MOST_PLACES]
        if len(away) > 1:
            others[ELSEWHERE] = (
                "те же темы в остальных населённых пунктах",
                _added(span, list(away.values())),
            )
        others |= {f"place:{key}": (f"те же темы, {name(key)}", _added(span, [away[key]])) for key in most}
    group = _of_group(roadmap)
    near = [one for key, one in by_topic.items() if key in group and key not in roadmap.topics]
    rest = [one for key, one in by_topic.items() if key and key not in roadmap.topics]
    where_said = "в этих же местах" if places else "по всему муниципалитету"
    others[SAME_GROUP] = (f"другие темы того же раздела {where_said}", _added(span, near))
    others[REST] = (f"все остальные темы {where_said}", _added(span, rest))
    return _Read(span, mine, {key: one for key, one in others.items() if any(one[1])})


def _of_group(roadmap: Roadmap) -> set[str]:
    """Topics of the same groups as those of the roadmap."""
    groups = Topic.objects.filter(key__in=roadmap.topics).values("group")
    return set(Topic.objects.filter(group__in=groups).values_list("key", flat=True))


def _weeks(
    town: Municipality, span: Span, by: str, where: Mapping[str, object]
) -> dict[object, dict[date, int]]:
    found: dict[object, dict[date, int]] = {}
    for (monday, key), one in sums([town.pk], span.period, ("week", by), where, ("received",)).items():
        found.setdefault(key, {})[monday] = one["received"]
    return found


def _added(span: Span, flows: Sequence[Mapping[date, int]]) -> tuple[int, ...]:
    mondays = [span.monday + WEEK * week for week in range(span.weeks)]
    return tuple(sum(one.get(monday, 0) for one in flows) for monday in mondays)


def _trimmed(asked: Span, flows: Sequence[Mapping[date, int]]) -> Span:
    begun, ended = asked.monday + WEEK * asked.start, asked.monday + WEEK * asked.end
    first = min((min(one) for one in flows if one), default=begun)
    return _span(min(first, begun), begun, ended, asked.monday + WEEK * (asked.weeks - 1))


def _span(first: date, begun: date, ended: date, last: date) -> Span:
    return Span(first, (begun - first) // WEEK, (ended - first) // WEEK, (last - first) // WEEK + 1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
