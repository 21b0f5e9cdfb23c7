"""What «Удовлетворённость» asks and draws: scores, reasons, blocks and applicants, what goes beside a better score."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from otklik.analytics.charts.plot import Plot, Point
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.dashboards.selectors import shown
from otklik.analytics.dashboards.tiles import DAYS_AS_DAYS, SPANS, Tile
from otklik.analytics.dashboards.whose import Whose, seen_of
from otklik.analytics.sight import Sight, sight_of
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.cases.selectors.filters import NOT_KNOWN
from otklik.common import words
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, length_of
from otklik.desk.cuts import list_address
from otklik.desk.drawings import Drawing, Screen, drawing_of
from otklik.desk.periods import period_asked
from otklik.desk.request import DeskRequest
from otklik.satisfaction.estimate import Estimate, Link
from otklik.satisfaction.picture import APPLICANT_KINDS, LIFTS, Satisfaction, satisfaction_of
from otklik.satisfaction.rules import REASONS
from otklik.satisfaction.studies import say_interval
from otklik.topics.models import Block

FEW = 5
"""Fewer scores are no ground to name a block."""


@dataclass(frozen=True)
class SatisfactionAsked:
    """The question of the address: days, a block or the whole, within what the person may see."""

    town: Municipality
    sight: Sight
    cases: QuerySet[Case]
    period: Period
    block: str
    blocks: dict[str, str]
    today: date

    @property
    def among(self) -> QuerySet[Case] | None:
        """The cases a person with a part of the municipality counts; None for the whole of it."""
        return None if self.sight.is_whole else self.cases

    @cached_property
    def whose(self) -> Whose:
        """Whose cases are counted."""
        return seen_of(self.town, self.sight)

    @cached_property
    def found(self) -> Satisfaction:
        """The satisfaction of the period."""
        return satisfaction_of(self.town, self.period, self.block, self.among)

    @cached_property
    def past(self) -> Satisfaction:
        """The same of the period before."""
        return satisfaction_of(self.town, before(self.period), self.block, self.among)

    def behind(self, what: str) -> str:
        """The cases of a figure the list cannot be asked for."""
        days = {"since": self.period.since.isoformat(), "until": self.period.until.isoformat()}
        block = {"block": self.block} if self.block else {}
        return f"{reverse('desk:satisfaction_cases')}?{urlencode({'what': what, **days, **block})}"

    def answered(self, **conditions: str) -> str:
        """The list of answered cases under these conditions."""
        block = {"block": self.block} if self.block else {}
        return list_address(self.period, {"dates": "answered", **block, **conditions})

    def drawing(self, name: str) -> Drawing:
        """The chart of this name of DRAWN."""
        return DRAWN[name](self)


def satisfaction_asked(request: DeskRequest) -> SatisfactionAsked:
    """The question of the request."""
    town, today, block = request.municipality, timezone.localdate(), request.GET.get("block", "")
    blocks = dict(Block.objects.filter(municipality=town).values_list("key", "title"))
    return SatisfactionAsked(
        town,
        sight_of(request.rights, town),
        cases_for(request.user, town, request.rights),
        period_asked(request.GET, today),
        block if block in blocks else "",
        blocks,
        today,
    )


def over_time(asked: SatisfactionAsked) -> Drawing:
    """The mean score by the day it was given; a short period with the weeks before it."""
    span = "90" if length_of(asked.period) <= DAYS_AS_DAYS else ""
    whose = asked.whose
    if asked.block:
        # A block that is not the person's own shows nothing: both conditions stand.
        own = whose.where.get("block", [asked.block])
        where = {**whose.where, "block": [asked.block] if asked.block in own else []}
        whose = replace(whose, where=where)
    (one,) = shown([Tile("chart", ("satisfaction",), "time", span, wide=True)], asked.period, whose)
    drawing = drawing_of(one)
    days = f", {SPANS[span]}" if span else ""
    return replace(drawing, caption=f"{drawing.caption}, по дню, когда оценили{days}")


def scores(asked: SatisfactionAsked) -> Drawing:
    """How many cases got each score, from five down."""
    counts = asked.found.counts
    whole = sum(counts)
    good = counts[3] + counts[4]
    rows, points = [], []
    for score in range(5, 0, -1):
        n, behind = counts[score - 1], asked.answered(score=str(score))
        share = f"{words.number(100 * n / whole, 0)} %" if whole else "—"
        points.append(
            Point(str(score), n, words.number(n), share, href=behind if n else "", is_told=score <= 2)
        )
        rows.append(
            (Figure(str(score)), Figure(words.number(n), n, behind=behind if n else ""), Figure(share))
        )
    said = f"На 4 и 5 оценили {words.number(good)} из {words.number(whole)}" if whole else "Оценок нет"
    table = FigureTable("Оценки", ("Оценка", "Карточек", "Доля"), tuple(rows))
    plot = Plot("ranks", words.tie(said), "карточек", "Оценка", tuple(points) if whole else ())
    return Drawing(plot, table, "карточек по оценке")


def reasons(asked: SatisfactionAsked) -> Drawing:
    """What those who are not content name."""
    named = asked.found.reasons
    points = tuple(
        Point(
            words.capitalised(REASONS.get(key, key)),
            n,
            words.number(n),
            href=asked.behind(f"reason.{key}"),
            is_told=not place,
        )
        for place, (key, n) in enumerate(named)
    )
    rows = tuple((Figure(one.name), Figure(one.said, one.value, behind=one.href)) for one in points)
    said = f"Чаще всего недовольны: {REASONS.get(named[0][0], '')}" if named else "Причин не называли"
    table = FigureTable("Чем недовольны", ("Причина", "Назвали"), rows)
    return Drawing(Plot("ranks", words.tie(said), "раз назвали", "Причина", points), table, "раз назвали")


def beside(asked: SatisfactionAsked) -> Drawing:
    """By how much scores differ with a circumstance and without it."""
    links = asked.found.links
    points = tuple(
        Point(_title(one), one.difference, _signed(one.difference), low=one.low, high=one.high)
        for one in links
    )
    rows = tuple(
        (
            Figure(_title(one)),
            Figure(_signed(one.difference), one.difference),
            Figure(f"от {words.number(one.low, 2)} до {words.number(one.high, 2)}"),
            Figure(one.sureness),
            _count(one.with_it.count, asked.behind(f"with.{one.key}")),
            _count(one.without.count, asked.behind(f"without.{one.key}")),
        )
        for one in links
    )
    head = ("Обстоятельство", "Разница, балл", "Пределы", "Уверенность", "Оценок с ним", "Без него")
    said = f"Сильнее всего рядом: {_title(links[0]).lower()}" if links else "Связей с оценкой не видно"
    plot = Plot("split", words.tie(said), "баллов разницы", head[0], points)
    return Drawing(plot, FigureTable("Что идёт рядом с лучшей оценкой", head, rows), "разница, баллов")


def parts(asked: SatisfactionAsked) -> Drawing:
    """Blocks and kinds of applicants with their intervals; the stroke is the whole."""
    found, whole = asked.found, asked.found.estimate
    told = [
        (asked.blocks.get(key, "вне блоков"), one, *_of_block(asked, key))
        for key, one in found.by_block.items()
    ]
    told += [
        (
            words.capitalised(APPLICANT_KINDS[key]),
            one,
            asked.behind(f"by.{key}"),
            asked.behind(f"rated.{key}"),
        )
        for key, one in found.by_applicant.items()
    ]
    points = tuple(_point(name, one, rated, whole) for name, one, _, rated in told)
    rows = tuple(
        (
            Figure(name),
            Figure(say_interval(one.weighted, 2), one.weighted.number if one.weighted else None),
            Figure(say_interval(one.good, 0, " %"), one.good.number if one.good else None),
            _count(one.scored, rated),
            _count(one.answered, answered),
        )
        for name, one, answered, rated in told
    )
    below = [one.name for one in points if one.is_told]
    said = f"Заметно ниже общего: {', '.join(below[:2])}" if below else "Заметных отличий от общего нет"
    mark = whole.weighted.number if whole.weighted else None
    unit = f"из 5; черта — в целом {words.number(mark, 2)}" if mark is not None else "из 5"
    head = ("Кто", "Средняя, взвешенная", "На 4 и 5", "Оценок", "Ответов")
    plot = Plot("spans", words.tie(said), unit, "Кто", points, mark)
    table = FigureTable("По блокам и заявителям", head, rows)
    return Drawing(plot, table, words.tie(f"средняя взвешенная, {unit}"))


def _of_block(asked: SatisfactionAsked, key: str) -> tuple[str, str]:
    block = key or NOT_KNOWN
    return asked.answered(block=block), asked.answered(block=block, score="any")


def _point(name: str, one: Estimate, rated: str, whole: Estimate) -> Point:
    told = one.weighted
    if told is None:
        return Point(name, None, "—")
    is_below = (
        one.scored >= FEW
        and told.high is not None
        and whole.weighted is not None
        and told.high < whole.weighted.number
    )
    said = words.number(told.number, 2)
    base = f"по {words.number(one.scored)}"
    return Point(name, told.number, said, base, None, told.low, told.high, "", is_below, href=rated)


def _count(number: int, behind: str) -> Figure:
    return Figure(words.number(number), number, behind=behind if number else "")


def _title(one: Link) -> str:
    return words.capitalised(LIFTS.get(one.key, one.key))


def _signed(difference: float) -> str:
    return f"{'+' if difference > 0 else ''}{words.number(difference, 2)}"


DRAWN: dict[str, Callable[[SatisfactionAsked], Drawing]] = {
    "time": over_time,
    "scores": scores,
    "reasons": reasons,
    "beside": beside,
    "parts": parts,
}
SCREEN = Screen("satisfaction", "Удовлетворённость", ("satisfaction.view",), satisfaction_asked)
