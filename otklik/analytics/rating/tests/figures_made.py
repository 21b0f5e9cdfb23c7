"""Invented bodies and the formula of the product for tests of rules."""

from pydantic import JsonValue

from otklik.analytics.rating.figures import BodyFigures, Figure, Key, share
from otklik.analytics.rating.formula import Formula, make_formula
from otklik.analytics.rating.priors import Prior
from otklik.analytics.rating.rules import Scheme

WEIGHTS: dict[str, JsonValue] = {
    "overdue": 25,
    "speed": 20,
    "repeats": 15,
    "solved": 20,
    "satisfaction": 15,
    "quality": 5,
}
EDGES: dict[str, JsonValue] = {
    "overdue": [2, 20],
    "speed": [1.0, 3.0],
    "repeats": [3, 20],
    "solved": [80, 20],
    "satisfaction": [4.5, 2.5],
    "quality": [95, 60],
}
VALUES: dict[str, JsonValue] = {
    "rating.weights": WEIGHTS,
    "rating.full_and_zero": EDGES,
    "rating.min_items": 2,
    "rating.min_scores": 5,
}
ALL_WORDS = ["count", "speed", "completeness_and_quality"]
NO_PULL = Prior(0.0, 0.0)


def formula(words: list[str] | None = None) -> Formula:
    return make_formula(words or ALL_WORDS, VALUES, {"message": 24})


def plain_scheme(words: list[str] | None = None) -> Scheme:
    """Nothing is pulled: scores can be counted by hand."""
    made = formula(words)
    return Scheme(made, {one.key: NO_PULL for one in made.criteria}, 2)


def body(
    key: int,
    received: int = 100,
    overdue: tuple[int, int] = (0, 100),
    hours: float = 10,
    repeated: int = 0,
    solved: tuple[int, int] = (80, 100),
    scores: tuple[int, int] = (45, 10),
    first_pass: tuple[int, int] = (95, 100),
) -> BodyFigures:
    figures: dict[Key, Figure | None] = {
        "overdue": share(*overdue),
        "speed": Figure(hours / 10, hours, 100),
        "repeats": share(repeated, received),
        "solved": share(*solved),
        "satisfaction": share(*scores),
        "quality": share(*first_pass),
    }
    return BodyFigures(key, f"Отдел {key}", received, {name: one for name, one in figures.items() if one})
