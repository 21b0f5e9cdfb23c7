"""The filter of the list: what the address says becomes conditions, and back. Every view can be sent as a link."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from otklik.accounts.models import User
from otklik.cases.models import Answer, Case
from otklik.cases.states import OPEN_STATES
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.places.cells import COARSE, cell_of, resolution_of, span_of
from otklik.places.models import Settlement
from otklik.topics.models import Topic

NUMBER_SIGNS = set("0123456789-/")
NOT_KNOWN = "0"
"""A settlement, a topic, a block or a body of this value asks for cases without one."""
ANY_FAULT = "any"
"""Of hints of the reader of answers: whichever."""


@dataclass(frozen=True)
class CaseFilter:
    """Conditions of a list, all as text of the address; an empty one asks for nothing."""

    q: str = ""
    state: str = ""
    channel: str = ""
    topic: str = ""
    group: str = ""
    block: str = ""
    body: str = ""
    settlement: str = ""
    cell: str = ""
    kind: str = ""
    urgency: str = ""
    term: str = ""
    triage: str = ""
    mine: str = ""
    repeat: str = ""
    result: str = ""
    solvable: str = ""
    fault: str = ""
    returned: str = ""
    score: str = ""
    dates: str = ""
    since: str = ""
    until: str = ""
    order: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "CaseFilter":
        """Read the address; unknown names are left out."""
        return cls(**{one.name: query.get(one.name, "").strip()[:200] for one in fields(cls)})

    def to_query(self) -> str:
        """The address's part after «?»; empty conditions are left out."""
        query = QueryDict(mutable=True)
        query.update({one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)})
        return query.urlencode()

    @property
    def is_empty(self) -> bool:
        return not self.to_query()

    def apply(
        self, cases: QuerySet[Case], user: User, municipality: Municipality, now: datetime
    ) -> QuerySet[Case]:
        """Narrow the cases; a date that is no date is left out."""
        equal = {
            "state": self.state,
            "block_key": "" if self.block == NOT_KNOWN else self.block,
            "kind": self.kind,
            "urgency": self.urgency,
            "result": self.result,
        }
        found = cases.filter(**{name: value for name, value in equal.items() if value and value != "open"})
        if self.block == NOT_KNOWN:
            found = found.filter(block_key="")
        if self.state == "open":
            found = found.filter(state__in=OPEN_STATES)
        found = found.filter(self._channel(municipality), self._topics())
        if self.body.isdigit():
            found = found.filter(Q(body=None) if self.body == NOT_KNOWN else Q(body_id=int(self.body)))
        found = found.filter(self._settlement(), self._cell(municipality))
        if self.triage:
            found = found.filter(needs_triage=True)
        if self.repeat:
            found = found.filter(is_repeat=True)
        if self.solvable:
            found = found.filter(solvable=True)
        zone = ZoneInfo(municipality.time_zone)
        found = found.filter(self._answers(zone), self._score())
        if self.mine:
            found = found.filter(executor=user)
        return found.filter(self._days(zone), self._term(now, zone), self._words())

    def _channel(self, municipality: Municipality) -> Q:
        """By id looked up beforehand: a join would lead the planner away from the indexes in order of coming."""
        if not self.channel:
            return Q()
        found = Channel.objects.filter(municipality=municipality, key=self.channel)
        return Q(channel_id__in=list(found.values_list("pk", flat=True)))

    def _topics(self) -> Q:
        if not (self.topic or self.group):
            return Q()
        if self.topic == NOT_KNOWN:
            return Q(topic=None)
        asked = {"key": self.topic, "group": self.group}
        found = Topic.objects.filter(**{name: value for name, value in asked.items() if value})
        return Q(topic_id__in=list(found.values_list("pk", flat=True)))

    def _answers(self, zone: ZoneInfo) -> Q:
        """Cases with an answer that was returned, in which the reader of answers saw this hint, or handed over in
        these days when `dates` says so: one and the same answer."""
        condition = Q()
        if self.returned:
            condition &= Q(state="returned")
        if self.fault:
            condition &= ~Q(faults=[]) if self.fault == ANY_FAULT else Q(faults__contains=[self.fault])
        if self.dates == "handed":
            condition &= self._within("created_at", zone)
        return Q(Exists(Answer.objects.filter(condition, case=OuterRef("pk")))) if condition else Q()

    def _score(self) -> Q:
        if self.score == "any":
            return Q(score__isnull=False)
        return Q(score=int(self.score)) if self.score.isdigit() else Q()

    def _settlement(self) -> Q:
        if self.settlement == NOT_KNOWN:
            return Q(settlement=None)
        return Q(settlement_id=int(self.settlement)) if self.settlement.isdigit() else Q()

    def _cell(self, municipality: Municipality) -> Q:
        """Cases of a cell of the map; in a large one also those known by a settlement that stands in it."""
        if not self.cell:
            return Q()
        try:
            first, last = span_of(self.cell)
        except ValueError:
            return Q(pk__in=[])
        inside = Q(h3__gte=first, h3__lte=last)
        if resolution_of(self.cell) > COARSE:
            return inside
        points = Settlement.objects.filter(municipality=municipality).values_list("pk", "lat", "lon")
        here = [
            key
            for key, lat, lon in points
            if lat is not None and lon is not None and first <= cell_of(lat, lon) <= last
        ]
        return inside | Q(h3="", settlement_id__in=here)

    def _days(self, zone: ZoneInfo) -> Q:
        """Days of coming, or of the answer when `dates` says so."""
        if self.dates == "handed":
            return Q()
        return self._within("answered_at" if self.dates == "answered" else "came_at", zone)

    def _within(self, field: str, zone: ZoneInfo) -> Q:
        condition, since, until = Q(), _day(self.since), _day(self.until)
        if since:
            condition &= Q((f"{field}__gte", datetime.combine(since, time.min, zone)))
        if until:
            condition &= Q((f"{field}__lt", datetime.combine(until + timedelta(days=1), time.min, zone)))
        return condition

    def _term(self, now: datetime, zone: ZoneInfo) -> Q:
        if not self.term:
            return Q()
        end_of_today = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time.min, zone)
        soon = end_of_today + timedelta(days=3)
        bounds = {
            "overdue": Q(next_control_at__lt=now),
            "today": Q(next_control_at__gte=now, next_control_at__lt=end_of_today),
            "soon": Q(next_control_at__gte=end_of_today, next_control_at__lt=soon),
            "in_time": Q(next_control_at__gte=soon),
            "paused": Q(state="asking"),
            "broken": Q(next_legal_at__lt=now),
        }
        return bounds.get(self.term, Q())

    def _words(self) -> Q:
        if not self.q:
            return Q()
        plain = self.q.replace("ё", "е").replace("Ё", "Е")
        by_words = Q(search=SearchQuery(plain, config="russian", search_type="websearch"))
        if set(self.q) <= NUMBER_SIGNS:
            by_number = Q(number=self.q) | Q(outer_id=self.q)
            return by_number | Q(order_number=self.q.lstrip("0")) if self.q.isdigit() else by_number
        return by_words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
