"""Where the figures of a report come from: facts of its days and of the days before, names, what burns now.

Calls `analytics.selectors` and the cases; called by the forms. Names of residents and texts of messages are never
asked for here, so they cannot get into a report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce

from otklik.accounts.models import Body
from otklik.analytics.columns import HOURS
from otklik.analytics.figures import Histogram, Sums, total
from otklik.analytics.growth.season import Spike
from otklik.analytics.growth.selectors import spikes_of
from otklik.analytics.selectors import hours, sums
from otklik.cases.models import Case
from otklik.cases.selectors import CaseFilter
from otklik.cases.states import OPEN_STATES
from otklik.channels.models import Channel
from otklik.charter.evidence import evidence_for
from otklik.charter.schema import Charter
from otklik.charter.selectors import charter_of, clauses_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before
from otklik.deadlines.selectors import calendar_of
from otklik.language.personal import find_personal
from otklik.places.models import Settlement
from otklik.places.words import with_kind
from otklik.reports.about import WHOLE, About
from otklik.reports.behind import Behind
from otklik.reports.execution import DutyState, states_of
from otklik.reports.periods import in_short
from otklik.topics.models import Block, Topic

FIELDS = {"topic": "topic__key", "settlement": "settlement_id", "body": "body_id", "block": "block_key"}
"""Where a case keeps what a paper may be about."""


@dataclass(frozen=True)
class Pair:
    """The same counts now and in the period before."""

    now: Sums = field(default_factory=Sums)
    was: Sums = field(default_factory=Sums)


@dataclass(frozen=True)
class Overdue:
    """Open cases of a body whose legal moment has passed, and for how many whole days the oldest waits."""

    body_id: int
    body: str
    cards: int
    days: int
    link: str


@dataclass(frozen=True)
class Spot:
    """A street (empty: the settlement as a whole) and how many cases of the period are about it."""

    name: str
    cards: int
    was: int


@dataclass(frozen=True)
class Source:
    """One municipality and one period, of one channel or one thing when it is named.

    `now` is when the paper is composed; `said` are the words of blocks by the block's key.
    """

    town: Municipality
    period: Period
    now: datetime
    channel: str = ""
    about: About = WHOLE
    said: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def previous(self) -> Period:
        return before(self.period)

    @property
    def previous_words(self) -> str:
        return in_short(self.previous)

    @cached_property
    def charter(self) -> Charter:
        return charter_of(self.town, self.period.until)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.town.time_zone)

    @cached_property
    def whole(self) -> Pair:
        return self.pairs().get((), Pair())

    def pairs(self, *by: str, **where: object) -> dict[tuple[Any, ...], Pair]:
        """Counts now and before for each combination of the cuts."""
        asked = self._asked(where)
        now = sums([self.town.pk], self.period, by, asked)
        was = sums([self.town.pk], self.previous, by, asked)
        return {key: Pair(now.get(key, Sums()), was.get(key, Sums())) for key in {**now, **was}}

    def waited(self, what: str, topics: Iterable[str] | None = None) -> Histogram:
        """Hours to the first or the final answer over the period, of some topics when they are given.

        Facts keep no hours by place: for one settlement nothing is told. A block is its topics.
        """
        if self.about.kind == "settlement":
            return Histogram()
        asked: dict[str, object] = {} if topics is None else {"topic": list(topics)}
        if self.about.kind == "block":
            asked = {"topic": self.topics_of(self.about.key)}
        elif not asked:
            asked = {**self.about.where}
        return hours([self.town.pk], self.period, what, (), self._of_channel(asked))[()]

    def topics_of(self, block: str) -> list[str]:
        """Keys of the topics a block answers for."""
        return [topic.key for one in self.blocks if one.key == block for topic in one.topics.all()]

    def waits(self, topics: Iterable[str] | None = None) -> dict[str, Histogram]:
        """Both histograms by name, as measures take them."""
        return {what: self.waited(what, topics) for what in HOURS}

    @cached_property
    def duties(self) -> list[DutyState]:
        """Every duty of the charter with its state by the records of the period."""
        clauses = list(clauses_of(self.town))
        keys = dict.fromkeys(one.evidence_key for one in clauses)
        found = {key: evidence_for(key, self.town, self.period) for key in keys}
        return states_of(self.town, clauses, found, min(self.today, self.period.until))

    @cached_property
    def earlier(self) -> "Source":
        """The same town and channel in the period before."""
        return self.over(self.previous)

    def over(self, period: Period) -> "Source":
        """The same over other days."""
        return replace(self, period=period)

    def of_block(self, block: Block) -> "Source":
        """The same for one block alone."""
        return replace(self, about=About("block", block.key, f"«{block.title}»"))

    def months(self, how_many: int) -> dict[date, Sums]:
        """Counts by the first day of each month, the last month is that of the period's end."""
        last = self.period.until.replace(day=1)
        first = (last - timedelta(days=31 * how_many - 31 - 15)).replace(day=1)
        found = sums([self.town.pk], Period(first, self.period.until), ("month",), self._asked({}))
        return {key[0]: one for key, one in sorted(found.items())}

    @cached_property
    def by_topic(self) -> dict[tuple[Any, ...], Pair]:
        """Topics that are known; what nobody has sorted yet is not a topic."""
        return {key: pair for key, pair in self.pairs("topic").items() if key[0]}

    @cached_property
    def spikes(self) -> list[Spike]:
        """Days out of the ordinary, by the eight same weekdays before each."""
        return spikes_of([self.town.pk], self.period, self._asked({}))

    @cached_property
    def channels(self) -> dict[str, str]:
        return dict(Channel.objects.filter(municipality=self.town).values_list("key", "title"))

    @cached_property
    def channel_kinds(self) -> dict[str, str]:
        return dict(Channel.objects.filter(municipality=self.town).values_list("key", "kind"))

    @cached_property
    def topics(self) -> dict[str, Topic]:
        return {one.key: one for one in Topic.objects.all()}

    @cached_property
    def bodies(self) -> dict[int, str]:
        return dict(Body.objects.filter(municipality=self.town).values_list("pk", "short_name"))

    @cached_property
    def settlements(self) -> dict[int, str]:
        return {one.pk: str(one) for one in Settlement.objects.filter(municipality=self.town)}

    @cached_property
    def blocks(self) -> list[Block]:
        return list(Block.objects.filter(municipality=self.town).prefetch_related("topics"))

    def topic(self, key: str) -> str:
        """The title in quotes, so that it needs no case."""
        found = self.topics.get(key)
        return f"«{found.title}»" if found else "тема не определена"

    def is_solvable(self, key: str) -> bool:
        """Whether something can be done about the topic."""
        return key in self.topics and self.topics[key].solvable

    def working_day_in(self, days: int) -> date:
        """The first working day so many days from today or later."""
        return calendar_of(self.town).working_day_from(self.today + timedelta(days=days))

    def body(self, key: int) -> str:
        return self.bodies.get(key, "исполнитель не назначен")

    def link(self, **conditions: str) -> str:
        """The list of the cases received in the period under these conditions."""
        days = {"since": self.period.since.isoformat(), "until": self.period.until.isoformat()}
        return _list_of(CaseFilter(**{**days, **self._conditions, **conditions}))

    def behind(self, by: str = "", key: object = "", **also: object) -> Behind:
        """The ways to the cases of the period behind one row of a cut, or behind the whole, narrowed once more."""
        return Behind(self.period, by, key, {**self._conditions, **also})

    @property
    def _conditions(self) -> dict[str, str]:
        channel = {"channel": self.channel} if self.channel else {}
        return {**channel, **self.about.conditions}

    @cached_property
    def overdue(self) -> list[Overdue]:
        """What burns at the moment of composing, the most first."""
        late = self._cases().filter(
            state__in=OPEN_STATES, next_control_at__isnull=False, next_legal_at__lt=self.now
        )
        rows = late.values("body_id").annotate(cards=Count("pk"), oldest=Min("next_legal_at"))
        found = [
            Overdue(
                row["body_id"] or 0,
                self.body(row["body_id"] or 0),
                row["cards"],
                (self.now - row["oldest"]).days,
                _list_of(
                    CaseFilter(**{**self._conditions, "term": "broken", "body": str(row["body_id"] or 0)})
                ),
            )
            for row in rows
        ]
        return sorted(found, key=lambda one: (-one.cards, -one.days, one.body))

    def spots(self, limit: int) -> list[Spot]:
        """Streets that are written about most; houses and flats stay on the cards."""
        now, was = self._streets(self.period), self._streets(self.previous)
        most = sorted(now, key=lambda key: (-now[key], key))[:limit]
        return [Spot(self._spot(key), now[key], was.get(key, 0)) for key in most]

    def outcomes(self, period: Period) -> dict[str, int]:
        """Appeals answered in the period with the marks only a person knows: looked at on the spot, held liable."""
        start, end = period.moments(self.town.time_zone)
        answered = self._cases().filter(kind="appeal", answered_at__gte=start, answered_at__lt=end)
        found = answered.aggregate(
            was_visited=Count("pk", filter=Q(was_visited=True)), held_liable=Coalesce(Sum("held_liable"), 0)
        )
        return {name: int(value) for name, value in found.items()}

    def clusters(self, least: int, limit: int) -> list[tuple[str, str, Pair]]:
        """Topics that gather in one settlement: (settlement, topic in quotes, counts), the most first."""
        found = [
            (self.settlements[place], self.topic(topic), pair)
            for (place, topic), pair in self.pairs("settlement", "topic").items()
            if place in self.settlements and topic and pair.now["received"] >= least
        ]
        return sorted(found, key=lambda one: (-one[2].now["received"], one[0], one[1]))[:limit]

    def _cases(self) -> Any:
        own = Case.objects.filter(municipality=self.town)
        narrowed = {FIELDS[name]: value for name, value in self.about.where.items()}
        if self.channel:
            narrowed["channel__key"] = self.channel
        return own.filter(**narrowed)

    def _streets(self, period: Period) -> dict[tuple[int, str, str], int]:
        start, end = period.moments(self.town.time_zone)
        placed = self._cases().filter(came_at__gte=start, came_at__lt=end, settlement__isnull=False)
        rows = placed.order_by().values_list("settlement_id", "street", "street_kind").annotate(n=Count("pk"))
        return {(settlement, street, kind): n for settlement, street, kind, n in rows}

    def _spot(self, key: tuple[int, str, str]) -> str:
        """A street is typed by people: one that holds anything personal is left out, the settlement stays."""
        settlement, street, kind = key
        name = self.settlements.get(settlement, "")
        return f"{name}, {with_kind(kind, street)}" if street and not find_personal(street) else name

    def _asked(self, where: dict[str, Any]) -> dict[str, object]:
        return self._of_channel({**self.about.where, **where})

    def _of_channel(self, where: Mapping[str, object]) -> dict[str, object]:
        return {**({"channel": self.channel} if self.channel else {}), **where}


def most_changed(pairs: dict[tuple[Any, ...], Pair], column: str, limit: int) -> list[tuple[Any, Pair]]:
    """Single keys by the size of the change, then by the count; those that were never there are left out."""
    present = [(key[0], pair) for key, pair in pairs.items() if pair.now[column] or pair.was[column]]
    present.sort(
        key=lambda one: (-abs(one[1].now[column] - one[1].was[column]), -one[1].now[column], str(one[0]))
    )
    return present[:limit]


def sum_of(pairs: Iterable[Pair]) -> Pair:
    """All pairs added."""
    several = list(pairs)
    return Pair(total(one.now for one in several), total(one.was for one in several))


def _list_of(conditions: CaseFilter) -> str:
    return f"/cases/?{conditions.to_query()}"
