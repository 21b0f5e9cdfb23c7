"""The flow of topics by weeks as the facts count it: what is foretold, what came, what past seasons brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from otklik.analytics.growth.forecast import Week, forecast, forecast_sum
from otklik.analytics.selectors import counts
from otklik.common import words as say
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.problems.roadmaps.effect import Effect, Flow
from otklik.risks.campaigns.effect import Expected, Saved, against_rest, saved_of
from otklik.risks.campaigns.models import Campaign

WEEK = timedelta(weeks=1)
YEAR_WEEKS = 52
BACK = 2 * YEAR_WEEKS + 8
"""Weeks a forecast looks back: two years and what its level needs."""
MOST_AHEAD = 40
FORECAST_WEEKS = 4


@dataclass(frozen=True)
class Weeks:
    """Counts by whole weeks from `monday`: of the campaign's topics and of all others in the same places."""

    monday: date
    mine: tuple[int, ...]
    rest: tuple[int, ...]

    def place(self, day: date) -> int:
        """Which week the day falls into; below nought before the first known."""
        return (monday_of(day) - self.monday) // WEEK


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(
    municipality: Municipality, topics: Sequence[str], settlements: Sequence[int], since: date, until: date
) -> Weeks:
    """Whole weeks from that of `since` to that of `until`; those before the first case of any are left out."""
    first, last = monday_of(since), monday_of(until)
    where: dict[str, object] = {"settlement": list(settlements)} if settlements else {}
    period = Period(first, last + timedelta(days=6))
    found = counts([municipality.pk], period, ("week", "topic"), where, "received")
    first = min((monday for monday, _ in found), default=last)
    size, own = (last - first) // WEEK + 1, set(topics)
    mine, rest = [0] * size, [0] * size
    for (monday, topic), number in found.items():
        (mine if topic in own else rest)[(monday - first) // WEEK] += number
    return Weeks(first, tuple(mine), tuple(rest))


def foretell(campaign: Campaign, today: date) -> dict[str, Any]:
    """The forecast to be frozen: sums of the first 1, 2 … weeks of the watch with bounds, and the weeks themselves.

    {"weeks": n, "sums": [[expected, low, high]…], "curve": [[…]…], "why_not": ""}
    """
    monday, first = monday_of(today), first_week(campaign, today)
    last = monday_of(campaign.watch_until)
    told: dict[str, Any] = {"weeks": 0, "sums": [], "curve": [], "why_not": ""}
    if not campaign.topics:
        return {**told, "why_not": "Темы кампании не названы: считать обращения не по чему."}
    since, until = (first - monday) // WEEK + 1, (last - monday) // WEEK + 1
    if until > MOST_AHEAD:
        return {**told, "why_not": f"Прогноз не строим дальше чем на {MOST_AHEAD} недель."}
    if until < since:
        return {**told, "why_not": "Дни счёта уже прошли."}
    past = weeks_of(
        campaign.municipality, campaign.topics, campaign.settlements, monday - WEEK * BACK, monday - WEEK
    )
    sums = [forecast_sum(past.mine, since, one) for one in range(since, until + 1)]
    known = [[one.expected, one.low, one.high] for one in sums if one is not None]
    if not known:
        weeks = say.count(len(past.mine), "неделю", "недели", "недель")
        why_not = f"Недостаточно данных: обращения известны за {weeks} до кампании, прогнозу этого мало."
        return {**told, "why_not": why_not}
    curve = forecast(past.mine, until)
    drawn = (
        [[one.expected, one.low, one.high] for one in curve.weeks[since - 1 : since - 1 + len(known)]]
        if curve
        else []
    )
    return {**told, "weeks": len(known), "sums": known, "curve": drawn}


def told_ahead(municipality: Municipality, topics: Sequence[str], season: Period, today: date) -> Week | None:
    """What the topics are foretold to bring over a coming season; None where history is too short or it is far."""
    monday = monday_of(today)
    since = (max(monday_of(season.since), monday) - monday) // WEEK + 1
    until = (monday_of(season.until) - monday) // WEEK + 1
    if not topics or until > MOST_AHEAD or until < since:
        return None
    past = weeks_of(municipality, topics, (), monday - WEEK * BACK, monday - WEEK)
    return forecast_sum(past.mine, since, until)


def first_week(campaign: Campaign, approved: date) -> date:
    """The Monday appeals are counted from: of the watch, but never before the forecast was frozen."""
    return max(monday_of(campaign.watch_since), monday_of(approved))


@dataclass(frozen=True)
class Picture:
    """The effect as it stands: weeks with what was foretold and what came, the finding, the last whole week counted."""

    rows: tuple[tuple[date, list[float], int | None], ...]
    saved: Saved
    until: date | None


def picture_of(campaign: Campaign, today: date) -> Picture:
    """What came against the frozen forecast over the weeks that have passed, beside all other topics."""
    told: Mapping[str, Any] = campaign.expected
    if not told or campaign.approved_at is None:
        return Picture(
            (), Saved("few", "Прогноз записывают в день утверждения: кампания ещё не утверждена."), None
        )
    first = first_week(campaign, day_in(campaign.municipality, campaign.approved_at))
    size = int(told["weeks"])
    passed = max(0, min(size, (monday_of(today) - first) // WEEK))
    if not size:
        return Picture((), Saved("few", str(told["why_not"])), None)
    past = weeks_of(
        campaign.municipality,
        campaign.topics,
        campaign.settlements,
        first - WEEK * 2 * YEAR_WEEKS,
        first + WEEK * max(passed - 1, 0),
    )
    came = _cut(past.mine, past.place(first), passed)
    foretold = Expected(*told["sums"][passed - 1]) if passed else None
    against, said = _against(past, first, passed) if passed else (None, "")
    saved = saved_of(foretold, came, "Недели счёта ещё не прошли.", against)
    rows = tuple(
        (
            first + WEEK * week,
            told["curve"][week] if week < len(told["curve"]) else [],
            came[week] if week < passed else None,
        )
        for week in range(size)
    )
    until = first + WEEK * passed - timedelta(days=1) if passed else None
    return Picture(rows, replace(saved, against=said), until)


def seasons_came(
    municipality: Municipality, asked: Mapping[int, tuple[Sequence[str], Period]]
) -> dict[int, int | None]:
    """How many cases the topics brought over each period, in whole weeks; None where facts do not reach so far.

    One question to the facts for all.
    """
    if not asked:
        return {}
    since = min(monday_of(period.since) for _, period in asked.values())
    until = max(period.until for _, period in asked.values())
    found = counts(
        [municipality.pk], Period(since, until + timedelta(days=6)), ("week", "topic"), None, "received"
    )
    first = min((monday for monday, _ in found), default=None)
    return {key: _season_sum(found, set(topics), period, first) for key, (topics, period) in asked.items()}


def _season_sum(
    found: Mapping[tuple[Any, ...], int], topics: set[str], period: Period, first: date | None
) -> int | None:
    if first is None or not topics or first > monday_of(period.since):
        return None
    return sum(
        number
        for (monday, topic), number in found.items()
        if topic in topics and monday_of(period.since) <= monday <= period.until
    )


def growing(municipality: Municipality, today: date) -> dict[str, tuple[float, int]]:
    """What each topic is foretold to bring in four weeks, and what it brought in the last four."""
    monday = monday_of(today)
    period = Period(monday - WEEK * BACK, monday - timedelta(days=1))
    found = counts([municipality.pk], period, ("week", "topic"), None, "received")
    first = min((one for one, _ in found), default=monday)
    size = (monday - first) // WEEK
    flows: dict[str, list[int]] = {}
    for (week, topic), number in found.items():
        if topic:
            flows.setdefault(topic, [0] * size)[(week - first) // WEEK] = number
    told = {topic: forecast_sum(flow, 1, FORECAST_WEEKS) for topic, flow in flows.items()}
    return {
        topic: (one.expected, sum(flows[topic][-FORECAST_WEEKS:]))
        for topic, one in told.items()
        if one is not None
    }


def _against(past: Weeks, first: date, passed: int) -> tuple[Effect | None, str]:
    """This season beside the same weeks of one or two years before, as far as facts reach."""
    starts = [past.place(first) - YEAR_WEEKS * years for years in (2, 1)]
    known = [start for start in starts if start >= 0]

    def flow(counted: Sequence[int]) -> Flow:
        before = [number for start in known for number in counted[start : start + passed]]
        return Flow(tuple(before), _cut(counted, past.place(first), passed))

    return against_rest(flow(past.mine), flow(past.rest))


def _cut(counted: Sequence[int], start: int, size: int) -> tuple[int, ...]:
    """So many weeks from a place; weeks before the first known case brought nothing."""
    return tuple(counted[place] if 0 <= place < len(counted) else 0 for place in range(start, start + size))
