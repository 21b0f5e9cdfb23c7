"""What «Тепловая карта» draws: the question of the address, the matrix in words and colours, the chosen cell.

Figures come from `analytics.heatmap`; every figure leads to the list of its cases by the list's own filter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from otklik.analytics.heatmap.matrix import NOWHERE, REST, Cell, Column, Matrix, Mode, Row
from otklik.analytics.heatmap.scale import Scale
from otklik.analytics.heatmap.selectors import UNKNOWN, WHAT, Asked
from otklik.cases.selectors import CaseFilter
from otklik.cases.selectors.filters import NOT_KNOWN
from otklik.cases.states import KINDS
from otklik.common.words import MINUS, capitalised, count, number
from otklik.desk.periods import past_asked, period_asked, turned
from otklik.topics.groups import GROUP_TITLES

MODES: dict[Mode, str] = {"rate": "На жителей", "count": "Число", "growth": "Рост"}
CARDS = ("карточка", "карточки", "карточек")
MOST_ROWS = 20
SHY = "\u00ad"
SHORT = {
    "roads": "Дороги",
    "transport": f"Транс{SHY}порт",
    "housing": "Жильё, дома",
    "waste": "Отходы",
    "energy": f"Элек{SHY}три{SHY}чество",
    "heating": f"Отоп{SHY}ление",
    "water": f"Вода, кана{SHY}ли{SHY}зация",
    "gas": "Газ",
    "improvement": f"Благо{SHY}устрой{SHY}ство",
    "lighting": f"Осве{SHY}щение",
    "education": f"Обра{SHY}зова{SHY}ние",
    "health": f"Меди{SHY}цина",
    "social": f"Соц{SHY}защита",
    "culture_sport": f"Куль{SHY}тура, спорт",
    "ecology": f"Эко{SHY}логия",
    "animals": f"Живот{SHY}ные",
    "land_building": "Земля, стройка",
    "safety": f"Безо{SHY}пас{SHY}ность",
    "services": "Услуги, власть",
    "communication": "Связь",
    "trade": f"Тор{SHY}говля, быт",
    "economy": f"Эконо{SHY}мика, труд",
    "other": "Прочее",
    UNKNOWN: "Тема не ясна",
}
"""Heads of narrow columns, parted where Russian parts words."""


@dataclass(frozen=True)
class Drawn:
    """A cell as it stands: the figure, its class, what the ear hears, where it leads; empty `href`: nothing there."""

    text: str
    look: str
    spoken: str
    href: str = ""
    key: str = ""
    is_spike: bool = False
    is_chosen: bool = False


@dataclass(frozen=True)
class DrawnRow:
    """A line of the matrix with its head and whole."""

    title: str
    about: str
    cells: list[Drawn]
    whole: str
    whole_count: str
    href: str


def asked_of(query: QueryDict, today: date) -> Asked:
    """The question of the address; a word that is not known asks for nothing."""
    period = period_asked(query, today)
    mode: Mode = next((one for one in MODES if one == query.get("mode")), "rate")
    return Asked(
        period=period,
        past=past_asked(query, period),
        mode=mode,
        what=_known(query.get("what", ""), WHAT) or "received",
        channel=query.get("channel", "")[:40],
        kind=_known(query.get("kind", ""), dict(KINDS)),
        group=_known(query.get("group", ""), GROUP_TITLES),
        spread=query.get("spread") == "1",
        all_columns=query.get("columns") == "all",
    )


def _known(word: str, words: Mapping[str, str]) -> str:
    return word if word in words else ""


def list_address(asked: Asked, column: Column | None = None, place: int | None = None) -> str:
    """The list of exactly the cases of a figure; empty where the list has no such condition."""
    if column and column.key == REST:
        return ""
    return f"{reverse('desk:list')}?{case_filter(asked, column, place).to_query()}"


def case_filter(asked: Asked, column: Column | None = None, place: int | None = None) -> CaseFilter:
    """The question as conditions of the list; the column of the rest has none of its own."""
    topic, group = "", asked.group
    if column and column.key == UNKNOWN:
        topic = NOT_KNOWN
    elif column and column.key != REST:
        topic, group = (column.key, "") if asked.group else ("", column.key)
    return CaseFilter(
        topic=topic,
        group=group,
        channel=asked.channel,
        kind=asked.kind,
        settlement="" if place is None else str(place),
        urgency="high" if asked.what == "received_urgent" else "",
        repeat="1" if asked.what == "received_repeated" else "",
        since=asked.period.since.isoformat(),
        until=asked.period.until.isoformat(),
        order="new",
    )


def figure(cell: Cell, mode: Mode, is_few: bool, digits: int = 1) -> str:
    """The figure of a cell: a rate where it may be told, the number where data are few, a signed change."""
    if mode == "growth":
        return signed(cell.change) if cell.now or cell.before else "·"
    if not cell.now:
        return "·"
    if mode == "rate" and not is_few and cell.rate is not None:
        return number(cell.rate, digits)
    return number(cell.now)


def signed(change: int) -> str:
    """«+12», «−3», «0»."""
    return f"+{number(change)}" if change > 0 else number(change)


def digits_of(scale: Scale) -> int:
    """Rates of a large town are small: they need a second digit, of a small one none."""
    last = scale.edges[-1]
    return 2 if last < 1 else 1 if last < 50 else 0


def draw_matrix(matrix: Matrix, query: QueryDict, asked: Asked, shown: int = MOST_ROWS) -> dict[str, Any]:
    """Heads, rows, the unknown place and the whole, ready for the template."""
    chosen = (query.get("row", ""), query.get("col", ""))
    draw = _Drawing(matrix, query, asked, chosen, digits_of(matrix.scale))
    return {
        "heads": [draw.head(column) for column in matrix.columns],
        "rows": [draw.row(row) for row in matrix.rows[:shown]],
        "more": max(len(matrix.rows) - shown, 0),
        "unknown": draw.row(matrix.unknown, title="Место не определено")
        if matrix.unknown.whole.now
        else None,
        "whole": draw.row(matrix.whole, is_whole=True),
        "legend": legend(matrix.scale, asked.mode),
        "spike": draw.spike(),
    }


@dataclass(frozen=True)
class _Drawing:
    """One drawing of a matrix: what every cell of it shares."""

    matrix: Matrix
    query: QueryDict
    asked: Asked
    chosen: tuple[str, str]
    digits: int

    def head(self, column: Column) -> dict[str, str]:
        """A column's head; a group opens its topics, the rest opens all columns."""
        href = ""
        if column.key == REST:
            href = turned(self.query, columns="all", row="", col="")
        elif not self.asked.group and column.key != UNKNOWN:
            href = turned(self.query, group=column.key, row="", col="", columns="")
        short = SHORT.get(column.key, capitalised(column.title)) if not self.asked.group else column.title
        return {"short": short, "title": capitalised(column.title), "href": href}

    def row(self, row: Row, title: str = "", is_whole: bool = False) -> DrawnRow:
        """A place's line."""
        place = None if is_whole else row.place.key
        pairs = zip(self.matrix.columns, row.cells, strict=True)
        return DrawnRow(
            title or row.place.name,
            self._about(row),
            [self._cell(row, column, cell, place) for column, cell in pairs],
            "—" if self.asked.mode == "rate" and row.is_few else self._figure(row.whole, row.is_few),
            number(row.whole.now),
            list_address(self.asked, None, place) if row.whole.now else "",
        )

    def spike(self) -> dict[str, str] | None:
        """The cell that grew most beyond chance, as a finding."""
        found = [
            (cell.change, row, column, cell)
            for row in self.matrix.rows
            for column, cell in zip(self.matrix.columns, row.cells, strict=True)
            if cell.is_spike and column.key not in (REST, UNKNOWN)
        ]
        if not found:
            return None
        _, row, column, cell = max(found, key=lambda one: one[0])
        return {
            "place": row.place.name,
            "theme": column.title,
            "now": count(cell.now, *CARDS),
            "before": number(cell.before),
            "href": turned(self.query, row=row.place.key, col=column.key),
        }

    def _about(self, row: Row) -> str:
        if row.place.key == NOWHERE and row.place.residents is None:
            return ""
        people = row.place.residents
        words = f"{number(people)} жит." if people else "жителей: нет данных"
        return f"{words} · мало данных" if row.is_few and people and self.asked.mode == "rate" else words

    def _figure(self, cell: Cell, is_few: bool) -> str:
        return figure(cell, self.asked.mode, is_few, self.digits)

    def _cell(self, row: Row, column: Column, cell: Cell, place: int | None) -> Drawn:
        text = self._figure(cell, row.is_few)
        if text == "·":
            return Drawn(text, "mx--none", "")
        key = f"{'all' if place is None else place}-{column.key}"
        row_word = "all" if place is None else str(place)
        return Drawn(
            text,
            self._look(row, cell, place),
            self._spoken(row, column, cell),
            turned(self.query, row=row_word, col=column.key),
            key,
            cell.is_spike and place is not None,
            self.chosen == (row_word, column.key),
        )

    def _look(self, row: Row, cell: Cell, place: int | None) -> str:
        if self.asked.mode == "growth":
            return f"mx--d{cell.step + 4}"
        if place is None:
            return "mx--plain"
        if self.asked.mode == "rate" and row.is_few:
            return "mx--few"
        return f"mx--h{cell.step}"

    def _spoken(self, row: Row, column: Column, cell: Cell) -> str:
        words = [f"{row.place.name}, {column.title}: {count(cell.now, *CARDS)}"]
        if cell.rate is not None:
            words.append(f"{number(cell.rate, self.digits)} на 1000 жителей")
        words.append(f"было {number(cell.before)}")
        if cell.is_spike:
            words.append("всплеск")
        return ", ".join(words)


