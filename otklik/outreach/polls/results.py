"""Results of a poll: turnout, answers with their intervals, weighted shares, words by topics, points, groups.

Nothing is counted before the box is opened. A cell of fewer than `LEAST_IN_GROUP` ballots is not shown apart.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from otklik.common.intervals import mean_interval, wilson
from otklik.common.words import number, percent
from otklik.outreach.polls.models import Admission, Ballot, Choice, OuterResult, Poll, Question, Stratum
from otklik.outreach.polls.weighing import LEAST_IN_GROUP, Cell, Feature, Weighing, weigh
from otklik.outreach.polls.words import CHOSEN, STRATA
from otklik.topics.models import Topic

EXAMPLES = 5
MOST_POINTS = 2000
UNSURE = "-"
"""Stands for the topic of words that were read and have no sure one."""
SAMPLE = (
    "Отвечали те, кто захотел: интервал показывает только случайный разброс, остальные могут думать иначе."
)
COUNTED_BY = {
    "open": "Один голос с устройства, а не с человека.",
    "code": "Один голос с почты или телефона, а не с человека.",
    "esia": "Один голос человека.",
}
"""What stands for one voter, by the way in: said beside the figures."""


@dataclass(frozen=True)
class Row:
    """An answer: votes, share of those who answered the question with its 95 % bounds, the weighted share. Percent."""

    option: int | None
    text: str
    votes: int
    share: float | None
    low: float | None
    high: float | None
    weighted: float | None = None
    weighted_low: float | None = None
    weighted_high: float | None = None


@dataclass(frozen=True)
class TextGroup:
    """Free answers about one topic; examples are depersonalised."""

    topic_key: str
    title: str
    count: int
    examples: Sequence[str]


@dataclass(frozen=True)
class QuestionResult:
    """What a question got; what does not belong to its kind is empty."""

    question: int
    text: str
    kind: str
    answered: int
    rows: Sequence[Row] = ()
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    low: int = 0
    high: int = 0
    groups: Sequence[TextGroup] = ()
    points: Sequence[tuple[float, float, str]] = ()
    leader: Row | None = None


@dataclass(frozen=True)
class Group:
    """Ballots of an age or a place; `count` is None where it is too small to be shown apart."""

    kind: str
    title: str
    count: int | None
    population: int | None


@dataclass(frozen=True)
class Results:
    """Everything a page of results shows; `is_open` means that the box is shut and only the turnout is known."""

    poll: Poll
    is_open: bool
    people: int
    response: float | None
    by_day: Sequence[tuple[date, int]]
    questions: Sequence[QuestionResult] = ()
    weighing: Weighing = field(default_factory=lambda: Weighing(""))
    groups: Sequence[Group] = ()
    words: str = ""


def questions_of(poll: Poll) -> list[Question]:
    """Questions in their order with their options, in two queries."""
    return list(poll.questions.prefetch_related("options"))


def turnout(poll: Poll) -> list[tuple[date, int]]:
    """Voters by day."""
    rows = Admission.objects.filter(poll=poll, kind="ballot").values("on").annotate(n=Count("mark"))
    return [(row["on"], row["n"]) for row in rows.order_by("on")]


def results(poll: Poll) -> Results:
    """Results as they can be known now: of the opened box, of ПОС, or the turnout alone."""
    by_day = turnout(poll)
    people = poll.outer_count or 0 if poll.place == "pos" else sum(n for _, n in by_day)
    response = people / poll.audience_count if poll.audience_count else None
    if poll.state in ("draft", "approval", "approved", "open", "withdrawn"):
        return Results(poll, True, people, response, by_day)
    questions = questions_of(poll)
    if poll.place == "pos":
        told = [_outer(one, list(OuterResult.objects.filter(question=one)), people) for one in questions]
        return Results(poll, False, people, response, by_day, told, words="Итоги внесены из ПОС.")
    strata = list(poll.strata.all())
    cells, features = _cells(poll, strata)
    weighing = weigh(Counter(cells.values()), features)
    told = [_counted(one, cells, weighing) for one in questions]
    words = f"{SAMPLE} {COUNTED_BY[poll.access]}"
    groups = _groups(poll, strata)
    return Results(poll, False, people, response, by_day, told, weighing, groups, words)


def _cells(poll: Poll, strata: Sequence[Stratum]) -> tuple[dict[Any, Cell], list[Feature]]:
    """The groups of each ballot by its key, and the features weighed by."""
    kinds = [kind for kind in STRATA if any(one.kind == kind for one in strata)]
    features = []
    for kind in kinds:
        ours = [one for one in strata if one.kind == kind]
        is_known = all(one.population is not None for one in ours)
        population = {one.key: one.population or 0 for one in ours} if is_known else {}
        features.append(Feature(STRATA[kind], population, {one.key: one.title for one in ours}))
    rows = Ballot.objects.filter(poll=poll).values_list("pk", "age", "area")
    return {pk: tuple({"age": age, "area": area}[kind] for kind in kinds) for pk, age, area in rows}, features


def _counted(asked: Question, cells: Mapping[Any, Cell], weighing: Weighing) -> QuestionResult:
    marks = list(
        Choice.objects.filter(question=asked).values_list(
            "ballot_id", "option_id", "number", "text", "lat", "lon", "topic_key"
        )
    )
    answered = {mark[0] for mark in marks}
    base = QuestionResult(asked.pk, asked.text, asked.kind, len(answered))
    if asked.kind in CHOSEN or asked.kind == "scale":
        votes: dict[int | None, list[Any]] = defaultdict(list)
        for ballot, option, value, *_ in marks:
            votes[option if asked.kind in CHOSEN else value].append(ballot)
        weights = _Weights(cells, weighing, answered)
        rows = [_row(key, text, votes[key], len(answered), weights) for key, text in _answers_of(asked)]
        return _with_figures(base, rows, asked)
    if asked.kind == "text":
        return _replace(base, groups=_text_groups([(mark[3], mark[6]) for mark in marks]))
    points = [(mark[4], mark[5], mark[3]) for mark in marks if mark[4] is not None]
    return _replace(base, points=sorted(points)[:MOST_POINTS])


def _replace(base: QuestionResult, **more: Any) -> QuestionResult:
    return QuestionResult(base.question, base.text, base.kind, base.answered, **more)


def _answers_of(asked: Question) -> list[tuple[int, str]]:
    if asked.kind in CHOSEN:
        return [(one.pk, one.text) for one in asked.options.all()]
    return [(value, number(value)) for value in range(asked.low, asked.high + 1)]


class _Weights:
    """Weighted shares over the ballots that answered a question."""

    def __init__(self, cells: Mapping[Any, Cell], weighing: Weighing, answered: set[Any]) -> None:
        self.weights = {pk: weighing.weights[cells[pk]] for pk in answered if cells[pk] in weighing.weights}
        self.whole = sum(self.weights.values())
        squares = sum(one**2 for one in self.weights.values())
        self.worth = round(self.whole**2 / squares) if squares else 0

    def share(self, ballots: Sequence[Any]) -> tuple[float | None, float | None, float | None]:
        """The share in percent and its bounds on as many answers as the weighted ones are worth."""
        if not self.whole:
            return None, None, None
        share = sum(self.weights.get(pk, 0.0) for pk in ballots) / self.whole
        low, high = wilson(min(self.worth, round(share * self.worth)), self.worth)
        return 100 * share, low, high


def _row(key: int, text: str, ballots: Sequence[Any], answered: int, weights: _Weights) -> Row:
    low, high = wilson(len(ballots), answered)
    share = 100 * len(ballots) / answered if answered else None
    return Row(key, text, len(ballots), share, low, high, *weights.share(ballots))


def _with_figures(base: QuestionResult, rows: Sequence[Row], asked: Question) -> QuestionResult:
    """With the leader of a list, alone at the top, or the mean of a scale."""
    if asked.kind == "scale":
        values = [(row.option or 0, row.votes) for row in rows]
        added, squares = sum(v * n for v, n in values), sum(v * v * n for v, n in values)
        low, high = mean_interval(base.answered, added, squares)
        mean = added / base.answered if base.answered else None
        return _replace(
            base, rows=rows, mean=mean, mean_low=low, mean_high=high, low=asked.low, high=asked.high
        )
    most = max((row.votes for row in rows), default=0)
    best = [row for row in rows if row.votes == most and most]
    return _replace(base, rows=rows, leader=best[0] if len(best) == 1 else None)


def _text_groups(said: Sequence[tuple[str, str]]) -> list[TextGroup]:
    """By topics, the largest first; those not read yet or with no sure topic come last under one title."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for text, topic in said:
        by_topic["" if topic == UNSURE else topic].append(text)
    titles = dict(Topic.objects.filter(key__in=by_topic).values_list("key", "title"))
    groups = [
        TextGroup(key, titles.get(key, "О другом"), len(texts), _examples(texts))
        for key, texts in by_topic.items()
    ]
    return sorted(groups, key=lambda one: (not one.topic_key, -one.count, one.title))


