"""Personal data in a text: where it stands and the text without it.

Called by `reading.read`, by imports, exports and the hints before approval; calls the finders beside it.
Conventions: spans are minimal and keep label words outside; a name has two parts or more; hot lines, numbers
of papers and organisations, streets and monuments named after people stay (152-ФЗ concerns persons).
"""

from collections.abc import Callable, Iterator
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
    found = [*numbers.find_emails(text), *find_names(text)]
    if any(char.isdecimal() for char in text):
        for finder in _NUMBER_FINDERS:
            found.extend(finder(text))
    return settle(found)


def mask(text: str) -> Masked:
    """The text with each span replaced by its placeholder; the rest of the text is untouched."""
    spans = find_personal(text)
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], PLACEHOLDERS[span.kind]]
        position = span.end
    pieces.append(text[position:])
    return Masked("".join(pieces), spans)
