"""Findings and criteria in Russian: each sentence carries its figures, no cause is invented. Pure."""

from collections.abc import Sequence
from math import isinf

from otklik.analytics.criteria.rules import AGAINST_PAST, Fired, Terms
from otklik.analytics.measures import Measure, Value
from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import say_period

DIGITS = {"шт": 0, "ч": 0, "%": 1, "балл": 2, "на 1000": 2}
DAYS = ("день", "дня", "дней")
CASES = ("карточка", "карточки", "карточек")
OF_CASES = ("карточки", "карточек", "карточек")
"""After «меньше»: меньше 1 карточки, меньше 5 карточек."""
CUTS = {
    "": "",
    "topic": "по темам",
    "block": "по блокам",
    "body": "по органам",
    "settlement": "по населённым пунктам",
    "channel": "по каналам",
}


def say_finding(rule: Terms, measure: Measure, fired: Fired, of: str = "") -> str:
    """«Повторных, «Ямы на дорогах»: 13 за 15–21 октября 2026, было 10 за 8–14 октября 2026, рост на 30 %.»"""
    subject = f"{measure.title}, «{of}»" if of else measure.title
    if fired.spike is not None:
        usual = words.number(round(fired.spike.band.expected))
        high = words.number(round(fired.spike.band.high))
        day = words.full_day(fired.spike.day)
        said = f"{subject}: {words.number(fired.spike.count)} за {day}, обычно {usual}, в пределах до {high}."
        return words.tie(said)
    said = f"{subject}: {say_value(measure, fired.now)} за {say_period(fired.window)}"
    if rule.comparison in AGAINST_PAST:
        was = say_value(measure, fired.past) if fired.past.number is not None else "считать было не по чему"
        said += f", было {was} за {say_period(fired.past_window)}{_change(rule, measure, fired)}"
    else:
        edge = "не ниже" if rule.comparison == "above" else "не выше"
        said += f", порог — {edge} {_number(measure, rule.limit)}"
    return words.tie(f"{said.removesuffix('.')}.")


def say_mass(count: int, topic: str, place: str, window: Period) -> str:
    """«Об одном и том же пишут 5 раз: «Ямы на дорогах», г. Боровичи, 15–21 октября 2026.»"""
    times = words.count(count, "раз", "раза", "раз")
    return words.tie(f"Об одном и том же пишут {times}: «{topic}», {place}, {say_period(window)}.")


def say_value(measure: Measure, value: Value) -> str:
    """«13», «15,0 % (6 из 40)», «26 ч (по 12 карточкам)»."""
    if value.number is None:
        return "—"
    said = _number(measure, value.number)
    if measure.unit == "шт":
        return said
    if measure.waited and measure.figure != "day":
        cases = words.count(round(value.denominator), "карточке", "карточкам", "карточкам")
        return f"{said} (по {cases})"
    return f"{said} ({words.number(value.numerator)} из {words.number(value.denominator)})"


def say_formula(rule: Terms, measure: Measure | None, channels: Sequence[str] = ()) -> str:
    """How the figures of a finding came to be: the formula, the window, the limit, the least number."""
    said = [f"{measure.title}: {measure.formula}" if measure else "", say_rule(rule, measure)]
    if rule.least > 1 and rule.comparison != "mass":
        said.append(f"не меньше {words.count(rule.least, *OF_CASES)}")
    if channels:
        said.append(f"каналы: {', '.join(channels)}")
    return words.tie("; ".join(one for one in said if one))[:500]


def say_rule(rule: Terms, measure: Measure | None) -> str:
    """«за 7 дней против 7 дней перед ними: рост от 30 %»."""
    days = words.count(rule.window_days, *DAYS)
    limit = _number(measure, rule.limit) if measure else words.number(rule.limit)
    percent = f"{words.number(rule.limit)} %"
    more = f"{words.number(rule.limit)} п. п." if measure and measure.unit == "%" else limit
    return {
        "growth": f"за {days} против {days} перед ними: рост от {percent}",
        "fall": f"за {days} против {days} перед ними: снижение от {percent}",
        "more": f"за {days} против {days} перед ними: больше на {more}",
        "above": f"за {days}: не ниже {limit}",
        "below": f"за {days}: не выше {limit}",
        "spike": "за день: выше обычного для этого дня недели по восьми прошлым неделям",
        "mass": f"за {days}: похожих карточек не меньше {words.number(rule.limit)}",
    }[rule.comparison]


def _number(measure: Measure, number: float) -> str:
    said = words.number(number, DIGITS[measure.unit] if not float(number).is_integer() else None)
    return said if measure.unit == "шт" else f"{said} {_unit(measure)}"


def _unit(measure: Measure) -> str:
    return {"балл": "балла"}.get(measure.unit, measure.unit)


def _change(rule: Terms, measure: Measure, fired: Fired) -> str:
    if fired.change is None or isinf(fired.change):
        return ""
    if rule.comparison == "more":
        unit = "п. п." if measure.unit == "%" else _unit(measure)
        tail = "" if measure.unit == "шт" else f" {unit}"
        return f", больше на {words.number(round(fired.change, DIGITS[measure.unit]))}{tail}"
    relative = "относительный рост" if measure.unit == "%" else "рост"
    said = relative if fired.change > 0 else "снижение"
    return f", {said} на {words.number(abs(round(fired.change)))} %"
