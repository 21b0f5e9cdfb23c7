"""Sentences and figures of tiles: how a value is written, how it has changed, what a chart has found. Pure."""

from collections.abc import Sequence

from otklik.analytics.charts.plot import Point
from otklik.analytics.measures import Measure, Unit, Value
from otklik.common import words

DIGITS: dict[Unit, int] = {"шт": 0, "ч": 0, "%": 1, "балл": 2, "на 1000": 2}
UNITS: dict[Unit, str] = {
    "шт": "карточек",
    "%": "%",
    "ч": "часов",
    "балл": "из 5",
    "на 1000": "на 1000 жителей",
}
STEPS: dict[Unit, str] = {"шт": "", "%": "п. п.", "ч": "ч", "балл": "", "на 1000": ""}
"""What a change is counted in: shares change by points, not by per cent."""

NONE = "—"
MOST_TOLD = 2


def written(one: Measure, number: float | None) -> str:
    """«12,5 %», «1 204», «7 ч»; a dash where there is nothing to divide by."""
    if number is None:
        return NONE
    text = words.number(number, DIGITS[one.unit])
    return f"{text}{words.NBSP}{one.unit}" if one.unit in ("%", "ч") else text


def base_of(one: Measure, value: Value) -> str:
    """What the number was counted from: «5 из 25», «по 12»; nothing for a plain count."""
    if value.number is None or one.unit == "шт":
        return ""
    if one.unit == "балл" or (one.waited and one.figure != "day"):
        return f"по{words.NBSP}{words.number(value.denominator)}"
    return f"{words.number(value.numerator)} из{words.NBSP}{words.number(value.denominator)}"


def step_of(one: Measure, now: Value, past: Value) -> float | None:
    """By how much the written number has changed; None when one of them is not there."""
    if now.number is None or past.number is None:
        return None
    digits = DIGITS[one.unit]
    return round(round(now.number, digits) - round(past.number, digits), digits)


def change_of(one: Measure, now: Value, past: Value) -> str:
    """«на 12 больше», «лучше на 3,2 п. п.», «не изменилось»; empty when there is nothing to compare with."""
    step = step_of(one, now, past)
    if step is None:
        return ""
    if not step:
        return "не изменилось"
    size = " ".join(part for part in (words.number(abs(step), DIGITS[one.unit]), STEPS[one.unit]) if part)
    if not one.direction:
        return words.tie(f"на {size} {'больше' if step > 0 else 'меньше'}")
    is_better = (step > 0) is (one.direction == "up")
    return words.tie(f"{'лучше' if is_better else 'хуже'} на {size}")


def stands_out(one: Measure, point: Point, whole: float | None) -> bool:
    """Whether the bounds of a row leave the whole on its worse side: more than chance, not a few cases."""
    if whole is None or point.low is None or point.high is None:
        return False
    return point.high < whole if one.direction == "up" else point.low > whole


def found_in_rows(one: Measure, points: Sequence[Point], whole: float | None, enough: int = 0) -> str:
    """The finding of rows: who has most of a count, who differs from the whole by more than chance.

    Without bounds the first row that has cases enough is told of; so many rows (`enough`) have.
    """
    first = next((point for point in points if point.value is not None), None)
    if first is None:
        return f"{one.title}: данных нет"
    if one.unit == "шт":
        share = f" из {words.number(whole)}" if whole else ""
        return words.tie(f"Больше всего — {first.name}: {first.said}{share}")
    side = "ниже" if one.direction == "up" else "выше"
    told = [point for point in points if point.is_told]
    if first.low is None:
        if not told:
            return f"{one.title}: карточек мало, чтобы сравнивать"
        return words.tie(_first_of(told[0], side, told[0] is first, enough))
    if not told:
        return words.tie(f"{one.title}: заметных отличий нет, в целом {written(one, whole)}")
    named = ", ".join(f"{point.name} — {point.said} ({point.base})" for point in told[:MOST_TOLD])
    rest = f" и ещё {len(told) - MOST_TOLD}" if len(told) > MOST_TOLD else ""
    return words.tie(f"Заметно {side} общего, {written(one, whole)}: {named}{rest}")


def _first_of(told: Point, side: str, is_first: bool, enough: int) -> str:
    """Who stands first; rows of a few cases may stand higher and are not compared with."""
    said = f"{told.name}: {told.said}" + (f" ({told.base})" if told.base else "")
    if is_first:
        return f"{side.capitalize()} всех — {said}"
    if enough > 1:
        return f"Из тех, у кого карточек хватает, {side} всех — {said}"
    return f"{said}; у остальных карточек мало, чтобы сравнивать"


def found_in_time(one: Measure, now: Value, past: Value, points: Sequence[Point]) -> str:
    """The finding of a flow: the whole, its change, and the most unusual mark."""
    change = change_of(one, now, past)
    said = f"{one.title}: {written(one, now.number)}" + (f", {change}" if change else "")
    told = [point for point in points if point.is_told and point.value is not None]
    if not told:
        return words.tie(said)
    peak = max(told, key=lambda point: (point.value or 0) - (point.high or 0))
    return words.tie(f"{said}. Необычно много {peak.name}: {peak.said}")
