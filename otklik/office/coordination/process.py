"""What a change of the work has done to quality: the share passed at once before the day and after it."""

from dataclasses import dataclass
from datetime import date, timedelta

from otklik.analytics.figures import Sums
from otklik.analytics.measures import MEASURES
from otklik.analytics.measures.base import Value
from otklik.analytics.selectors import sums
from otklik.common.period import Period
from otklik.office.coordination.models import Affair

DAYS = 60
FEWEST = 10
MEASURE = MEASURES["first_pass"]


@dataclass(frozen=True)
class Effect:
    """Quality of as many days before and after; `words` say what may be concluded and what may not."""

    before: Value
    after: Value
    since: date
    until: date
    words: str


def effect_of(affair: Affair, today: date) -> Effect | None:
    """The effect of a change that has begun, over its topic and block where it names them; None before its day."""
    began = affair.held_on or affair.day
    days = min(DAYS, (today - began).days)
    if days < 1:
        return None
    where: dict[str, object] = {}
    if affair.topic is not None:
        where["topic"] = affair.topic.key
    if affair.block_key:
        where["block"] = affair.block_key
    past = Period(began - timedelta(days=days), began - timedelta(days=1))
    late = Period(began, began + timedelta(days=days - 1))
    before, after = (_value(affair, part, where) for part in (past, late))
    return Effect(before, after, past.since, late.until, conclude(before, after))


def conclude(before: Value, after: Value) -> str:
    """One sentence: better or worse only where the intervals of the two shares do not meet."""
    if before.denominator < FEWEST or after.denominator < FEWEST:
        return f"Недостаточно данных: для сравнения нужно не меньше {FEWEST} проверок до и после."
    if before.high is not None and after.low is not None and after.low > before.high:
        return "Качество стало выше: разница больше случайной."
    if before.low is not None and after.high is not None and after.high < before.low:
        return "Качество стало ниже: разница больше случайной."
    return "Разница в пределах случайной: сказать, что стало лучше, нельзя."


def _value(affair: Affair, period: Period, where: dict[str, object]) -> Value:
    found = sums([affair.municipality_id], period, (), where or None, tuple(sorted(MEASURE.columns)))
    return MEASURE.of(found.get((), Sums()))
