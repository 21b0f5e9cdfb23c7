"""The level of a risk proposed from what can be measured; the criteria are the charter's own words. Pure.

A criterion the machine knows how to see is met or not; one it does not know is left to the person. The proposal is the
highest level with a criterion met, and how sure that is. A person decides, with a reason.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from otklik.charter.schema.risks import RiskLevel
from otklik.common.words import count, number
from otklik.language.lemmas import lemmas

COUNTED, READ, GUESSED = 0.9, 0.6, 0.3
"""Sureness of a figure, of words read in the text, and of the lowest level taken because nothing spoke for a higher."""
SMALL_REACH = 500
FAST = 3.0
"""So many times the reach of the first measure is a fast growth."""
REACTIONS = ("реакция", "реакции", "реакций")
PLACES = ("населённый пункт", "населённых пункта", "населённых пунктов")
PAGES = ("страница", "страницы", "страниц")

DANGER = (
    *(
        "погибнуть",
        "погибший",
        "смерть",
        "взрыв",
        "взорваться",
        "пожар",
        "гореть",
        "отравление",
        "отравиться",
    ),
    *("обрушиться", "обрушение", "утонуть", "пострадавший", "травма", "угарный", "заражение", "вспышка"),
)
OUTAGE = (
    "отключение",
    "отключить",
    "авария",
    "прорыв",
    "эвакуация",
    "чп",
    "чс",
    "паводок",
    "затопить",
    "обесточить",
)
MASS = ("весь", "район", "поселок", "город", "деревня", "улица", "дом", "микрорайон", "село", "массовый")
# The dictionary reads «перекроем» as a form of «перекрой».
CALLS = ("перекрыть", "перекрой", "митинг", "громить", "поджечь", "сжечь", "бойкот", "самосуд")


@dataclass(frozen=True)
class Signs:
    """What is known of a risk by counting and reading; None is unknown, never zero.

    `growth` is how many times the reach has grown since the first measure.
    """

    text: str = ""
    views: int | None = None
    reactions_per_hour: float | None = None
    growth: float | None = None
    settlements: int = 0
    pages: int = 0
    repeats_in_week: int = 0
    is_top_page: bool = False
    usual_level: str = ""


@dataclass(frozen=True)
class Met:
    """A criterion of the charter that the signs meet, with what shows it."""

    criterion: str
    why: str
    sureness: float


@dataclass(frozen=True)
class Proposal:
    """A level to choose: its key, how sure, the criteria met and the reason in one sentence."""

    level_key: str
    sureness: float
    met: tuple[Met, ...] = field(default_factory=tuple)
    reason: str = ""


def propose(levels: Mapping[str, RiskLevel], signs: Signs) -> Proposal:
    """The highest level whose criteria are met; the lowest one when nothing speaks for a higher."""
    ordered = sorted(levels.items(), key=lambda item: item[1].position)
    for key, level in ordered:
        met = tuple(found for one in level.criteria if (found := _met(one, signs)) is not None)
        if met:
            return _raised(
                levels, signs, Proposal(key, _together(one.sureness for one in met), met, _said(met))
            )
    lowest = ordered[-1][0]
    told = "Признаков более высокого уровня не видно: счётчиков и слов, по которым их узнают, нет."
    return _raised(levels, signs, Proposal(lowest, GUESSED, (), told))


def _raised(levels: Mapping[str, RiskLevel], signs: Signs, found: Proposal) -> Proposal:
    """A topic of the register has its usual level, below which nothing is proposed."""
    usual = levels.get(signs.usual_level)
    if usual is None or usual.position >= levels[found.level_key].position:
        return found
    # What was met are criteria of a lower level: they do not explain this one.
    told = f"Рискогенная тема: её обычный уровень — {usual.title}."
    return Proposal(signs.usual_level, READ, (), told)


def _met(criterion: str, signs: Signs) -> Met | None:
    plain = criterion.lower()
    for stem, see in SIGHTS:
        if re.search(stem, plain):
            found = see(plain, signs)
            return Met(criterion, *found) if found else None
    return None


Found = tuple[str, float] | None
Sight = Callable[[str, Signs], Found]


def _reactions(plain: str, signs: Signs) -> Found:
    most = re.search(r"\d+", plain)
    rate = signs.reactions_per_hour
    if most is None or rate is None or rate <= int(most.group()):
        return None
    return f"{count(round(rate), *REACTIONS)} в час", COUNTED


def _settlements(_: str, signs: Signs) -> Found:
    return (count(signs.settlements, *PLACES), COUNTED) if signs.settlements > 1 else None


def _pages(_: str, signs: Signs) -> Found:
    return (count(signs.pages, *PAGES), COUNTED) if signs.pages > 1 else None


def _repeat(_: str, signs: Signs) -> Found:
    return (f"та же тема за неделю: {signs.repeats_in_week}", COUNTED) if signs.repeats_in_week else None


def _growth(_: str, signs: Signs) -> Found:
    if signs.growth is None or signs.growth < FAST:
        return None
    return f"охват вырос в {number(signs.growth, 1)} раза", COUNTED


def _top(_: str, signs: Signs) -> Found:
    return ("у этой страницы больше всего подписчиков", COUNTED) if signs.is_top_page else None


def _words(known: tuple[str, ...], beside: tuple[str, ...] = ()) -> Sight:
    def see(_: str, signs: Signs) -> Found:
        row = lemmas(signs.text)
        found = [one for one in row if one in known]
        if not found or (beside and not set(row) & set(beside)):
            return None
        return f"в тексте: {', '.join(dict.fromkeys(found))}", READ

    return see


def _single(_: str, signs: Signs) -> Found:
    return ("одна запись", COUNTED) if signs.pages == 1 and not signs.repeats_in_week else None


def _small(_: str, signs: Signs) -> Found:
    if signs.views is None or signs.views >= SMALL_REACH:
        return None
    return f"просмотров {signs.views}", COUNTED


SIGHTS: tuple[tuple[str, Sight], ...] = (
    (r"реакц.*час", _reactions),
    (r"населённ\w* пункт", _settlements),
    (r"читаем", _top),
    (r"рост", _growth),
    (r"нескольк\w* страниц", _pages),
    (r"повтор", _repeat),
    (r"жизн|здоров", _words(DANGER)),
    (r"отключен|чрезвычайн", _words(OUTAGE, MASS)),
    (r"противоправ", _words(CALLS)),
    (r"единичн", _single),
    (r"малый охват", _small),
)


def _together(sure: Iterable[float]) -> float:
    """Several criteria speak louder than one."""
    doubt = 1.0
    for one in sure:
        doubt *= 1 - one
    return round(1 - doubt, 2)


def _said(met: Iterable[Met]) -> str:
    return "; ".join(f"{one.criterion} ({one.why})" for one in met)[:500]
