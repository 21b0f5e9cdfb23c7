"""The rating as a workbook: a sheet for the whole and each channel, numerators and denominators, the method."""

from collections.abc import Mapping
from typing import IO, Any

from otklik.analytics.rating.figures import CRITERIA
from otklik.analytics.rating.rules import RatedRow
from otklik.analytics.rating.selectors import Counted, number_of
from otklik.analytics.rating.sheets import SHEETS
from otklik.analytics.rating.words import (
    WHY_NOT,
    before_words,
    edges_words,
    parts_words,
    place_words,
    value_words,
    weight_words,
)
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period

FIXED = ("Место", "Было", "Орган", "Поручено", "Балл", "Не ниже", "Не выше")
WIDTHS = (8, 8, 42, 10, 8, 8, 8)
HEAD_LINE = 2


def to_xlsx(
    file: IO[bytes], counted: Mapping[str, Counted], municipality: Municipality, period: Period
) -> None:
    """Write the workbook into the file; a text is never taken for a formula."""
    import xlsxwriter  # loaded with the first workbook: a process that answers pages is kept small

    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for name, one in counted.items():
        _write(book.add_worksheet(SHEETS[name]), name, one, municipality, period, bold)
    book.close()


def _write(
    page: Any, name: str, counted: Counted, municipality: Municipality, period: Period, bold: object
) -> None:
    criteria = counted.scheme.formula.criteria
    page.write_string(0, 0, f"{municipality.name}. Рейтинг за {say_period(period)}: {SHEETS[name]}")
    page.freeze_panes(HEAD_LINE + 1, 0)
    heads = [*FIXED]
    for one in criteria:
        heads += [f"{CRITERIA[one.key].title}, вес {weight_words(one.weight)}", "из чего"]
    for place, head in enumerate(heads):
        page.set_column(place, place, WIDTHS[place] if place < len(WIDTHS) else 12)
        page.write_string(HEAD_LINE, place, head, bold)
    line = HEAD_LINE + 1
    for row in counted.sheet.rows:
        _write_row(page, line, row, [one.key for one in criteria])
        line += 1
    for rest in counted.sheet.unrated:
        page.write_string(line, 0, "—")
        page.write_string(line, 2, rest.body.name)
        page.write_number(line, 3, rest.body.received)
        page.write_string(line, 4, f"не рейтингуется: {WHY_NOT[rest.why]}")
        line += 1
    for words in method(counted, municipality):
        line += 1
        page.write_string(line, 0, words)


def _write_row(page: Any, line: int, row: RatedRow, keys: list[Any]) -> None:
    page.write_string(line, 0, place_words(row.place, row.place_to))
    page.write_string(line, 1, before_words(row.place, row.before))
    page.write_string(line, 2, row.body.name)
    page.write_number(line, 3, row.body.received)
    for place, value in enumerate((row.score, row.low, row.high), 4):
        page.write_number(line, place, round(value, 1))
    for step, key in enumerate(keys):
        figure = row.body.figures.get(key)
        page.write_string(line, 7 + 2 * step, value_words(key, figure) if figure else "—")
        page.write_string(line, 8 + 2 * step, parts_words(key, figure) if figure else "нет данных")


def method(counted: Counted, municipality: Municipality) -> list[str]:
    """The note under every sheet: where figures come from and how points are made of them."""
    formula, frozen = counted.scheme.formula, counted.frozen
    number = frozen.formula.number if frozen else number_of(municipality, formula)
    state = f"заморожен {frozen.frozen_at:%d.%m.%Y}" if frozen else "предварительный, не заморожен"
    return [
        f"Формула {number}, {state}. Не рейтингуются органы, у которых карточек меньше {counted.scheme.min_items}.",
        *(
            f"{CRITERIA[one.key].code} {CRITERIA[one.key].title}: {CRITERIA[one.key].formula};"
            f" вес {weight_words(one.weight)}, {edges_words(one)}."
            for one in formula.criteria
        ),
        "Малые числа подтянуты к среднему по органам за двенадцать месяцев до периода (часы — за три).",
        "Интервал — 90 %: в нём балл лежит с такой вероятностью.",
        "Вес показателя без данных распределён между остальными. Равные баллы — общее место.",
    ]
