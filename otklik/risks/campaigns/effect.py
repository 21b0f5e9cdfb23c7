"""Appeals a campaign saved: what came against what was foretold before it began. Pure.

The forecast is frozen on the day of approval with its bounds, tried on the past for sums of the same length, so nobody
can choose it afterwards. A mild winter saves appeals too: the share of the topics among all is compared with past
seasons by the arithmetic of roadmaps (`problems.roadmaps.effect`), and a finding it contradicts is not called proved.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.common import words as say
from otklik.problems.roadmaps.effect import LEAST_AFTER_WEEKS, LEAST_BEFORE, Effect, Flow, effect_of, lacks
from otklik.problems.roadmaps.words import say_effect, say_lacks
from otklik.risks.campaigns.rules import CASES


@dataclass(frozen=True)
class Expected:
    """What was foretold for the weeks of the watch: their sum and its bounds."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Saved:
    """Appeals fewer than foretold (below nought: more), with bounds that hold 95 %; the verdict and its words."""

    verdict: str
    words: str
    came: int | None = None
    expected: float | None = None
    avoided: float | None = None
    low: float | None = None
    high: float | None = None
    against: str = ""


def saved_of(foretold: Expected | None, came: Sequence[int], why_not: str, against: Effect | None) -> Saved:
    """The effect over the weeks that have passed; `foretold` is of the same weeks, `why_not` says why it is None.

    `against` is the effect beside the other topics, None where past seasons are not known.
    """
    short = shortage(foretold, came)
    if foretold is None or short:
        return Saved("few", why_not if foretold is None else say_lacks(short), sum(came) if came else None)
    total = sum(came)
    avoided, low, high = foretold.expected - total, foretold.low - total, foretold.high - total
    verdict = "proved" if low > 0 else "worse" if high < 0 else "unclear"
    if verdict == "proved" and against is not None and against.is_worse:
        verdict = "unclear"
    words = _say(verdict, total, foretold, avoided, low, high)
    return Saved(verdict, words, total, foretold.expected, avoided, low, high)


def shortage(foretold: Expected | None, came: Sequence[int]) -> list[str]:
    """What the data lacks, in the words of roadmaps; empty when there is enough."""
    wants = [(len(came), LEAST_AFTER_WEEKS, "полных недель прошло")]
    if foretold is not None:
        wants.append((round(foretold.expected), LEAST_BEFORE, "обращений по прогнозу"))
    return [f"{name} {has}, нужно {least}" for has, least, name in wants if has < least]


def against_rest(mine: Flow, rest: Flow) -> tuple[Effect | None, str]:
    """The same weeks of past seasons and of this one, beside all other topics; with the sentence that says it."""
    short = lacks(mine, rest)
    found = None if short else effect_of(mine, rest)
    return found, say_effect(found) if found is not None else say_lacks([_of_seasons(one) for one in short])


def _of_seasons(lack: str) -> str:
    """Roadmaps count before and after a measure, here these are past seasons and this one."""
    return lack.replace("до меры", "в прошлых сезонах").replace("после меры", "в этом сезоне")


def _say(verdict: str, came: int, foretold: Expected, avoided: float, low: float, high: float) -> str:
    told = f"Пришло {say.count(came, *CASES)}, по прогнозу ждали {_round(foretold.expected)}"
    bounds = f"(от {_round(foretold.low)} до {_round(foretold.high)})"
    if verdict == "proved":
        fewer = f"меньше на {_round(avoided)} (от {_round(low)} до {_round(high)})"
        return say.tie(f"{told}: {fewer}, случайностью это не объяснить.")
    if verdict == "worse":
        more = f"больше на {_round(-avoided)} (от {_round(-high)} до {_round(-low)})"
        return say.tie(f"{told}: {more}, кампания не удержала рост.")
    return say.tie(f"{told} {bounds}: разница может быть случайной.")


def _round(value: float) -> str:
    return say.number(round(value))
