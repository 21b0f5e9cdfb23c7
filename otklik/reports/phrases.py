"""Sentences of reports, made of figures by rules: numerals agree, every sentence carries what it says. Pure.

No cause is ever named: a phrase tells how much there was, how much there is, and of how many.
"""

from collections.abc import Sequence
from math import sqrt

from otklik.common.words import NBSP, count, number, percent, plural

Forms = tuple[str, str, str]
APPEALS: Forms = ("обращение", "обращения", "обращений")
MESSAGES: Forms = ("сообщение", "сообщения", "сообщений")
CARDS: Forms = ("карточка", "карточки", "карточек")

FEW = 20
"""Below it a share is not told: a number says more than a per cent of a handful."""
LEAST_CHANGE = 3


def of_whole(part: int, whole: int) -> str:
    """«368 из 396 (93 %)»; of a handful the share is left out."""
    share = f" ({percent(part / whole)})" if whole >= FEW else ""
    return f"{number(part)} из{NBSP}{number(whole)}{share}"


def difference(now: int, was: int, period: str) -> str:
    """«на 37 больше, чем за 1–15 октября (375)»; equal and from nothing are said as they are."""
    if now == was:
        return f"столько же, сколько за{NBSP}{period}"
    if not was:
        return f"за{NBSP}{period} их не было"
    word = "больше" if now > was else "меньше"
    return f"на{NBSP}{number(abs(now - was))} {word}, чем за{NBSP}{period} ({number(was)})"


def received(appeals: int, messages: int, was: int, period: str) -> str:
    """«поступило 58 обращений и 354 сообщения, всего 412, на 37 больше, чем …»."""
    kinds = [count(n, *forms) for n, forms in ((appeals, APPEALS), (messages, MESSAGES)) if n]
    whole = appeals + messages
    if not kinds:
        nothing = "обращений и сообщений не поступило"
        return f"{nothing}, за{NBSP}{period} было {number(was)}" if was else nothing
    total = f", всего {number(whole)}" if len(kinds) > 1 else ""
    return f"поступило {' и '.join(kinds)}{total}, {difference(whole, was, period)}"


def by_cards(n: int) -> str:
    """«по 21 карточке», «по 5 карточкам»."""
    return count(n, "карточке", "карточкам", "карточкам")


def of_cards(n: int) -> str:
    """«у 1 карточки», «у 5 карточек»."""
    return count(n, "карточки", "карточек", "карточек")


def points(n: float) -> str:
    """«25 баллов», «31,2 балла»: a fraction governs the singular."""
    word = plural(int(n), "балл", "балла", "баллов") if float(n).is_integer() else "балла"
    return f"{number(n)}{NBSP}{word}"


def listed(words: Sequence[str]) -> str:
    """«а», «а и б», «а, б и в»."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} и{NBSP}{words[-1]}"


def is_notable(now: int, was: int) -> bool:
    """Whether a change stands out of chance: two roots of the sum (counts scatter as Poisson's), three at least."""
    return abs(now - was) >= max(LEAST_CHANGE, 2 * sqrt(now + was))


def sentence(text: str) -> str:
    """A capital at the start, one full stop at the end."""
    text = text.strip()
    return text if not text else text[0].upper() + text[1:].rstrip(".") + "."


_DATIVES = {
    "глава": "Главе",
    "руководитель": "Руководителю",
    "руководство": "Руководству",
    "куратор": "Куратору",
    "координатор": "Координатору",
}


def to_whom(addressee: str) -> str:
    """The addressee as it stands on a paper: «Главе муниципального района»; a centre is written as it is."""
    first, _, rest = addressee.partition(" ")
    given = _DATIVES.get(first.lower())
    if given is None:
        return addressee
    return f"{given} {rest}".strip()
