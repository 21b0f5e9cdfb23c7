"""Places of an answer's template: what the card itself can fill in, and what the person has forgotten.

Pure: texts in, texts out.
"""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{([^{}\n]{1,60})\}")


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with the places that are known; the others stand as they are for the person who answers."""
    return PLACE.sub(lambda found: known.get(found[1].strip().lower()) or found[0], text).strip()


def empty_place(text: str) -> str:
    """The first place nobody has filled; empty when there is none."""
    found = PLACE.search(text)
    return found[1].strip() if found else ""
