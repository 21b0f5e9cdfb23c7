"""Questions about the queue: what speaks for asking, gathered from problem points, the heat map and growth."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from otklik.analytics.selectors import sums
from otklik.charter.selectors import named_numbers, numbers_of
from otklik.charter.values import ParameterValue
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import last_days
from otklik.places.models import Settlement
from otklik.problems.asking.models import Candidate
from otklik.problems.asking.rules import MOST_PLACES, Signs, Thresholds
from otklik.problems.models import Problem
from otklik.topics.models import Topic

PREFIX = "polls.ask_"


@dataclass
class Flow:
    """Letters of one topic: by settlement now and before, and the weeks that brought any to each."""

    now: Counter[int] = field(default_factory=Counter)
    past: Counter[int] = field(default_factory=Counter)
    weeks: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True)
class Found:
    """A question with what speaks for it. `places` are keys of settlements to choose among, the loudest first."""

    seed: str
    title: str
    topic: Topic | None
    settlement: Settlement | None
    problem: Problem | None
    signs: Signs
    places: tuple[int, ...] = ()


def queue_of(municipality: Municipality) -> QuerySet[Candidate]:
    """All lines of the queue, the first to ask first."""
    rows = Candidate.objects.filter(municipality=municipality)
    return rows.select_related("topic", "settlement", "problem", "poll").order_by(
        "-priority", "-sureness", "pk"
    )


def thresholds_of(municipality: Municipality, on: date | None = None) -> Thresholds:
    """When a question is worth asking here."""
    return numbers_of(municipality, PREFIX, Thresholds(), on)


def named_thresholds(municipality: Municipality) -> list[ParameterValue]:
    """The charter's own words on it, as far as it has any."""
    return named_numbers(municipality, PREFIX, Thresholds())


def window_of(today: date, asked: Thresholds) -> Period:
    """The last whole days the queue looks at."""
    return last_days(today - timedelta(days=1), asked.window_days)


def find_signs(municipality: Municipality, period: Period, asked: Thresholds) -> list[Found]:
    """Every topic that can be solved, as one question: where to begin when several places write of it, else about its
    loudest place; then problems of the list without a topic. Four statements for any number of them."""
    flows = _flows(municipality, period, asked)
    topics = {one.key: one for one in Topic.objects.filter(is_open=True, solvable=True, key__in=flows)}
    places = {one.pk: one for one in Settlement.objects.filter(municipality=municipality)}
    problems = _problems(municipality)
    whole: Counter[int] = Counter()
    for flow in flows.values():
        whole.update(flow.now)
    chosen = [_question(topics[key], flows[key], whole, places, problems, asked) for key in sorted(topics)]
    chosen += [_of_problem(one) for one in problems.get(0, [])]
    most = max((one.signs.cases for one in chosen), default=1)
    is_counted = any(flow.past for flow in flows.values())
    return [_among(one, most, is_counted) for one in chosen]


def _flows(municipality: Municipality, period: Period, asked: Thresholds) -> dict[str, Flow]:
    """By topic; place 0 is letters whose settlement is not known."""
    since = period.since - timedelta(days=asked.window_days)
    cut = ("day", "topic", "settlement")
    flows: dict[str, Flow] = defaultdict(Flow)
    for (day, topic, place), one in sums(
        [municipality.pk], Period(since, period.until), cut, None, ("received",)
    ).items():
        came = one["received"]
        if not topic or not came:
            continue
        flow = flows[topic]
        if day < period.since:
            flow.past[place] += came
        else:
            flow.now[place] += came
            flow.weeks[place].add(day - timedelta(days=day.weekday()))
    return flows


def _problems(municipality: Municipality) -> dict[int, list[Problem]]:
    """Problems of the list and proposed ones by topic (0: without one); what is solved is not asked about."""
    rows = Problem.objects.filter(municipality=municipality, state__in=["proposed", "confirmed", "in_work"])
    asked = rows.select_related("settlement").annotate(many=Count("links", filter=~Q(links__state="struck")))
    found: dict[int, list[Problem]] = defaultdict(list)
    for one in asked.order_by("state", "-raised_at", "pk"):
        found[one.topic_id or 0].append(one)
    return found


def _question(
    topic: Topic,
    flow: Flow,
    whole: Counter[int],
    places: dict[int, Settlement],
    problems: dict[int, list[Problem]],
    asked: Thresholds,
) -> Found:
    known = [
        (place, n)
        for place, n in sorted(flow.now.items(), key=lambda one: (-one[1], one[0]))
        if place in places
    ]
    loud = [(place, n) for place, n in known if n >= asked.place_cases]
    is_vote = len(loud) >= asked.vote_places
    choice = loud[:MOST_PLACES] if is_vote else []
    # Letters scattered over places where none has enough are a matter of the whole municipality.
    is_one_place = bool(known) and known[0][1] >= asked.least_cases and not is_vote
    place = places[known[0][0]] if is_one_place else None
    problem = _problem_for(problems.get(topic.pk, []), place)
    told = set(flow.now) if place is None else {place.pk}
    weeks = set().union(*(flow.weeks[key] for key in told))
    signs = Signs(
        cases=sum(flow.now[key] for key in told),
        past=sum(n for key, n in flow.past.items() if place is None or key in told),
        weeks=min(len(weeks), asked.weeks),
        lift=_lift(flow, whole, place.pk) if place else None,
        problem=problem.number if problem else "",
        is_confirmed=problem is not None and problem.state != "proposed",
        has_point=problem is not None and problem.lat is not None,
        places=tuple((str(places[key]), n) for key, n in choice),
    )
    keys = tuple(key for key, _ in choice)
    return Found(f"topic:{topic.key}", topic.title, topic, place, problem, signs, keys)


def _of_problem(problem: Problem) -> Found:
    """A problem no topic was read for: its own letters speak for it."""
    signs = Signs(
        cases=getattr(problem, "many", 0),
        problem=problem.number,
        is_confirmed=problem.state != "proposed",
        has_point=problem.lat is not None,
    )
    return Found(f"problem:{problem.pk}", problem.title, None, problem.settlement, problem, signs)


def _problem_for(rows: list[Problem], place: Settlement | None) -> Problem | None:
    """The problem of the same place, else one of the whole municipality, else the newest of the topic for a vote."""
    if place is None:
        return rows[0] if rows else None
    same = [one for one in rows if one.settlement_id in (place.pk, None)]
    return same[0] if same else None


def _lift(flow: Flow, whole: Counter[int], place: int) -> float | None:
    """How many times more often the place writes of the topic than its share of all letters would bring."""
    expected = sum(flow.now.values()) * whole[place] / max(sum(whole.values()), 1)
    others = sum(1 for key in whole if key) > 1
    return flow.now[place] / expected if expected and others else None


def _among(one: Found, most: int, is_counted: bool) -> Found:
    """The question among the others; where nobody counted before the window, nothing is said of growth."""
    past = one.signs.past if is_counted else None
    return replace(one, signs=replace(one.signs, most=most, past=past))
