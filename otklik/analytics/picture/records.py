"""Measures of the picture as a whole: they do not add up over days, so they are counted for the very period."""

from dataclasses import dataclass

from otklik.analytics.measures.base import Direction, Unit


@dataclass(frozen=True)
class PictureMeasure:
    """A line of the catalogue that `picture.selectors` counts."""

    key: str
    title: str
    formula: str
    unit: Unit
    source: str
    direction: Direction = ""


PICTURE = (
    PictureMeasure(
        "spikes",
        "Необычные дни",
        "дни, в которые пришло больше обычного для этого дня недели; обычное — по восьми прошлым неделям",
        "шт",
        "положение: выявление роста обращений",
        "down",
    ),
    PictureMeasure(
        "mass_problems",
        "Массовые проблемы",
        "группы из трёх и больше карточек, похожих текстом и местом, пришедших за период",
        "шт",
        "положение: выявление массовых проблем",
        "down",
    ),
    PictureMeasure(
        "mass_share",
        "Карточки массовых проблем",
        "карточки таких групп ÷ всё поступившее",
        "%",
        "положение: выявление массовых проблем",
        "down",
    ),
    PictureMeasure(
        "coverage",
        "Охват территории",
        "населённые пункты, откуда за период писали ÷ все пункты справочника мест",
        "%",
        "тепловая карта: полнота",
        "up",
    ),
    PictureMeasure(
        "silent",
        "Молчащие населённые пункты",
        "пункты справочника мест, откуда за период не пришло ни одной карточки",
        "шт",
        "тепловая карта: полнота",
    ),
    PictureMeasure(
        "silent_residents",
        "Жители молчащих пунктов",
        "население молчащих пунктов ÷ население всех пунктов, где оно известно",
        "%",
        "тепловая карта: полнота",
        "down",
    ),
)
