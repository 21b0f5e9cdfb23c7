"""How a problem is drawn: its flow as bars of days, where it stands in its life, its cases, its map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from otklik.cases.models import Case
from otklik.cases.selectors import CaseFilter, cases_for
from otklik.common import words
from otklik.desk.request import DeskRequest
from otklik.problems.models import Problem, ProblemCase
from otklik.problems.rules import VERDICTS, Comparison
from otklik.problems.selectors import Flow
from otklik.problems.words import STATES

LIST = "/cases/"
WAY = ("proposed", "confirmed", "in_work", "solved", "watch", "closed")
MOST_CASES = 60


@dataclass(frozen=True)
class Bar:
    """A day of the flow as a rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bars:
    """The flow drawn: its bars, the largest day, size in px."""

    bars: tuple[Bar, ...]
    most: int
    width: float
    height: float


def bars(values: Sequence[int], width: float = 120.0, height: float = 28.0) -> Bars:
    """Days as bars from zero; an empty day leaves its place empty."""
    most = max([*values, 1])
    step = width / max(len(values), 1)
    drawn = [
        Bar(step * place, height - height * value / most, max(step - 0.6, 0.6), height * value / most)
        for place, value in enumerate(values)
        if value
    ]
    return Bars(tuple(drawn), max([*values, 0]), width, height)


@dataclass(frozen=True)
class Stage:
    """A step of a problem's life: passed, standing or ahead."""

    title: str
    is_past: bool
    is_here: bool


def way_of(problem: Problem) -> list[Stage]:
    """Where the problem stands; a dismissed one has left its way."""
    if problem.state == "dismissed":
        return []
    said, here = dict(STATES), WAY.index(problem.state)
    return [Stage(said[key], at < here, at == here) for at, key in enumerate(WAY)]


def flow_list(problem: Problem, flow: Flow) -> str:
    """The list of the cases behind the flow; empty for a problem without a theme."""
    if problem.topic is None:
        return ""
    asked = CaseFilter(
        topic=problem.topic.key,
        settlement=str(problem.settlement_id or ""),
        since=flow.since.isoformat(),
        until=(flow.since + timedelta(days=len(flow.days) - 1)).isoformat(),
    )
    return f"{LIST}?{asked.to_query()}"


@dataclass(frozen=True)
class LinkRow:
    """A case of the problem as its card shows it."""

    link: ProblemCase
    case: Case


def links_of(problem: Problem, request: DeskRequest) -> dict[str, Any]:
    """Cases by how they are linked; those out of the person's sight are only counted."""
    seen = cases_for(request.user, request.municipality, request.rights).filter(
        problem_links__problem=problem
    )
    cases = {one.pk: one for one in seen.select_related("topic", "settlement", "body")}
    links = list(problem.links.select_related("text").order_by("-sureness", "pk"))
    rows = [LinkRow(one, cases[one.case_id]) for one in links if one.case_id in cases]
    return {
        "proposed": [one for one in rows if one.link.state == "proposed"],
        "confirmed": [one for one in rows if one.link.state == "confirmed"][:MOST_CASES],
        "struck": [one for one in rows if one.link.state == "struck"],
        "many": sum(one.state == "confirmed" for one in links),
        "waiting": sum(one.state == "proposed" for one in links),
        "hidden": sum(one.state != "struck" and one.case_id not in cases for one in links),
        "texts": {one.case_id: one.text for one in links if one.text_id},
        "points": [
            {"lat": one.case.lat, "lon": one.case.lon, "number": one.case.number, "gist": one.case.gist}
            for one in rows
            if one.case.lat is not None and one.link.state != "struck"
        ],
    }


def map_of(problem: Problem, points: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The problem as a drop, its cases as rings; nothing where no place is known."""
    lat, lon = problem.lat, problem.lon
    if lat is None and problem.settlement is not None:
        lat, lon = problem.settlement.lat, problem.settlement.lon
    if lat is None or lon is None:
        return None
    title = problem.place_line or problem.title
    return {"points": [{"lat": lat, "lon": lon, "title": title}], "near": list(points), "zoom": 14}


def say_comparison(one: Comparison) -> str:
    """«было 30,0 в месяц, стало 10,0: поток стал меньше (33 % прежнего, с надёжностью 95 % от 20 % до 55 %)»."""
    was, now = words.number(one.month_before, 1), words.number(one.month_after, 1)
    said = f"было {was} в{words.NBSP}месяц, стало {now}: {VERDICTS[one.verdict]}"
    if one.verdict == "few":
        return (
            f"до — {one.before} за {words.count(one.days_before, 'день', 'дня', 'дней')},"
            f" после — {one.after} за {words.count(one.days_after, 'день', 'дня', 'дней')}: {VERDICTS['few']}"
        )
    if one.ratio is None or one.low is None:
        return said
    top = words.percent(one.high) if one.high is not None else "∞"
    sure = f"с{words.NBSP}надёжностью 95{words.NBSP}% от {words.percent(one.low)} до {top}"
    return f"{said} ({words.percent(one.ratio)} прежнего, {sure})"


def opening_of(rows: Sequence[Problem], today: date) -> str:
    """The sentence a registry opens with."""
    waiting = sum(one.state == "proposed" for one in rows)
    live = len(rows) - waiting
    bare = sum(
        one.state in ("confirmed", "in_work") and not (one.owner_post_id or one.body_id) for one in rows
    )
    over = sum(
        one.state == "watch" and one.watch_until is not None and one.watch_until < today for one in rows
    )
    parts = [
        f"В{words.NBSP}работе и{words.NBSP}под наблюдением {words.count(live, 'проблема', 'проблемы', 'проблем')}"
    ]
    if waiting:
        parts.append(
            f"{words.count(waiting, 'предложение ждёт', 'предложения ждут', 'предложений ждут')} вашего решения"
        )
    if bare:
        parts.append(f"без ответственного {words.number(bare)}")
    if over:
        parts.append(f"наблюдение окончено у {words.number(over)}")
    return "; ".join(parts) + "."
