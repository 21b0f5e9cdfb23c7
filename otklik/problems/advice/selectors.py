"""Questions about the catalogue of advice: lists, like practices, the board of priorities, how blocks adopt."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from otklik.analytics.measures import MEASURES, Measure, Value
from otklik.analytics.selectors import hours, sums
from otklik.analytics.sight import Sight
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import last_days
from otklik.language.lemmas import lemmas
from otklik.problems.advice.models import Adoption, Advice, Effect, Effort
from otklik.problems.advice.rules import Alike, Load, Rank, find_alike, rank, words_of
from otklik.problems.models import Problem
from otklik.problems.words import OPEN_STATES
from otklik.topics.models import Topic

WINDOW_DAYS = 90
MONTH = 30.4
MOST_COMPARED = 3000


def catalogue(
    municipality: Municipality, kind: str = "", state: str = "", asked: str = "", urgent: bool = False
) -> QuerySet[Advice]:
    """Lines of the catalogue, the newest first; `asked` are words that the title or the text must have.

    Words are compared by their dictionary forms; a word the dictionary does not know is looked up as it stands.
    """
    rows = Advice.objects.filter(municipality=municipality)
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if urgent:
        rows = rows.filter(is_urgent=True)
    if asked.strip():
        told = words_of(lemmas(asked))
        by_title = Q(title__icontains=asked.strip())
        rows = rows.filter(by_title | Q(lemmas__contains=told) if told else by_title)
    return rows.select_related("body", "post", "problem", "practice")


def alike(
    municipality: Municipality, text: str, kinds: Collection[str] = (), besides: int | None = None
) -> list[tuple[Advice, Alike]]:
    """Lines near to the text in meaning of their words, the nearest first, with the words they share."""
    asked = words_of(lemmas(text))
    rows = Advice.objects.filter(municipality=municipality, lemmas__overlap=asked)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if besides:
        rows = rows.exclude(pk=besides)
    known = dict(rows.order_by("-at").values_list("pk", "lemmas")[:MOST_COMPARED])
    near = find_alike(asked, known)
    found = Advice.objects.in_bulk([one.key for one in near])
    return [(found[one.key], one) for one in near]


def latest_adoptions(advice: Iterable[Advice]) -> dict[int, list[Adoption]]:
    """The newest report of each block by advice."""
    found: dict[int, dict[str, Adoption]] = {}
    for one in Adoption.objects.filter(advice__in=[row.pk for row in advice]).order_by("at", "pk"):
        found.setdefault(one.advice_id, {})[one.block_key] = one
    return {key: list(blocks.values()) for key, blocks in found.items()}


def adopted_by(municipality: Municipality, until: date) -> list[tuple[Advice, list[Adoption]]]:
    """Advice accepted by the day with the newest reports of blocks made by then; for the paper on adoption."""
    _, end = Period(until, until).moments(municipality.time_zone)
    accepted = Advice.objects.filter(municipality=municipality, state="accepted", decided_at__lt=end)
    rows = list(accepted.select_related("body", "post").order_by("number"))
    reports: dict[int, dict[str, Adoption]] = {}
    made = Adoption.objects.filter(advice__in=[one.pk for one in rows], at__lt=end).order_by("at", "pk")
    for one in made:
        reports.setdefault(one.advice_id, {})[one.block_key] = one
    return [(one, list(reports.get(one.pk, {}).values())) for one in rows]


def effects_by(advice: Advice, until: date) -> QuerySet[Effect]:
    """Effects of the advice recorded by the end of the day, the oldest first."""
    _, end = Period(until, until).moments(advice.municipality.time_zone)
    return Effect.objects.filter(advice=advice, at__lt=end).order_by("at", "pk")


@dataclass(frozen=True)
class Line:
    """A topic on the board: figures, points with their reason, the effort, what is being done about it."""

    topic: Topic
    load: Load
    rank: Rank
    effort: Effort | None
    problem: Problem | None
    advice: Advice | None


def board(municipality: Municipality, today: date, sight: Sight | None = None, block: str = "") -> list[Line]:
    """Topics of the last window in the order of work: impact × urgency ÷ effort, ties by the number of cases."""
    period = last_days(today - timedelta(days=1), WINDOW_DAYS)
    past = last_days(period.since - timedelta(days=1), WINDOW_DAYS)
    columns = ("received", "due", "due_overdue")
    where: dict[str, object] = {"sight": sight} if sight is not None else {}
    if block:
        where["block"] = block
    now = sums([municipality.pk], period, ("topic",), where, columns)
    was = sums([municipality.pk], past, ("topic",), where, ("received",))
    whole = sum(one["received"] for one in now.values())
    efforts = {one.topic_id: one for one in Effort.objects.filter(municipality=municipality)}
    problems = _by_topic(Problem.objects.filter(municipality=municipality, state__in=OPEN_STATES))
    priorities = _priorities(municipality)
    lines = []
    for topic in Topic.objects.filter(solvable=True):
        found = now.get((topic.key,))
        if found is None or not found["received"]:
            continue
        before = was[topic.key,]["received"] if (topic.key,) in was else 0
        load = Load(found["received"], before, WINDOW_DAYS / MONTH, found["due"], found["due_overdue"], whole)
        effort = efforts.get(topic.pk)
        lines.append(
            Line(
                topic,
                load,
                rank(load, effort.size if effort else ""),
                effort,
                problems.get(topic.pk),
                priorities.get(topic.key),
            )
        )
    return sorted(lines, key=lambda one: (-one.rank.score, -one.load.received, one.topic.position))


def _by_topic(rows: QuerySet[Problem]) -> dict[int, Problem]:
    return {one.topic_id: one for one in rows.order_by("raised_at") if one.topic_id is not None}


def _priorities(municipality: Municipality) -> dict[str, Advice]:
    """Standing priorities by the key of their topic, as `services.make_priority` links them."""
    rows = Advice.objects.filter(municipality=municipality, kind="priority").exclude(state="declined")
    marked = rows.filter(ground_link__startswith="/cases/?").order_by("at")
    found = {}
    for one in marked:
        topic = next((part[6:] for part in one.ground_link[8:].split("&") if part.startswith("topic=")), "")
        if topic:
            found[topic] = one
    return found


def measured(
    municipality: Municipality, key: str, period: Period, topic: str = "", block: str = ""
) -> tuple[Measure, Value]:
    """A measure over the period, of one topic or block when it is named. Raises KeyError for no measure."""
    measure = MEASURES[key]
    where: dict[str, object] = {name: value for name, value in (("topic", topic), ("block", block)) if value}
    if measure.waited:
        asked = {"topic": topic} if topic else {}
        found = hours([municipality.pk], period, measure.waited, (), asked)[()]
        return measure, measure.of({}, {measure.waited: found})
    counts = sums([municipality.pk], period, (), where, measure.columns)[()]
    return measure, measure.of(counts, None, municipality.population)
