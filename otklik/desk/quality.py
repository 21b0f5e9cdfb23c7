"""What «Качество» asks beside its measures: hints of the reader of answers, by kind and by cut."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from otklik.analytics.charts.plot import Plot, Point
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.names import names_of
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.cases.selectors.filters import ANY_FAULT, NOT_KNOWN
from otklik.common import words
from otklik.desk.cuts import CUTS, MOST, CutAsked, CutKind, list_address, question_of
from otklik.desk.drawings import Drawing, Screen
from otklik.desk.request import DeskRequest
from otklik.quality.rules import ADVICE, TITLES
from otklik.quality.selectors import Hinted, Hints, hints_of

QUALITY = CutKind(
    ("first_pass", "returned_answers", "low_scores", "rechecks"),
    "first_pass",
    ("first_pass",),
    ("first_pass", "returned_answers", "reopened", "low_scores"),
    cuts=("block", "body", "topic"),
)
HEADS = {"block": "Блок", "body": "Орган", "topic": "Тема"}


@dataclass(frozen=True)
class QualityAsked(CutAsked):
    """`cases` are those the person may see: hints are counted of their answers."""

    cases: QuerySet[Case]

    @cached_property
    def hints(self) -> Hints:
        """Hints of the period by the cut."""
        return hints_of(self.town, self.period, self.by, None if self.sight.is_whole else self.cases)

    def drawing(self, name: str) -> Drawing:
        """`hints` and `hinted` beside `time` and `cut`. Raises LookupError for another name."""
        if name == "hints":
            return self._kinds()
        return self._by_cut() if name == "hinted" else super().drawing(name)

    def _kinds(self) -> Drawing:
        """How many answers got each hint."""
        whole = self.hints.whole
        points: list[Point] = []
        rows: list[tuple[Figure, ...]] = []
        for code, n in self.hints.by_code:
            title, behind = TITLES.get(code, code), self._answers(fault=code)
            share = f"{words.number(100 * n / whole.read, 1)} %"
            points.append(Point(title, n, words.number(n), share, href=behind, is_told=not points))
            cells = (Figure(words.number(n), n, behind=behind), Figure(share, 100 * n / whole.read))
            rows.append((Figure(title), *cells, Figure(ADVICE.get(code, ""))))
        head = ("Подсказка", "Ответов", "Доля прочитанных", "Что посоветовано")
        said = _said(whole)
        table = FigureTable("Подсказки в ответах", head, tuple(rows))
        return Drawing(Plot("ranks", said, "ответов", head[0], tuple(points)), table, "ответов с подсказкой")

    def _by_cut(self) -> Drawing:
        """Shares of answers with hints by the cut, those with most hinted answers first."""
        name, whole = names_of(self.town, self.by), self.hints.whole
        found = sorted(self.hints.by_cut.items(), key=lambda one: (-one[1].hinted, repr(one[0])))
        kept = [(key, one) for key, one in found if one.hinted][:MOST]
        points = tuple(
            Point(
                name(key),
                100 * one.hinted / one.read,
                _share(one.hinted, one.read),
                href=self._cut(key, fault=ANY_FAULT),
            )
            for key, one in kept
        )
        rows = tuple(
            (
                Figure(name(key)),
                Figure(words.number(one.hinted), one.hinted, behind=self._cut(key, fault=ANY_FAULT)),
                Figure(words.number(one.read), one.read, behind=self._cut(key, fault="")),
                Figure(_share(one.hinted, one.read), 100 * one.hinted / one.read),
                Figure(words.number(one.template), one.template, behind=self._cut(key, fault="template")),
            )
            for key, one in kept
        )
        head = (HEADS[self.by], "С замечаниями", "Прочитано", "Доля", "Отписок")
        title = f"Ответы с замечаниями {CUTS[self.by]}"
        said = f"С замечаниями в целом {_share(whole.hinted, whole.read)}" if whole.read else title
        drawn = Plot("ranks", words.tie(said), "% прочитанных ответов", head[0], points[:8])
        return Drawing(drawn, FigureTable(title, head, rows), "% прочитанных ответов")

    def _answers(self, **conditions: str) -> str:
        return list_address(self.period, {"dates": "handed", **conditions})

    def _cut(self, key: object, fault: str) -> str:
        return self._answers(**{self.by: str(key or NOT_KNOWN), "fault": fault})


def _said(whole: Hinted) -> str:
    if not whole.read:
        return "Подсказки: ответов ещё не читали"
    answers = words.count(whole.read, "ответа", "ответов", "ответов")
    return words.tie(f"Замечания есть в {words.number(whole.hinted)} из {answers}")


def _share(part: int, whole: int) -> str:
    return f"{words.number(100 * part / whole, 1)} %" if whole else "—"


def quality_asked(request: DeskRequest) -> QualityAsked:
    """The question of «Качество»."""
    own = cases_for(request.user, request.municipality, request.rights)
    return QualityAsked(**question_of(request, QUALITY), cases=own)


SCREEN = Screen("quality", "Качество", ("analytics.view", "quality.check"), quality_asked)
