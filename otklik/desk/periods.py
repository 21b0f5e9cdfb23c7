"""The period of a screen: read from its address, picked from the charter's fortnights, months, quarters and years.

Any screen may use it: `period_asked` reads, `period_picker` gives what `desk/parts/period.html` draws. So do
`past_asked`, `past_picker` and `desk/parts/past.html` for the days it is compared with.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from otklik.common.period import Period
from otklik.common.periods import (
    before,
    fortnight_of,
    last_days,
    length_of,
    month_of,
    quarter_of,
    read_period,
    say_period,
    write_period,
    year_before,
    year_of,
)
from otklik.common.words import count, plural

FIRST_YEAR, LAST_YEAR = 2000, 2100
USUAL_DAYS = 30
ROLLING = (7, 30, 90)
LAST_YEAR_WORD = "year"
PAST_WORDS = ("past", "past_since", "past_until")
OFFERED = (("Половины месяца", 4), ("Месяцы", 6), ("Кварталы", 4), ("Годы", 2))


@dataclass(frozen=True)
class Choice:
    """A period offered: what it is called, where it leads."""

    title: str
    href: str
    is_now: bool


@dataclass(frozen=True)
class PastPicker:
    """What a comparison is drawn by: the words of now, two usual choices, own days, the rest of the address."""

    says: str
    past: Period
    choices: list[Choice]
    pairs: list[tuple[str, str]]


@dataclass(frozen=True)
class PeriodPicker:
    """What the part draws: the words of now, choices under heads, own days, the rest of the address."""

    says: str
    period: Period
    groups: list[tuple[str, list[Choice]]]
    pairs: list[tuple[str, str]]


def period_asked(query: QueryDict, today: date) -> Period:
    """`period` of the address, or its `since` and `until`; the last thirty days when neither can be read."""
    spelled = query.get("period") or f"{query.get('since', '')}..{query.get('until', '')}"
    return told_period(spelled) or last_days(today, USUAL_DAYS)


def past_asked(query: QueryDict, period: Period) -> Period:
    """What the period is compared with: any days of the address, the same a year ago, else those just before."""
    word = query.get("past", "")
    if word == LAST_YEAR_WORD:
        return year_before(period)
    spelled = word or f"{query.get('past_since', '')}..{query.get('past_until', '')}"
    return told_period(spelled) or before(period)


def told_period(spelled: str) -> Period | None:
    """The period of a spelling within sensible years; None for anything else."""
    try:
        period = read_period(spelled)
    except ValueError:
        return None
    return period if period.since.year >= FIRST_YEAR and period.until.year <= LAST_YEAR else None


def turned(query: QueryDict, **changes: object) -> str:
    """The address with some words changed; an empty word is left out."""
    copy = query.copy()
    for name, value in changes.items():
        copy.pop(name, None)
        if value not in ("", None, False):
            copy[name] = str(value)
    return f"?{copy.urlencode()}"


def period_picker(query: QueryDict, chosen: Period, today: date) -> PeriodPicker:
    """Choices from today back; everything else of the address stays as it is."""
    ends = (fortnight_of(today), month_of(today.year, today.month), _quarter(today), year_of(today.year))
    groups = [("До сегодняшнего дня", [last_days(today, days) for days in ROLLING])]
    groups += [(title, _back(end, many)) for (title, many), end in zip(OFFERED, ends, strict=True)]
    rest = [(name, str(value)) for name, value in query.items() if name not in ("period", "since", "until")]
    return PeriodPicker(
        say_days(chosen, today),
        chosen,
        [(title, [_choice(query, one, chosen, today) for one in periods]) for title, periods in groups],
        rest,
    )


def past_picker(query: QueryDict, period: Period, past: Period) -> PastPicker:
    """The days just before, the same days a year ago, any other; everything else of the address stays."""
    usual = {"": before(period), LAST_YEAR_WORD: year_before(period)}
    choices = [
        Choice(say_past(period, one), turned(query, past=word, past_since="", past_until=""), one == past)
        for word, one in usual.items()
    ]
    rest = [(name, str(value)) for name, value in query.items() if name not in PAST_WORDS]
    return PastPicker(say_past(period, past), past, choices, rest)


def say_days(period: Period, today: date) -> str:
    """The period in words; one that ends today by its days: «30 дней, 23 октября – 21 ноября 2026»."""
    days = length_of(period)
    if period.until == today and days in ROLLING:
        return f"{count(days, 'день', 'дня', 'дней')}, {say_period(period)}"
    return say_period(period)


def say_past(period: Period, past: Period) -> str:
    """What it is compared with, in the instrumental: «прошлыми 30 днями», «октябрём 2026» stays a plain name."""
    days = length_of(past)
    if past == before(period) and write_period(past).count("-") > 3:
        return "прошлым днём" if days == 1 else f"прошлыми {days} {plural(days, 'днём', 'днями', 'днями')}"
    return f"периодом: {say_period(past)}"


def _quarter(today: date) -> Period:
    return quarter_of(today.year, (today.month + 2) // 3)


def _back(end: Period, many: int) -> list[Period]:
    found = [end]
    while len(found) < many:
        found.append(before(found[-1]))
    return found


def _choice(query: QueryDict, period: Period, chosen: Period, today: date) -> Choice:
    changes: dict[str, Any] = {"period": write_period(period), "since": "", "until": ""}
    return Choice(say_days(period, today), turned(query, **changes), period == chosen)
