"""Questions about fast-track mechanisms: what recurs, whose cases, when each stage was done, how much was gained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from math import inf

from django.db.models import QuerySet

from otklik.analytics.selectors import hours, sums
from otklik.cases.models import Case, Move
from otklik.charter.selectors import CharterMissingError, charter_of, parameter, parameters_of
from otklik.charter.values import ParameterValue
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import last_days
from otklik.problems.fast_track.models import Gain, Mechanism, Proposal
from otklik.problems.fast_track.rules import (
    LESS_THAN_DAYS,
    Flow,
    Gained,
    Thresholds,
    gain_of,
    why_recurs,
)
from otklik.routing.models import Rule
from otklik.topics.models import Topic

LIMIT_KEY = "fast_track.days"
PREFIX = "fast_track."
LEAST_COMPARED_DAYS, MOST_COMPARED_DAYS = 90, 365


@dataclass(frozen=True)
class Recurring:
    """A topic that comes back: which body had most of it, its figures and the sentence that says why."""

    topic: Topic
    body_id: int | None
    flow: Flow
    period: Period
    reason: str


@dataclass(frozen=True)
class Stages:
    """Moments of the four stages of a case: registered, considered (the draft handed over), prepared (signed),
    sent. A stage not reached yet, or not seen by us, is None."""

    case: Case
    registered: datetime
    considered: datetime | None
    prepared: datetime | None
    sent: datetime | None

    @property
    def days(self) -> float | None:
        """Days from registration to dispatch."""
        return (self.sent - self.registered) / timedelta(days=1) if self.sent else None


def limit_of(municipality: Municipality) -> ParameterValue | None:
    """The charter's limit of the whole cycle; None where it is silent (then less than thirty days)."""
    try:
        return parameter(municipality, LIMIT_KEY)
    except CharterMissingError:
        return None


def limit_days(municipality: Municipality) -> int:
    """The longest whole cycle allowed here, calendar days."""
    found = limit_of(municipality)
    named = found.value if found else None
    return min(named, LESS_THAN_DAYS - 1) if isinstance(named, int) else LESS_THAN_DAYS - 1


def named_thresholds(municipality: Municipality, on: date | None = None) -> list[ParameterValue]:
    """The charter's own words on when a topic comes back, as far as it has any."""
    known = parameters_of(municipality, on)
    keys = [f"{PREFIX}{one.name}" for one in fields(Thresholds)]
    return [known[key] for key in keys if key in known]


def thresholds_of(municipality: Municipality, on: date | None = None) -> Thresholds:
    """When a topic comes back here; what the charter does not name, or names by no number, is as in the product."""
    named = {one.key.removeprefix(PREFIX): one.value for one in named_thresholds(municipality, on)}
    return Thresholds(
        **{name: value for name, value in named.items() if isinstance(value, int) and value > 0}
    )


def mechanisms_of(municipality: Municipality) -> QuerySet[Mechanism]:
    """All mechanisms, the newest first."""
    rows = Mechanism.objects.filter(municipality=municipality)
    return rows.select_related("body", "problem").prefetch_related("topics", "co_bodies", "measures__post")


def proposals_of(municipality: Municipality) -> QuerySet[Proposal]:
    """Proposals of the flow, the newest first."""
    return Proposal.objects.filter(municipality=municipality).select_related("topic", "body", "mechanism")


