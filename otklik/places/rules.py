"""The place of the trouble in a message: settlement, street, house, point and cell, with sureness and reason.

Called by the walk of a message, imports and benches; calls the finders beside it. The main place is where the
trouble is, not where the author lives, works or goes; a settlement is named only when the text names it.
"""

import re
from dataclasses import dataclass, replace

from otklik.places.cells import cell_of
from otklik.places.gazetteer import Gazetteer, SettlementFact, StreetFact
from otklik.places.landmarks import find_landmark
from otklik.places.settlements import FoundSettlement, find_settlements
from otklik.places.spelling import fold
from otklik.places.streets import FoundStreet, find_streets
from otklik.places.tokens import tokens_of

__all__ = ["FoundPlace", "Gazetteer", "Reason", "find_place", "find_places"]

_HOME = re.compile(
    r"(?:живу|жив[её]м|живёт|живет|живя|прожива\w+|прописан\w*|зарегистрирован\w*|жител(?:ь|ьница|ем"
    r"|ьницей)|родом|мой адрес|адрес проживания"
    r"|домашний адрес|переехал\w*|я из|мы из|приехал\w* из|пишу из"
    r"|пишет\w* вам из)(?:\s+(?!на\b.*\bна\b)[\w.,:-]+){0,4}\s*[:,]?\s*$",
    re.I,
)
_WORK = re.compile(
    r"(?:работа\w+|служ\w+|учусь|учится|учатся|учился|трудоустро\w+)(?:\s+[\w.,-]+){0,3}\s*$", re.I
)
_GOING = re.compile(
    r"(?<!\w)(?:ез[дж]\w+|еду|едем|ехать|доехать|уехать|поехать|приехать|проехать|добра\w+|добира\w+|попасть"
    r"|дойти|выехать|воз(?:ить|им|ят|или)|вез(?:ти|ут|ем|ём|ли)"
    r"|достав\w+|направля\w+|отправ\w+|обраща\w+|звони\w+|писа\w+|идти|ходить|ходим|хожу|шел|шёл"
    r"|лежал\w*|лечи\w+|купи\w+|командировк\w*)(?:\s+[\w.-]+){0,3}\s*$",
    re.I,
)
_TOWARDS = re.compile(
    r"(?:(?<!\w)(?:до|в сторону|в направлении|по направлению к)(?:\s+(?:города|деревни|села|г\.|д\."
    r"|с\.))?)\s*$",
    re.I,
)
_OFFICE = re.compile(
    r"(?:администраци\w+|глав[аеуы]|мэр\w*|прокуратур\w*|поликлиник\w+|больниц\w+|мфц|цур"
    r"|думы?)(?:\s+[\w.-]+){0,2}\s*$",
    re.I,
)
# A new sentence, or a clause about another place: «живу в Ревде, а в Ловозере…».
_TURN = re.compile(
    r"[!?;\n]\s*|(?<=[а-яё]{4})\.\s+(?=[А-ЯЁ])|,\s+(?=(?:а|но|и|на|в|во|по|у|возле|напротив|там|из|от)\s)",
    re.I,
)
_WINDOW = 45
_NEXT_TO = 40
# A home is taken only when no other settlement is named; a place of work or of a journey is not taken at all.
_HOME_COST = 0.85
_PAPER_HOME_COST = 0.95
_REGISTERED = re.compile(r"(?:прописан|зарегистрирован)\w*(?:\s+[\w.]+){0,2}\s*$", re.I)
_AWAY_COST = 4.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that decided and where they stand in the text."""

    what: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """The main place; empty strings and None where the text is silent. Degrees WGS84; sureness 0..1."""

    settlement: str = ""
    street: str = ""
    house: str = ""
    street_kind: str = ""
    landmark: str = ""
    lat: float | None = None
    lon: float | None = None
    h3: str = ""
    sureness: float = 0.0
    words: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ranked:
    settlement: FoundSettlement | None
    street: FoundStreet | None


def find_place(text: str, gazetteer: Gazetteer) -> FoundPlace:
    """The place a message is about; nothing named gives an empty place with sureness 0."""
    settlements, streets = _named(text, gazetteer)
    return _placed(text, _main(text, settlements, streets), gazetteer)


def find_places(text: str, gazetteer: Gazetteer, most: int = 3) -> list[FoundPlace]:
    """The main place and what else the text may mean: another place it names, the same street elsewhere."""
    settlements, streets = _named(text, gazetteer)
    ranked = _main(text, settlements, streets)
    pairs = [ranked, *(_Ranked(ranked.settlement, street) for street in streets)]
    pairs += [_Ranked(item, None) for item in settlements]
    found = [_at_home(_placed(text, pair, gazetteer), gazetteer) for pair in pairs]
    different: dict[tuple[str, str, str], FoundPlace] = {}
    for one in [*found, *_namesakes(found[0], gazetteer)]:
        if one.settlement or one.street:
            different.setdefault((one.settlement, one.street, one.house), one)
    return list(different.values())[:most]


def _at_home(place: FoundPlace, gazetteer: Gazetteer) -> FoundPlace:
    """The settlement of a street that only one settlement has."""
    homes = {fact.settlement for fact in gazetteer.street_names.get(fold(place.street), ()) if place.street}
    return place if place.settlement or len(homes) != 1 else replace(place, settlement=homes.pop())


def _named(text: str, gazetteer: Gazetteer) -> tuple[list[FoundSettlement], list[FoundStreet]]:
    tokens = tokens_of(text)
    settlements = find_settlements(text, tokens, gazetteer)
    streets = find_streets(text, tokens, gazetteer)
    return settlements, [street for street in streets if not _inside_settlement(street, settlements)]


def _main(text: str, settlements: list[FoundSettlement], streets: list[FoundStreet]) -> _Ranked:
    street = _main_street(text, streets)
    return _Ranked(_main_settlement(text, settlements, street), street)


def _namesakes(main: FoundPlace, gazetteer: Gazetteer) -> list[FoundPlace]:
    """The same street in other settlements: the text that names only a street leaves the choice open."""
    return [
        replace(
            main,
            settlement=fact.settlement,
            lat=fact.lat,
            lon=fact.lon,
            h3=cell_of(fact.lat, fact.lon) if fact.lat is not None and fact.lon is not None else "",
            sureness=round(main.sureness / 2, 2),
        )
        for fact in gazetteer.street_names.get(fold(main.street), ())
        if main.street and fact.settlement != main.settlement
    ]


def _inside_settlement(street: FoundStreet, settlements: list[FoundSettlement]) -> bool:
    """A bare name that already reads as a settlement with its kind is no street."""
    return not street.kind and any(
        item.start < street.end and street.start < item.end for item in settlements
    )


def _context(text: str, start: int) -> str:
    """The words before a place within its sentence."""
    window = text[max(0, start - _WINDOW) : start]
    ends = [match.end() for match in _TURN.finditer(window)]
    return window[ends[-1] :] if ends else window


def _main_street(text: str, streets: list[FoundStreet]) -> FoundStreet | None:
    """The plainest street; a home address only when nothing else is named; the first of equals."""
    best: tuple[float, int] | None = None
    chosen: FoundStreet | None = None
    for number, street in enumerate(streets):
        weight = street.weight
        if _HOME.search(_context(text, street.start)):
            weight -= 2.5
        weight = round(weight * 2) / 2
        if best is None or weight > best[0] + 0.5:
            best, chosen = (weight, number), street
    return chosen


def _main_settlement(
    text: str, settlements: list[FoundSettlement], street: FoundStreet | None
) -> FoundSettlement | None:
    """The settlement of the trouble; one where the author only works or goes is none."""
    chosen: tuple[float, FoundSettlement] | None = None
    for item in settlements:
        weight = item.weight + _standing(text, item)
        if street is not None and (
            0 <= street.start - item.end <= 12 or 0 <= item.start - street.end <= _NEXT_TO
        ):
            weight += 1.5
        if weight > 0 and (chosen is None or weight > chosen[0] + 0.01):
            chosen = (weight, item)
    return chosen[1] if chosen else None


def _standing(text: str, item: FoundSettlement) -> float:
    before = _context(text, item.start)
    if _WORK.search(before) or _GOING.search(before):
        return -_AWAY_COST
    if _TOWARDS.search(before):
        return -0.7
    if _HOME.search(before):
        return -(_PAPER_HOME_COST if _REGISTERED.search(before) else _HOME_COST) * item.weight
    if _OFFICE.search(before):
        return -0.8
    return 0.0


def _placed(text: str, ranked: _Ranked, gazetteer: Gazetteer) -> FoundPlace:
    settlement, street = ranked.settlement, ranked.street
    landmark = find_landmark(text)
    fact = settlement.fact if settlement else None
    street_fact = _street_fact(street, fact, gazetteer)
    lat, lon = _point(street_fact, fact)
    reasons = [
        Reason(what, text[item.start : item.end], item.start, item.end)
        for what, item in (("settlement", settlement), ("street", street), ("landmark", landmark))
        if item is not None
    ]
    return FoundPlace(
        settlement=settlement.name if settlement else "",
        street=street_fact.name if street_fact else (street.name if street else ""),
        house=street.house if street else "",
        street_kind=street_fact.kind if street_fact else (street.kind if street else ""),
        landmark=landmark.text if landmark else "",
        lat=lat,
        lon=lon,
        h3=cell_of(lat, lon) if lat is not None and lon is not None else "",
        sureness=_sureness(settlement, street, street_fact),
        words=tuple(reason.text for reason in reasons),
        reasons=tuple(reasons),
    )


def _street_fact(
    street: FoundStreet | None, settlement: SettlementFact | None, gazetteer: Gazetteer
) -> StreetFact | None:
    """The gazetteer's street: in the named settlement, else the only one of that name, else the centre's."""
    if street is None:
        return None
    same = gazetteer.street_names.get(fold(street.name), ())
    if settlement is not None:
        return next((item for item in same if fold(item.settlement) == fold(settlement.name)), None)
    if len({fold(item.settlement) for item in same}) == 1:
        return same[0]
    centre = next((item.name for item in gazetteer.settlements if item.is_centre), "")
    return next((item for item in same if item.settlement == centre), None)


def _point(street: StreetFact | None, settlement: SettlementFact | None) -> tuple[float | None, float | None]:
    if street is not None and street.lat is not None:
        return street.lat, street.lon
    if settlement is not None:
        return settlement.lat, settlement.lon
    return None, None


def _sureness(
    settlement: FoundSettlement | None, street: FoundStreet | None, fact: StreetFact | None
) -> float:
    """How plainly the text names the place: a kind word, a house and the gazetteer add to it."""
    sure = 0.0
    if settlement is not None:
        sure = min(0.9, 0.4 + 0.15 * settlement.weight)
    if street is not None:
        sure = max(sure, min(0.9, 0.25 + 0.15 * street.weight + (0.1 if fact else 0.0)))
    if settlement is not None and street is not None:
        sure = min(0.98, sure + 0.08)
    return round(sure, 2)
