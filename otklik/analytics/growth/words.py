"""A finding in Russian from a split change: every sentence carries its figures and names no cause of its own. Pure."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from otklik.analytics.growth.split import Growth
from otklik.common import words

Key = TypeVar("Key", bound=Hashable)
MOST_FACTORS = 3
Forms = tuple[str, str, str]
CASES: Forms = ("карточка", "карточки", "карточек")
BY_CASES: Forms = ("карточку", "карточки", "карточек")
"""The same after «на»: on 1 карточку, on 3 карточки more."""


@dataclass(frozen=True)
class Said:
    """Words of a finding; `of` is whose cases they count: () all of the period, (key,) one name's, None nobody's."""

    text: str
    of: tuple[Any, ...] | None = None


def finding(
    growth: Growth[Key], name: Callable[[Key], str], forms: Forms = CASES, by_forms: Forms = BY_CASES
) -> str:
    """What changed, by how much, the season's part, the strongest factors; one to three sentences."""
    return words.tie("".join(one.text for one in finding_said(growth, name, forms, by_forms)))


def finding_said(
    growth: Growth[Key], name: Callable[[Key], str], forms: Forms = CASES, by_forms: Forms = BY_CASES
) -> list[Said]:
    """The same finding in pieces, so that its numbers may lead to their cases."""
    said = [Said("За период "), Said(words.count(growth.after, *forms), ())]
    said.append(Said(_against(growth, by_forms)))
    if growth.season and growth.change:
        said.append(Said(f" Сезон и число рабочих дней дали бы {signed(growth.season)}."))
    for place, one in enumerate(growth.largest(MOST_FACTORS)):
        said.append(Said(", " if place else " Сильнее всего изменились: "))
        said.append(Said(f"«{name(one.key)}» {signed(one.change)}", (one.key,)))
    if said[-1].of is not None:
        said.append(Said("."))
    return said


def signed(number: int) -> str:
    """«+12», «−3», «0»."""
    return f"+{words.number(number)}" if number > 0 else words.number(number)


def _against(growth: Growth[Key], by_forms: Forms) -> str:
    if not growth.change:
        return ", столько же, сколько было."
    more = "больше" if growth.change > 0 else "меньше"
    change = words.count(abs(growth.change), *by_forms)
    share = f" ({signed(round(100 * growth.share))} %)" if growth.share is not None else ""
    return f": на {change} {more}, чем было{share}."