def recurring(municipality: Municipality, today: date) -> list[Recurring]:
    """Topics that came back over the last whole days of the window, those with most repeats first.

    Topics are those of the groups the charter names for the mechanism, all where it names none.
    """
    asked = thresholds_of(municipality, today)
    period = last_days(today - timedelta(days=1), asked.window_days)
    columns = ("received", "received_repeated", "due_overdue")
    cut = sums([municipality.pk], period, ("topic", "body"), None, columns)
    waits = hours([municipality.pk], period, "final", ("topic",))
    groups = set(charter_of(municipality).fast_track.groups)
    found = []
    for topic in Topic.objects.filter(is_open=True, solvable=True):
        parts = {body: one for (key, body), one in cut.items() if key == topic.key}
        if not parts or (groups and topic.group not in groups):
            continue
        wait = waits.get((topic.key,))
        received, repeated, overdue = (sum(one[name] for one in parts.values()) for name in columns)
        flow = Flow(received, repeated, overdue, wait.median if wait else None)
        reason = why_recurs(flow, asked)
        if reason:
            own = {body: one["received"] for body, one in parts.items() if body}
            main = max(own, key=lambda body: (own[body], -body)) if own else None
            found.append(Recurring(topic, main, flow, period, reason))
    return sorted(found, key=lambda one: (-one.flow.repeated, -one.flow.received, one.topic.pk))


def rules_of(mechanism: Mechanism) -> list[int]:
    """Ids of all versions of the auto-rule that runs the mechanism."""
    if mechanism.rule_number is None:
        return []
    found = Rule.objects.filter(municipality=mechanism.municipality_id, number=mechanism.rule_number)
    return list(found.values_list("pk", flat=True))


def is_running(mechanism: Mechanism) -> bool:
    """Whether the rule of a mechanism in force is switched on: a person may have switched it off by hand."""
    return Rule.objects.filter(pk__in=rules_of(mechanism), replaced_at=None, is_on=True).exists()


def cases_of(mechanism: Mechanism) -> QuerySet[Case]:
    """Cases the mechanism has brought on the fast track, the newest first."""
    rows = Case.objects.filter(
        municipality=mechanism.municipality_id, rule__in=rules_of(mechanism), fast_track=True
    )
    return rows.select_related("body", "topic", "settlement").order_by("-came_at", "-pk")


def stages_of(cases: Sequence[Case]) -> list[Stages]:
    """Moments of the stages of each case, in the order given."""
    considered: dict[int, datetime] = {}
    prepared: dict[int, datetime] = {}
    moves = Move.objects.filter(case__in=[case.pk for case in cases], deed__in=["submit", "sign"])
    for case_id, deed, at in moves.order_by("at", "pk").values_list("case_id", "deed", "at"):
        if deed == "submit":
            considered.setdefault(case_id, at)
        else:
            prepared[case_id] = at
    return [
        Stages(
            case,
            case.registered_at,
            considered.get(case.pk),
            prepared.get(case.pk) if case.answered_at else None,
            case.answered_at,
        )
        for case in cases
    ]


def measured(mechanism: Mechanism, now: datetime) -> Gained:
    """Days to the answer before the mechanism and under it.

    Only letters whose whole cycle has passed are looked at on both sides, and one still without an answer waits
    longer than any: a fresh quick answer cannot flatter. Before: the same topics and channels, as many days as the
    mechanism is in force, from 90 to 365.
    """
    start = mechanism.approved_at
    if start is None:
        return gain_of((), ())
    until = (mechanism.stopped_at or now) - timedelta(days=mechanism.whole_days)
    span = min(max(now - start, timedelta(days=LEAST_COMPARED_DAYS)), timedelta(days=MOST_COMPARED_DAYS))
    same = Case.objects.filter(
        municipality=mechanism.municipality_id,
        topic__in=mechanism.topics.all(),
        joined_to=None,
        registered_at__gte=start - span,
        registered_at__lt=start,
    )
    if mechanism.channels:
        same = same.filter(channel__key__in=mechanism.channels)
    own = cases_of(mechanism).filter(joined_to=None, registered_at__gte=start, registered_at__lt=until)
    return gain_of(list(_days(same, now)), list(_days(own, now)))


def _days(cases: QuerySet[Case], now: datetime) -> Iterable[float]:
    """Days from registration to the answer; what had none by now waits longer than any."""
    for registered, answered in cases.values_list("registered_at", "answered_at"):
        yield (answered - registered) / timedelta(days=1) if answered and answered <= now else inf


def last_gain(mechanism: Mechanism) -> Gain | None:
    """The newest measured gain."""
    return Gain.objects.filter(mechanism=mechanism).first()
