"""Рейтинг органов as a paper: every sheet with its cells as «of how many», the place before, the method (DOMAIN 8).

The figures are those of `analytics.rating`: the frozen sheet when the period is frozen, today's count otherwise.
"""

from collections.abc import Sequence

from otklik.analytics.rating.figures import CRITERIA, Figure, Key
from otklik.analytics.rating.rules import TOO_FEW, RatedRow, Scheme, UnratedRow
from otklik.analytics.rating.selectors import Counted, channels_of, counted, is_rated, sheets_in, step_in
from otklik.analytics.rating.sheets import SHEETS, TOTAL
from otklik.analytics.rating.spans import span_before, span_of
from otklik.analytics.rating.words import edges_words
from otklik.common.errors import Refused
from otklik.common.words import NBSP, count, number
from otklik.reports.behind import Behind
from otklik.reports.forms.form import Form
from otklik.reports.parts import Cell, Writing, count_cell, text_cell
from otklik.reports.periods import in_words
from otklik.reports.phrases import CARDS, listed, points, sentence
from otklik.reports.source import Source

WHY_NOT = {TOO_FEW: "мало карточек"}
NO_DATA = "нет данных"
OF_CARDS = ("карточки", "карточек", "карточек")
PLACE = 0.7
WIDE = {"speed": 1.6, "satisfaction": 1.4}
USUAL = 1.1
"""Parts of the line: hours and scores stand with how many they are of."""


def sheets(source: Source, page: Writing, typed: str) -> None:
    """Raises Refused for a period the rating is not counted by."""
    if not is_rated(source.town, source.period.until):
        page.say("Положение не предусматривает рейтинга.")
        return
    if source.period != span_of(source.period.since, step_in(source.town)):
        raise Refused("Рейтинг считают за целый месяц или квартал, как велит параметр rating.period.")
    for name in sheets_in(source.town):
        found = counted(source.town, source.period, name)
        page.head(SHEETS[name])
        _state(source, page, found)
        _sheet(source, page, name, found)
    _method(page, counted(source.town, source.period, TOTAL).scheme)


def annex(source: Source, page: Writing, typed: str) -> None:
    """The newest whole month or quarter rated by the end of the period, the total sheet alone."""
    if not is_rated(source.town, source.period.until):
        return
    running = span_of(source.period.until, step_in(source.town))
    span = running if running.until <= source.period.until else span_before(running)
    found = counted(source.town, span, TOTAL)
    if found.sheet.rows:
        page.head(f"Рейтинг органов за {in_words(span)}")
        _state(source, page, found)
        _sheet(source.over(span), page, TOTAL, found)


def _state(source: Source, page: Writing, found: Counted) -> None:
    if found.frozen is None:
        page.say("Рейтинг за период не заморожен: места могут измениться.")
    else:
        page.say(
            f"Рейтинг заморожен {found.frozen.frozen_at:%d.%m.%Y}, формула {found.frozen.formula.number}."
        )


def _sheet(source: Source, page: Writing, sheet: str, found: Counted) -> None:
    keys, channels = [one.key for one in found.scheme.formula.criteria], channels_of(source.town, sheet)
    rows = [
        _rated(row, keys, source.behind("body", row.body.body_id, channel=channels))
        for row in found.sheet.rows
    ]
    if not rows:
        page.say("Ни один орган не набрал карточек для места.")
    page.table(
        f"Рейтинг: {SHEETS[sheet]}",
        ("Место", "Орган", "Посту\u00adпило", *(CRITERIA[key].title for key in keys), "Балл", "Было"),
        rows,
        (PLACE, 2.2, 0.9, *(WIDE.get(key, USUAL) for key in keys), PLACE, PLACE),
    )
    page.say(_unrated(found.sheet.unrated))


def _rated(row: RatedRow, keys: list[Key], way: Behind) -> tuple[Cell, ...]:
    place = str(row.place) if row.place == row.place_to else f"{row.place}–{row.place_to}"
    return (
        Cell(place, row.place, "count"),
        text_cell(row.body.name),
        way.opens(count_cell(row.body.received), "received"),
        *(way.opens(_figure(key, row.body.figures.get(key)), CRITERIA[key].measure) for key in keys),
        count_cell(row.points),
        count_cell(row.before) if row.before else Cell("—", kind="count"),
    )


def _unrated(rows: Sequence[UnratedRow]) -> str:
    """Bodies with cases but without a place, by name; those without cases only by number."""
    named = [
        f"{row.body.name} ({count(row.body.received, *CARDS)}, {WHY_NOT.get(row.why, NO_DATA)})"
        for row in rows
        if row.body.received
    ]
    silent = len(rows) - len(named)
    said = sentence(f"не рейтингуются: {listed(named)}") if named else ""
    rest = (
        sentence(f"без карточек за период — {count(silent, 'орган', 'органа', 'органов')}") if silent else ""
    )
    return f"{said} {rest}".strip()


def _figure(key: Key, figure: Figure | None) -> Cell:
    """«3 из 40», «26 ч, 40 карточек», «4,2, 15 оценок»."""
    if figure is None:
        return Cell("—", kind="share")
    match CRITERIA[key].unit:
        case "share":
            text = f"{number(figure.numerator)} из{NBSP}{number(figure.denominator)}"
            return Cell(text, figure.value, "share")
        case "hours":
            text = f"{number(figure.numerator)}{NBSP}ч, {count(figure.denominator, *CARDS)}"
            return Cell(text, figure.numerator, "hours")
        case _:
            scores = count(figure.denominator, "оценка", "оценки", "оценок")
            return Cell(f"{number(figure.value, 1)}, {scores}", figure.value, "score")


def _method(page: Writing, scheme: Scheme) -> None:
    page.head("Как посчитано")
    said = [
        f"{CRITERIA[one.key].title.lower()} — {points(one.weight)} из{NBSP}100 "
        f"({CRITERIA[one.key].formula}; {edges_words(one)})"
        for one in scheme.formula.criteria
    ]
    page.say(sentence(f"критерии: {listed(said)}"))
    page.say(
        "Малые числа подтянуты к среднему по органам за двенадцать месяцев до периода.",
        "Показатель без данных отдаёт вес остальным. Равные баллы делят место.",
        f"Без места — органы, у которых меньше {count(scheme.min_items, *OF_CARDS)} за период.",
    )


RATING = Form(
    key="rating",
    heading="Рейтинг",
    subject="органов и организаций, отвечающих на обращения и сообщения",
    version=1,
    sections={"sheets": sheets},
)
