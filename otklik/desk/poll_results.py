"""Results of a poll as the screen and the protocol tell them: rows with bars, words by groups, points by places."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from otklik.common import words
from otklik.common.models import Municipality
from otklik.language.personal import mask
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.results import QuestionResult, Results, Row, response_words, results
from otklik.outreach.polls.selectors import talk_of
from otklik.places.cells import cell_of, centre_of, distance
from otklik.places.models import Settlement

OFFERS = ("предложение", "предложения", "предложений")
TIMES = ("раз", "раза", "раз")
TOOK_PART = ("участник", "участника", "участников")
PEOPLE = ("человек", "человека", "человек")
POINTS = ("точка", "точки", "точек")
CELL, LEAST_IN_CELL, MOST_CELLS = 8, 3, 60
"""A cell of about 0.7 km²; fewer points of it are told by their settlement alone."""
FAR_METRES = 15_000
OUTSIDE = "вне населённых пунктов"


@dataclass(frozen=True)
class Bar:
    """An answer with its geometry in percent of the line: the bar, the interval over it, the weighted dot."""

    row: Row
    votes: str
    share: str
    bounds: str
    weighted: str
    width: float
    low: float
    high: float
    dot: float | None
    is_told: bool


@dataclass(frozen=True)
class Told:
    """A question with its finding in words and everything its kind has."""

    place: int
    result: QuestionResult
    finding: str
    bars: Sequence[Bar]
    places: Sequence[tuple[str, int]]

    @property
    def map(self) -> dict[str, Any] | None:
        """Cells with enough points, each by its centre and count: a single point may stand at somebody's house."""
        cells = Counter(cell_of(lat, lon, CELL) for lat, lon, _ in self.result.points)
        shown = [(centre_of(cell), n) for cell, n in cells.most_common(MOST_CELLS) if n >= LEAST_IN_CELL]
        marks = [
            {"lat": lat, "lon": lon, "label": words.number(n), "title": words.count(n, *POINTS)}
            for (lat, lon), n in shown
        ]
        return {"points": marks, "zoom": 13} if marks else None

    @property
    def map_id(self) -> str:
        """Where the script of the map finds its points."""
        return f"points-{self.place}"

    @property
    def said(self) -> list[tuple[str, int, list[str]]]:
        """Free answers by topic: its title, how many, different examples without persons."""
        groups = self.result.groups
        return [
            (one.title, one.count, list(dict.fromkeys(mask(text).text for text in one.examples)))
            for one in groups
        ]

    @property
    def is_weighted(self) -> bool:
        """Whether weighted shares stand beside the plain ones."""
        return any(one.dot is not None for one in self.bars)


def taken_part(figures: Results) -> str:
    """«14 участников, отклик 0,3 % от 4 300»; a discussion without questions tells its proposals and supporters."""
    poll = figures.poll
    if talk := talk_of(poll):
        return f"{words.count(talk[0], *OFFERS)}, поддержали {words.count(talk[1], *TIMES)}"
    told = response_words(figures.response, poll.audience_count)
    return f"{words.count(figures.people, *TOOK_PART)}{f', {told}' if told else ''}"


def told_of(poll: Poll) -> tuple[Results, list[Told]]:
    """Results with every question told."""
    found = results(poll)
    return found, [_told(place, one, poll.municipality) for place, one in enumerate(found.questions, start=1)]


def _told(place: int, one: QuestionResult, municipality: Municipality) -> Told:
    bars = [_bar(row, row is one.leader) for row in one.rows]
    places = _by_places([(lat, lon) for lat, lon, _ in one.points], municipality) if one.points else []
    return Told(place, one, finding_of(one, places), bars, places)


def _bar(row: Row, is_told: bool) -> Bar:
    bounds = (
        ""
        if row.low is None or row.high is None
        else f"{words.number(row.low, 0)}–{words.number(row.high, 0)} %"
    )
    return Bar(
        row,
        words.number(row.votes),
        "—" if row.share is None else words.percent(row.share / 100, 1),
        bounds,
        "" if row.weighted is None else words.percent(row.weighted / 100, 1),
        round(row.share or 0.0, 2),
        round(row.low or 0.0, 2),
        round(row.high or 0.0, 2),
        None if row.weighted is None else round(row.weighted, 2),
        is_told,
    )


def finding_of(one: QuestionResult, places: Sequence[tuple[str, int]] = ()) -> str:
    """What the question showed, in one sentence; honest where answers are too close to tell."""
    if not one.answered:
        return "На этот вопрос не ответили."
    if one.kind == "scale" and one.mean is not None:
        near = ""
        if one.mean_low is not None and one.mean_high is not None:
            near = (
                f", с учётом разброса от {words.number(one.mean_low, 2)} до {words.number(one.mean_high, 2)}"
            )
        return f"Средняя оценка {words.number(one.mean, 2)}{near}."
    if one.kind == "text":
        first = one.groups[0] if one.groups else None
        said = (
            f", чаще всего о теме «{first.title}» — {words.number(first.count)}"
            if first and first.topic_key
            else ""
        )
        return f"Написали {words.count(one.answered, *PEOPLE)}{said}."
    if one.kind == "point":
        said = f", больше всего — {places[0][0]}" if places else ""
        return f"Отмечено: {words.count(len(one.points), *POINTS)}{said}."
    return _of_list(one)


def _of_list(one: QuestionResult) -> str:
    ordered = sorted(one.rows, key=lambda row: -row.votes)
    best = ordered[0]
    if one.leader is None:
        return "Первое место разделили несколько ответов."
    share = f"{words.percent((best.share or 0) / 100)}"
    second = ordered[1] if len(ordered) > 1 else None
    close = (
        second is not None and best.low is not None and second.high is not None and best.low <= second.high
    )
    tail = "; отрыв от следующего меньше случайного разброса" if close else ""
    return f"Чаще всего выбирали «{best.text}» — {share}{tail}."


def _by_places(points: Sequence[tuple[float, float]], municipality: Municipality) -> list[tuple[str, int]]:
    """How many points stand at each settlement; far ones are told apart."""
    known = Settlement.objects.filter(municipality=municipality, lat__isnull=False, lon__isnull=False)
    places = [(str(one), one.lat or 0.0, one.lon or 0.0) for one in known]
    counts: Counter[str] = Counter()
    for lat, lon in points:
        near = min(((distance(lat, lon, *at), name) for name, *at in places), default=(FAR_METRES + 1, ""))
        counts[near[1] if near[0] <= FAR_METRES else OUTSIDE] += 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
