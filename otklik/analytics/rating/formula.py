"""The formula of the rating: which criteria, their weights, where each gives all and where nothing. Pure.

The charter names criteria in its own words; parameters give weights and edges. A formula is kept as plain data
under a number, so a frozen rating can be counted again years later.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from pydantic import JsonValue

from otklik.analytics.rating.figures import CRITERIA, Key
from otklik.common.errors import Refused

# Grows when `rules.rate` itself changes, so that equal settings under another reckoning are another formula.
RECKONING = 1
WHOLE = 100.0
ALMOST = 1e-6

# The charter's words and the indicators behind them. «Количество» is shown as a number and weighs only through
# repeats: to be written to more often is no fault of a body. `terms` and `speed` both speak of time.
OF_CHARTER: Mapping[str, tuple[Key, ...]] = {
    "count": ("repeats",),
    "terms": ("overdue", "speed"),
    "speed": ("speed", "overdue"),
    "completeness": ("solved",),
    "quality": ("quality", "satisfaction"),
    "completeness_and_quality": ("solved", "quality", "satisfaction"),
}
WEIGHTS, EDGES = "rating.weights", "rating.full_and_zero"
MIN_ITEMS, MIN_SCORES = "rating.min_items", "rating.min_scores"


@dataclass(frozen=True)
class Weighed:
    """A criterion in a formula: weight of 100, the value that gives all and the one that gives nothing.

    Below `least` observations its weight goes to the others.
    """

    key: Key
    weight: float
    full: float
    zero: float
    least: int = 1


@dataclass(frozen=True)
class Formula:
    """The whole formula. Raises `Refused` when weights do not make 100 or edges coincide."""

    criteria: tuple[Weighed, ...]
    min_items_a_month: int
    norms: Mapping[str, int]
    reckoning: int = RECKONING

    def __post_init__(self) -> None:
        total = sum(one.weight for one in self.criteria)
        if abs(total - WHOLE) > ALMOST or any(one.weight < 0 for one in self.criteria):
            raise Refused(f"Сумма весов рейтинга {total:g}, а должна быть 100. Исправьте параметр {WEIGHTS}.")
        if any(one.full == one.zero for one in self.criteria):
            raise Refused(f"Полный балл и ноль стоят в одной точке. Исправьте параметр {EDGES}.")

    def to_data(self) -> dict[str, Any]:
        """As it is kept in the table."""
        return asdict(self)

    @property
    def digest(self) -> str:
        """Equal formulas have equal digests."""
        line = json.dumps(self.to_data(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(line.encode()).hexdigest()


def formula_from(data: Mapping[str, Any]) -> Formula:
    """A kept formula back."""
    return Formula(
        tuple(Weighed(**one) for one in data["criteria"]),
        data["min_items_a_month"],
        data["norms"],
        data["reckoning"],
    )


def make_formula(words: Sequence[str], values: Mapping[str, JsonValue], norms: Mapping[str, int]) -> Formula:
    """The charter's criteria with the parameters' numbers. Raises `Refused` for numbers that cannot be used.

    The parameter's own weights must make 100; those of the criteria the charter names are brought to 100 again.
    """
    weights, edges = _numbers(values, WEIGHTS), _pairs(values, EDGES)
    if abs(sum(weights.values()) - WHOLE) > ALMOST:
        total = sum(weights.values())
        raise Refused(f"Сумма весов рейтинга {total:g}, а должна быть 100. Исправьте параметр {WEIGHTS}.")
    keys = criteria_of(words)
    named = sum(weights.get(key, 0) for key in keys)
    if not named:
        raise Refused(f"Показатели, названные положением, ничего не весят. Исправьте параметр {WEIGHTS}.")
    return Formula(
        tuple(
            _weighed(key, weights[key] * WHOLE / named, edges, _whole(values, MIN_SCORES))
            for key in keys
            if weights.get(key)
        ),
        _whole(values, MIN_ITEMS),
        dict(norms),
    )


def criteria_of(words: Iterable[str]) -> list[Key]:
    """Indicators behind the charter's words, in the order of the table; unknown words add nothing."""
    meant = {key for word in words for key in OF_CHARTER.get(word, ())}
    return [key for key in CRITERIA if key in meant]


def _weighed(key: Key, weight: float, edges: Mapping[str, tuple[float, float]], least: int) -> Weighed:
    if key not in edges:
        raise Refused(f"Для показателя {CRITERIA[key].code} не заданы границы. Исправьте параметр {EDGES}.")
    scale = 100 if CRITERIA[key].unit == "share" else 1
    full, zero = (edge / scale for edge in edges[key])
    return Weighed(key, weight, full, zero, least if key == "satisfaction" else 1)


def _whole(values: Mapping[str, JsonValue], key: str) -> int:
    value = values.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Refused(f"Параметр {key} должен быть целым числом от 1, а стоит {value!r}.")
    return value


def _numbers(values: Mapping[str, JsonValue], key: str) -> dict[str, float]:
    value = values.get(key)
    if not isinstance(value, dict) or not all(_is_number(one) for one in value.values()):
        raise Refused(f"Параметр {key} должен быть набором чисел, а стоит {value!r}.")
    return {name: float(cast(float, one)) for name, one in value.items()}


def _pairs(values: Mapping[str, JsonValue], key: str) -> dict[str, tuple[float, float]]:
    value = values.get(key)
    if not isinstance(value, dict):
        raise Refused(f"Параметр {key} должен быть набором пар чисел, а стоит {value!r}.")
    found: dict[str, tuple[float, float]] = {}
    for name, pair in value.items():
        if not isinstance(pair, list) or len(pair) != 2 or not all(_is_number(one) for one in pair):
            raise Refused(f"В параметре {key} у «{name}» должны стоять два числа: полный балл и ноль.")
        full, zero = (float(cast(float, one)) for one in pair)
        found[name] = full, zero
    return found


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
