"""Russian words of the screens: agreed plurals, numbers, dates, non-breaking spaces.

One place for every package that speaks to a person; pure functions, called by templates through
`common.templatetags.words` and by services that write sentences.
"""

import re
from datetime import date, datetime, timedelta
from typing import Literal

NBSP = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"

Gender = Literal["m", "f", "n"]

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
SHORT_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
SHORT_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

_ONES: dict[Gender, tuple[str, str]] = {"m": ("один", "два"), "f": ("одна", "две"), "n": ("одно", "два")}
_SPELLED = ("три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")

_TIED = (
    # What follows a number sign, a short address word or a one-letter word stays on its line.
    (re.compile(r"(№|§|ул\.|пер\.|пр\.|д\.|с\.|п\.|г\.|ст\.|ч\.|кв\.|стр\.) (?=\S)"), rf"\1{NBSP}"),
    (re.compile(r"(?<![\w-])([авикосуяАВИКОСУЯ]) (?=\S)"), rf"\1{NBSP}"),
    # A unit stays with its number, a dash with the word before it.
    (re.compile(r"(?<=\d) (?=[а-яё%°₽])"), NBSP),
    (re.compile(r" (?=[—–] )"), NBSP),
)


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form that agrees with the number: 1 карточка, 2 карточки, 5 and 11 карточек."""
    tail = abs(n) % 100
    if 11 <= tail <= 14:
        return many
    match tail % 10:
        case 1:
            return one
        case 2 | 3 | 4:
            return few
        case _:
            return many


def count(n: int, one: str, few: str, many: str) -> str:
    """Number and agreed word on one line: «22 жалобы», «1 204 карточки»."""
    return f"{number(n)}{NBSP}{plural(n, one, few, many)}"


def spell(n: int, gender: Gender = "m") -> str:
    """A number in words up to ten («две», «шесть»), in digits above; genders as they agree."""
    if n == 0:
        return "ноль"
    if n in (1, 2):
        return _ONES[gender][n - 1]
    return _SPELLED[n - 3] if 3 <= n <= 10 else number(n)


def spell_count(n: int, forms: tuple[str, str, str], gender: Gender = "m") -> str:
    """«три срока», «одна карточка», «38 сообщений»."""
    return f"{spell(n, gender)}{NBSP}{plural(n, *forms)}"


def number(value: float, digits: int | None = None) -> str:
    """4 720 with a narrow space, 3,8 with a comma, a true minus; whole numbers keep no tail."""
    places = digits if digits is not None else (0 if float(value).is_integer() else 1)
    text = f"{abs(value):,.{places}f}".replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{text}" if value < 0 else text


def percent(share: float, digits: int = 0) -> str:
    """A share of one as «93 %»."""
    return f"{number(share * 100, digits)}{NBSP}%"


def long_day(day: date) -> str:
    """«22 октября, чт»: the date in a sentence or a field's help."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}, {SHORT_WEEKDAYS[day.weekday()]}"


def full_day(day: date) -> str:
    """«22 октября 2026»: the date of a document."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def opening_day(day: date) -> str:
    """«Вторник, 20 октября»: how a screen opens."""
    return f"{WEEKDAYS[day.weekday()].capitalize()}, {day.day}{NBSP}{MONTHS[day.month - 1]}"


def short_day(day: date, today: date | None = None) -> str:
    """«22 окт»; the year is added when it is not today's."""
    text = f"{day.day}{NBSP}{SHORT_MONTHS[day.month - 1]}"
    return text if today is None or day.year == today.year else f"{text} {day.year}"


def weekday_and_day(day: date) -> str:
    """«чт 22 окт»: a term within the next seven days."""
    return f"{SHORT_WEEKDAYS[day.weekday()]} {short_day(day)}"


def table_day(day: date) -> str:
    """«22.10.2026»: the date in a table."""
    return f"{day:%d.%m.%Y}"


def clock(moment: datetime) -> str:
    """«9:38»: local time of a moment already brought to the right zone."""
    return f"{moment.hour}:{moment.minute:02d}"


def moment_words(moment: datetime, now: datetime) -> str:
    """«сегодня 9:38», «вчера 16:20», «22 сен 9:04»; both moments are in the reader's zone."""
    day, today = moment.date(), now.date()
    if day == today:
        return f"сегодня {clock(moment)}"
    if day == today - timedelta(days=1):
        return f"вчера {clock(moment)}"
    return f"{short_day(day, today)} {clock(moment)}"


def tie(text: str) -> str:
    """Non-breaking spaces after №, ул., с. and one-letter words, between number and unit, before a dash."""
    for pattern, joined in _TIED:
        text = pattern.sub(joined, text)
    return text


def capitalised(text: str) -> str:
    """First letter in capitals, the rest untouched."""
    return text[:1].upper() + text[1:]
