"""A finding in Russian from a split change: every sentence carries its figures and names no cause of its own. Pure."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from otklik.analytics.growth.split import Growth
from otklik.common import words

Key = TypeVar("Key", bound=Hashable)
MOST_FACTORS = 3
Forms = tuple[str, str, str]
CASES: Forms = ("карточка", "карточки", "карточек")
BY_CASES: Forms = ("карточку", "карточки", "карточек")
"""The same after «на»: on 1 карточку, on 3 карточки more."""


def finding(
    growth: Growth[Key], name: Callable[[Key], str], forms: Forms = CASES, by_forms: Forms = BY_CASES
) -> str:
    """What changed, by how much, the season's part, the strongest factors; one to three sentences."""
    said = [_whole(growth, forms, by_forms)]
    season = round(growth.season)
    if season and growth.change:
        said.append(f"Сезон и число рабочих дней дали бы {_signed(season)}.")
    strongest = [one for one in growth.largest(MOST_FACTORS) if round(one.change)]
    if strongest:
        listed = ", ".join(f"«{name(one.key)}» {_signed(round(one.change))}" for one in strongest)
        said.append(f"Сильнее всего изменились: {listed}.")
    return words.tie(" ".join(said))


def _whole(growth: Growth[Key], forms: Forms, by_forms: Forms) -> str:
    now = words.count(growth.after, *forms)
    if not growth.change:
        return f"За период {now}, столько же, сколько было."
    more = "больше" if growth.change > 0 else "меньше"
    change = words.count(abs(growth.change), *by_forms)
    share = f" ({_signed(round(100 * growth.share))} %)" if growth.share is not None else ""
    return f"За период {now}: на {change} {more}, чем было{share}."


def _signed(number: int) -> str:
    return f"+{words.number(number)}" if number > 0 else words.number(number)
