"""docs/measures.md, made from the catalogue: `otklik facts measures` prints it, a test holds the file equal."""

from collections.abc import Sequence

from otklik.analytics.columns import COLUMNS
from otklik.analytics.measures import GROUPS, Measure
from otklik.analytics.picture.records import PICTURE, PictureMeasure

GOOD = {"up": "больше — лучше", "down": "меньше — лучше", "": "—"}


def page() -> str:
    """The whole page in Markdown, with a line feed at the end."""
    lines = [
        "# Показатели",
        "",
        "Эта страница сделана из каталога командой `otklik facts measures`: правьте записи в",
        "`otklik/analytics/measures/`, а не её. Показатель считается по фактам дня: событие учтено в тот местный день,",
        "когда произошло. Там, где делить не на что, показателя нет — это не ноль. Показатели раздела «Картина»",
        "по дням не складываются: их считают за весь период сразу.",
        "",
    ]
    catalogue: dict[str, Sequence[Measure | PictureMeasure]] = {**GROUPS, "Картина": PICTURE}
    for title, group in catalogue.items():
        lines += [f"## {title}", "", "| показатель | ключ | формула | ед. | что лучше | основание |"]
        lines += ["|---|---|---|---|---|---|", *map(_line, group), ""]
    lines += ["## Счётчики фактов", "", "| столбец | что считает |", "|---|---|"]
    lines += [f"| `{name}` | {words} |" for name, words in COLUMNS.items()]
    return "\n".join(lines) + "\n"


def _line(one: Measure | PictureMeasure) -> str:
    good = GOOD[one.direction]
    return f"| {one.title} | `{one.key}` | {one.formula} | {one.unit} | {good} | {one.source} |"
