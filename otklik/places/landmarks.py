"""Landmarks that stand for a place: a school by its number, a crossing, a bridge, a stop. They are no streets.

Called by `rules.find_place`.
"""

import re
from dataclasses import dataclass

_LANDMARK = re.compile(
    r"(?:ж/?д|железнодорожн\w+)\s+(?:переезд\w*|вокзал\w*|станци\w+|мост\w*)"
    r"|(?:школ\w+|гимнази\w+|лице\w+|детск\w+ сад\w*|садик\w*|д/с|сош|магазин\w*|котельн\w+"
    r"|поликлиник\w+|больниц\w+)\s*(?:№|N)\s?\d+"
    r"|(?:магазин|остановк|кафе|аптек|рын|тц|клуб|детск\w+ сад|садик|парк|сквер"
    r"|стадион)\w*\s+[«\"][^»\"\n]{2,40}[»\"]"
    r"|(?:у|возле|около|напротив|рядом с|за|перед|на территории)\s+(?:\w+\s+){0,2}(?:школ[аыойу]+"
    r"|больниц\w+|поликлиник\w+|фап\w*|почт\w+|вокзал\w*|церкв\w+"
    r"|храм\w*|кладбищ\w+|администраци\w+|дом\w* культуры|дк|рынк\w+|магазин\w*|остановк\w+|мост\w*"
    r"|переезд\w*|парк\w*|стадион\w*|заправк\w+|аптек\w+)(?:\s*(?:№|N)\s?\d+)?"
    r"|(?:на|под|через)\s+(?:\w+\s+)?(?:мост\w*|переезд\w*|кладбищ\w+|пляж\w*|площадк\w+)"
    r"|мост\w*\s+через\s+\w+(?:\s+[А-ЯЁ]\w+)?|пешеходн\w+ переход\w*",
    re.I,
)


_PREPOSITION = re.compile(r"^(?:у|возле|около|напротив|рядом с|за|перед|на территории|на|под|через)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A landmark as the text names it."""

    text: str
    start: int
    end: int


def find_landmark(text: str) -> Landmark | None:
    """The first landmark of the text."""
    match = _LANDMARK.search(text)
    if match is None:
        return None
    start = match.start() + (len(match.group()) - len(_PREPOSITION.sub("", match.group())))
    return Landmark(text[start : match.end()], start, match.end())
