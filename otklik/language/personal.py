"""Personal data in a text: where it stands and the text without it.

Called by `reading.read`, by imports, exports and the hints before approval; calls the finders beside it.
Conventions: spans are minimal and keep label words outside; a name has two parts or more; hot lines, numbers
of papers and organisations, streets and monuments named after people stay (152-ФЗ concerns persons).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from otklik.language import numbers
from otklik.language.names import find_names
from otklik.language.phones import find_phones
from otklik.language.spans import Span, settle

PLACEHOLDERS = {
    "phone": "[телефон]",
    "email": "[почта]",
    "passport": "[паспорт]",
    "snils": "[СНИЛС]",
    "inn": "[ИНН]",
    "card": "[карта]",
    "account": "[счёт]",
    "plate": "[госномер]",
    "flat": "[квартира]",
    "name": "[ФИО]",
    "birthdate": "[дата рождения]",
}

_PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS.values())))
_LONGEST = max(map(len, PLACEHOLDERS.values()))

_NUMBER_FINDERS: tuple[Callable[[str], Iterator[Span]], ...] = (
    numbers.find_snils,
    numbers.find_passports,
    numbers.find_cards,
    numbers.find_accounts,
    numbers.find_inns,
    numbers.find_birthdates,
    numbers.find_plates,
    find_phones,
    numbers.find_flats,
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders in place of personal data, and where the data stood in the original."""

    text: str
    spans: list[Span]


def find_personal(text: str) -> list[Span]:
    """Spans of personal data in order of the text, not overlapping; offsets in Unicode characters."""
    return mask(text).spans


def mask(text: str) -> Masked:
    """The text with each span replaced by its placeholder; masking a masked text changes nothing.

    A find may uncover another that stood in its shade («2-34-56 2-34-56»), so the masked text is read again.
    """
    spans: list[Span] = []
    masked = text
    while fresh := [span for span in _found(masked) if not _touches_placeholder(masked, span)]:
        spans = settle([*spans, *(_moved(span, spans) for span in fresh)])
        masked = _replaced(text, spans)
    return Masked(masked, spans)


def _found(text: str) -> list[Span]:
    found = [*numbers.find_emails(text), *find_names(text)]
    if any(char.isdecimal() for char in text):
        for finder in _NUMBER_FINDERS:
            found.extend(finder(text))
    return settle(found)


def _touches_placeholder(text: str, span: Span) -> bool:
    return any(
        match.start() < span.end and span.start < match.end()
        for match in _PLACEHOLDER.finditer(text, max(0, span.start - _LONGEST), span.end + _LONGEST)
    )


def _moved(span: Span, before: Sequence[Span]) -> Span:
    """The span of the masked text as it stands in the original; `before` are in order of the text."""
    shift = 0
    for earlier in before:
        if earlier.start >= span.start + shift:
            break
        shift += earlier.end - earlier.start - len(PLACEHOLDERS[earlier.kind])
    return Span(span.start + shift, span.end + shift, span.kind)


def _replaced(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], PLACEHOLDERS[span.kind]]
        position = span.end
    return "".join([*pieces, text[position:]])
