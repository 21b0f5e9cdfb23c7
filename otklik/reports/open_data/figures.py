"""Figures of the open pages: what was done by residents' messages, and the statistics of the last months.

Read from daily facts; counts of topics, places and months below the least shown one are hidden as in open data.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.analytics.selectors import hours, sums
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.outreach.selectors import smallest_of
from otklik.places.models import Settlement
from otklik.reports.open_data.rules import Line, hide_small, join_small
from otklik.reports.open_data.sets import OTHER_PLACES, OTHER_TOPICS
from otklik.topics.models import Topic

DAYS = 30
TOP = 6


@dataclass(frozen=True)
class Done:
    """What was done in the last thirty whole days; `topics` and `places` are (name, solved), the largest first."""

    period: Period
    received: int
    answered: int
    solved: int
    hours: float | None
    topics: Sequence[tuple[str, int]]
    places: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class MonthFigures:
    """One month of the open statistics; a count too small to be shown is None.

    `in_time` is the share of answers that were there by their day; None where none was due or too few.
    """

    month: date
    received: int | None
    answered: int | None
    solved: int | None
    in_time: float | None


@dataclass(frozen=True)
class Statistics:
    """The months of a period and what they make together."""

    months: Sequence[MonthFigures]
    received: int
    answered: int
    solved: int
    in_time: float | None


def done_in(town: Municipality, today: date) -> Done:
    """The last thirty whole days."""
    period = Period(today - timedelta(days=DAYS), today - timedelta(days=1))
    columns = ["received", "answered", "answered_solved"]
    whole = sums([town.pk], period, (), None, columns)[()]
    waited = hours([town.pk], period, "final").get(()) if whole["answered"] else None
    least = smallest_of(town, today)
    return Done(
        period=period,
        received=whole["received"],
        answered=whole["answered"],
        solved=whole["answered_solved"],
        hours=waited.median if waited and waited.count >= least else None,
        topics=_solved(town, period, "topic", least, OTHER_TOPICS),
        places=_solved(town, period, "settlement", least, OTHER_PLACES),
    )


def _solved(town: Municipality, period: Period, by: str, least: int, other: str) -> Sequence[tuple[str, int]]:
    """The largest by name, then the rest; nothing where all are so small that only «прочие» would stand."""
    names = _names(town, by)
    found = sums([town.pk], period, (by,), None, ["answered_solved"])
    counts = {key: figures["answered_solved"] for (key,), figures in found.items()}
    lines = [Line((names[key],), {"n": n}) for key, n in counts.items() if n and key in names]
    joined = [(one.names[0], one.of("n")) for one in join_small(lines, "n", least, (other,))]
    named = [one for one in joined if one[0] != other]
    if not named:
        return []
    # A place that nobody named is no place: it goes with the rest.
    rest = sum(counts.values()) - sum(count for _, count in named[:TOP])
    return [*named[:TOP], *([(other, rest)] if rest >= least else [])]


def _names(town: Municipality, by: str) -> dict[object, str]:
    if by == "topic":
        return dict(Topic.objects.values_list("key", "title"))
    return dict(Settlement.objects.filter(municipality=town).values_list("pk", "name"))


def statistics_of(town: Municipality, period: Period, today: date) -> Statistics:
    """Every month of the period, quiet ones too."""
    columns = ["received", "answered", "answered_solved", "due", "due_overdue"]
    found = {month: one for (month,), one in sums([town.pk], period, ("month",), None, columns).items()}
    months = list(_months(period))
    whole = [
        Line((), {name: found[month][name] if month in found else 0 for name in columns}) for month in months
    ]
    least = smallest_of(town, today)
    shown = hide_small(whole, least)
    return Statistics(
        months=[
            MonthFigures(
                month=month,
                received=safe.counts["received"],
                answered=safe.counts["answered"],
                solved=safe.counts["answered_solved"],
                in_time=_in_time([one], least),
            )
            for month, one, safe in zip(months, whole, shown, strict=True)
        ],
        received=sum(one.of("received") for one in whole),
        answered=sum(one.of("answered") for one in whole),
        solved=sum(one.of("answered_solved") for one in whole),
        in_time=_in_time(whole, 1),
    )


def _months(period: Period) -> Iterator[date]:
    month = period.since.replace(day=1)
    while month <= period.until:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _in_time(lines: Sequence[Line], least: int) -> float | None:
    due = sum(one.of("due") for one in lines)
    return 1 - sum(one.of("due_overdue") for one in lines) / due if due >= least else None


def topics_of(town: Municipality, period: Period, today: date) -> list[Line]:
    """Topics of the period with what came, was answered and solved; small ones joined, small counts hidden."""
    titles = dict(Topic.objects.values_list("key", "title"))
    columns = ["received", "answered", "answered_solved"]
    found = sums([town.pk], period, ("topic",), None, columns)
    lines = [
        Line((titles.get(key, key),), {name: figures[name] for name in columns})
        for (key,), figures in found.items()
    ]
    least = smallest_of(town, today)
    return hide_small(join_small(lines, "received", least, (OTHER_TOPICS,)), least)