def _examples(texts: Sequence[str]) -> list[str]:
    """The longest of different answers; what was sent word for word by many is shown once."""
    return sorted(set(texts), key=lambda one: (-len(one), one))[:EXAMPLES]


def _groups(poll: Poll, strata: Sequence[Stratum]) -> list[Group]:
    counts: dict[tuple[str, str], int] = Counter()
    for age, area in Ballot.objects.filter(poll=poll).values_list("age", "area"):
        counts["age", age] += 1
        counts["area", area] += 1
    return [
        Group(one.kind, one.title, n if n >= LEAST_IN_GROUP or not n else None, one.population)
        for one in strata
        for n in [counts[one.kind, one.key]]
    ]


def _outer(asked: Question, given: Sequence[OuterResult], people: int) -> QuestionResult:
    votes = {(one.option_id or one.number): one.votes for one in given}
    base = QuestionResult(asked.pk, asked.text, asked.kind, people)
    if asked.kind in ("text", "point"):
        return base
    if asked.kind != "multiple":
        base = QuestionResult(asked.pk, asked.text, asked.kind, sum(votes.values()))
    rows = []
    for key, text in _answers_of(asked):
        n = votes.get(key, 0)
        low, high = wilson(n, base.answered)
        rows.append(Row(key, text, n, 100 * n / base.answered if base.answered else None, low, high))
    return _with_figures(base, rows, asked)


def summary_of(told: Results) -> dict[str, Any]:
    """The figures as they are kept with the summing up: the same for ever, whatever is recounted later."""
    return {
        "people": told.people,
        "response": told.response,
        "words": told.words,
        "weighing": told.weighing.words,
        "is_weighed": told.weighing.is_done,
        "questions": [
            {
                **{name: getattr(one, name) for name in KEPT},
                "rows": [asdict(row) for row in one.rows],
                "groups": [
                    {"topic": group.topic_key, "title": group.title, "count": group.count}
                    for group in one.groups
                ],
                "points": len(one.points),
            }
            for one in told.questions
        ],
    }


KEPT = ("question", "text", "kind", "answered", "mean", "mean_low", "mean_high", "low", "high")


def response_words(response: float | None, audience: int | None) -> str:
    """«отклик 12 % от 4 720»; empty where the audience was not counted."""
    if response is None or not audience:
        return ""
    return f"отклик {percent(response, 1)} от {number(audience)}"