def legend(scale: Scale, mode: Mode) -> list[tuple[str, str]]:
    """Steps with their words: (class, words)."""
    if mode == "growth":
        words = (f"{MINUS}3σ", f"{MINUS}2σ", f"{MINUS}1σ", "как было", "+1σ", "+2σ", "+3σ")
        return [(f"mx--d{step}", word) for step, word in enumerate(words, 1)]
    edges = [_edge(edge) for edge in scale.edges]
    middle = [f"{low}–{high}" for low, high in pairwise(edges)]
    return [
        (f"mx--h{step}", word) for step, word in enumerate([f"до {edges[0]}", *middle, f"{edges[-1]}+"], 1)
    ]


def _edge(edge: float) -> str:
    """Every digit it has: two edges never read alike."""
    return number(edge) if edge >= 10 else f"{edge:g}".replace(".", ",")


def chosen_of(matrix: Matrix, query: QueryDict) -> tuple[Row, Column, Cell] | None:
    """The cell under the address's row and column, when the matrix has it."""
    places: Sequence[tuple[str, Row]] = [
        *((str(row.place.key), row) for row in (*matrix.rows, matrix.unknown)),
        ("all", matrix.whole),
    ]
    row = dict(places).get(query.get("row", ""))
    at = [column.key for column in matrix.columns]
    if row is None or query.get("col", "") not in at:
        return None
    place = at.index(query.get("col", ""))
    return row, matrix.columns[place], row.cells[place]
