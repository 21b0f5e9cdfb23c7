"""Personal numbers in a text: phones, documents, cards, accounts, car plates, flats, birth dates, e-mails.

Called by `personal.find_personal`. Each finder takes a text and yields minimal spans without label words.
Numbers of laws, cases, contracts, plots and organisations look alike; labels and checksums tell them apart.
"""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.ru import inn as inn_number

from otklik.language.spans import Span

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:@|\s?\((?:at|собака)\)\s?|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)*\.[a-zа-яё]{2,}", re.I
)
_SNILS = re.compile(r"(?<!\d)(?<!\d-)\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}(?!-?\d)")
_SNILS_LABEL = re.compile(r"снилс|пенсионн\w+ страх|страхов\w+ (?:номер|свидетельств)", re.I)
_TWELVE = re.compile(r"(?<!\d)\d{12}(?!\d)|(?<!\d)\d{4} \d{4} \d{4}(?! ?\d)")
_CARD = re.compile(r"(?<!\d)(?<!\d[ -])[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{2,3})?(?!\d)")
_TWENTY = re.compile(r"(?<!\d)\d(?:[ -]?\d){19}(?![ -]?\d)")
_NOT_ACCOUNT = re.compile(
    r"(?:уин|кбк|уип|идентификатор\w*(?: начислени\w+)?|штрих-?код\w*)\W*(?:№|номер)?\W*$", re.I
)
_PERSONAL_ACCOUNT = re.compile(
    r"(?:лиц[а-яё.]*\s*сч[её]?т?[а-яё.]*|(?<!\w)л[/.]?\s?с[ч.]*(?:[её]т\w*)?|(?<!\w)лс)"
    r"(?:\s+(?:за|по|для)\s+\w+)?(?::|-|–|—|№|N|номер\w*|\s)*(\d{4,20}|\d{2,5}(?:[ -]\d{2,5}){1,6})(?!\d)",
    re.I,
)
_PASSPORT_LABEL = re.compile(r"паспорт|удостоверени\w+ личности|документ\w* личности|сери[яиюей]", re.I)
_PASSPORT = re.compile(
    r"(?<![\d-])(\d{2} ?\d{2})(\s*[,;]?\s*(?:№|N|номер\w*|ном\.)?\s*(?:№|N|:)?\s*)(\d{3} ?\d{3})(?![\d-])",
    re.I,
)
_FOREIGN_PASSPORT = re.compile(r"загран\w*[^.\d]{0,40}?(\d{2}\s*(?:№|N)?\s*\d{7})(?!\d)", re.I)
_PLATE_LETTERS = "АВЕКМНОРСТУХABEKMHOPCTYX"
_PLATE = re.compile(
    rf"(?<!\w)[{_PLATE_LETTERS}] ?\d{{3}} ?[{_PLATE_LETTERS}]{{2}}"
    r"(?:[ /|-]?\d{2,3}(?!\d))?(?: ?(?:rus|рус))?(?!\w)",
    re.I,
)
_RARE_PLATE = re.compile(
    rf"(?<!\w)(?:[{_PLATE_LETTERS}]{{2}} ?\d{{3,4}}|\d{{4}} ?[{_PLATE_LETTERS}]{{2}})"
    r" ?\d{2,3}(?: ?(?:rus|рус))?(?!\w)",
    re.I,
)
_VEHICLE = re.compile(
    r"гос\.? ?(?:рег\.? ?)?(?:номер|знак)|номерн|автобус|машин|авто|мотоцикл|прицеп|трактор|такси|грузовик|г/н",
    re.I,
)
_MONTHS = (
    "январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]"
    "|августа?|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья]"
)
_DATE = re.compile(
    r"(?<![\d.])(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:-?го)? (?:{_MONTHS}) (?:19|20)\d{{2}})(?![\d])(?:\s?(?:года|г\.?(?![а-яё.])))?",
    re.I,
)
_BORN_BEFORE = re.compile(
    r"(?:рожд[её]н(?!и)\w*|дат\w*\s+рождени\w+|день\s+рождени\w+|рождени[яеи]|родил\w+|(?<!\w)д\.?\s?р\.?|(?<!\w)др)"
    r"(?:\s+(?:сын\w*|доч\w+|мо\w+|мам\w*|реб\w+|внук\w*|у\s+меня|—|-|–))*[\s:,(\-–—]*$",
    re.I,
)
_BORN_AFTER = re.compile(
    r"\s*,?\s*\(?\s*(?:г\.?\s?р\.?(?!\w)|(?:года\s+)?рожд|г\.\s?рожд|р\.(?!\w)|д\.?\s?р\.?(?!\w))", re.I
)
_FLAT = re.compile(
    r"(?<![\w-])(?:кв\.?|квартир(?:а|е|у|ы|ой|ам|ах)?|кварт\.)(?!\w)\s*(?:под\s+)?(?:№|N|номер\w*|ном\.)?\s*[:.]?\s*"
    r"(\d{1,4}(?:-?[а-яё]| [а-дА-Д])?(?!\w))(?![.,]\d|\s?(?:кв\.?\s?м|м2|м²|метр))"
    r"((?:\s*(?:,|и|-|–)\s*\d{1,4}(?![\d.\w]|\s(?:кв|м|лет|год|час|дн|руб|мин|марта|ма[йя]|июн|июл)))*)",
    re.I,
)
_FLAT_GLUED = re.compile(r"(?<![\w])кв(\d{1,4})(?!\d)|(?<=\d)\s?кв\.?\s?(\d{1,4})(?!\d)", re.I)
_FLAT_AFTER = re.compile(
    r"(?<![\w.,-])(\d{1,4})(?P<ending>-?(?:ой|й|я|ая|ю|ую|х))?[ -](?:кв(?!\.?\s?м)\.|квартир[аеуы]|квартирой)(?!\w)",
    re.I,
)
_ROOM = re.compile(
    r"(?:д\.|дом|дома|\d[а-я]?,?)\s*(?:,\s*)?(?:комн?\.|комната|ком\.)\s*№?\s*(\d{1,4}[а-я]?)(?!\w)", re.I
)
_UNITS = "г|р|м|ч|лет|год|числ|дн|мин|час|янв|фев|мар|апр|июн|июл|авг|сен|окт|ноя|дек"
_HOUSE_DASH_FLAT = re.compile(
    r"(?<![\w.])(?:(?:д\.?|дом)\s*№?\s*|[А-ЯЁ][а-яё]+(?:\s*,)?\s+)(\d{1,3}[а-яА-Я]?)\s?[-–]\s?(\d{1,3})"
    rf"(?![\d.:-]|\s?-\s?\d|\s*(?:{_UNITS}|°|%))"
)


def find_emails(text: str) -> Iterator[Span]:
    """Addresses with @ and its spoken stand-ins."""
    if "@" in text or "(" in text or "[" in text:
        for match in _EMAIL.finditer(text):
            yield Span(match.start(), match.end(), "email")


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def snils_is_valid(digits: str) -> bool:
    """The control number of СНИЛС (11 digits); numbers up to 001-001-998 have none and do not count."""
    if len(digits) != 11 or int(digits[:9]) <= 1001998:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False))
    return total % 101 % 100 == int(digits[9:])


def find_snils(text: str) -> Iterator[Span]:
    """СНИЛС with a valid control number; eleven bare digits count only beside the label."""
    for match in _SNILS.finditer(text):
        bare = match.group().isdecimal()
        if bare and not _SNILS_LABEL.search(text, max(0, match.start() - 40), match.start()):
            continue
        if snils_is_valid(_digits(match.group())):
            yield Span(match.start(), match.end(), "snils")


def find_inns(text: str) -> Iterator[Span]:
    """A person's ИНН: twelve digits, both control digits right."""
    for match in _TWELVE.finditer(text):
        if inn_number.is_valid(_digits(match.group())) and int(_digits(match.group())) > 0:
            yield Span(match.start(), match.end(), "inn")


def find_cards(text: str) -> Iterator[Span]:
    """Bank cards of 16-19 digits that pass Luhn."""
    for match in _CARD.finditer(text):
        if luhn.is_valid(_digits(match.group())):
            yield Span(match.start(), match.end(), "card")


def find_accounts(text: str) -> Iterator[Span]:
    """Bank accounts of 20 digits (budget and charge codes are none) and лицевой счёт of a utility."""
    for match in _TWENTY.finditer(text):
        if not _NOT_ACCOUNT.search(text[max(0, match.start() - 40) : match.start()]):
            yield Span(match.start(), match.end(), "account")
    for match in _PERSONAL_ACCOUNT.finditer(text):
        if 4 <= len(_digits(match.group(1))) <= 20:
            yield Span(match.start(1), match.end(1), "account")


def find_passports(text: str) -> Iterator[Span]:
    """Series and number near the word «паспорт»; two spans when words stand between them."""
    if not _PASSPORT_LABEL.search(text):
        return
    for match in _PASSPORT.finditer(text):
        if not _PASSPORT_LABEL.search(text, max(0, match.start() - 60), match.start()):
            continue
        if any(char.isalpha() and char != "N" for char in match.group(2)):
            yield Span(match.start(1), match.end(1), "passport")
            yield Span(match.start(3), match.end(3), "passport")
        else:
            yield Span(match.start(), match.end(), "passport")
    for match in _FOREIGN_PASSPORT.finditer(text):
        yield Span(match.start(1), match.end(1), "passport")


def find_plates(text: str) -> Iterator[Span]:
    """Car plates with or without the region; bus, trailer and motorcycle plates beside a vehicle word."""
    for match in _PLATE.finditer(text):
        yield Span(match.start(), match.end(), "plate")
    for match in _RARE_PLATE.finditer(text):
        if _VEHICLE.search(text, max(0, match.start() - 40), match.start()):
            yield Span(match.start(), match.end(), "plate")


def find_birthdates(text: str) -> Iterator[Span]:
    """Full dates called a birth date by the words before or after them."""
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - 50) : match.start()]
        if _BORN_BEFORE.search(before) or _BORN_AFTER.match(text, match.end()):
            yield Span(match.start(), match.end(), "birthdate")


def find_flats(text: str) -> Iterator[Span]:
    """Flat numbers: «кв. 8», «в 12-й квартире», «Садовая, 27-16»; counts and areas are left alone."""
    for match in _FLAT.finditer(text):
        yield Span(match.start(1), match.end(1), "flat")
        for extra in re.finditer(r"\d+", match.group(2)):
            yield Span(match.start(2) + extra.start(), match.start(2) + extra.end(), "flat")
    for match in _FLAT_GLUED.finditer(text):
        group = 1 if match.group(1) else 2
        yield Span(match.start(group), match.end(group), "flat")
    for match in _FLAT_AFTER.finditer(text):
        if not _is_count_of_flats(text, match):
            yield Span(match.start(1), match.end(1), "flat")
    for match in _ROOM.finditer(text):
        yield Span(match.start(1), match.end(1), "flat")
    yield from _flats_after_dash(text)


def _is_count_of_flats(text: str, match: re.Match[str]) -> bool:
    """«44 квартиры» counts flats, «в 44 квартире», «из 7 кв.» and «44-я квартира» name one."""
    word = match.group().split()[-1].lower()
    if match.group("ending"):
        return False
    inside = text[: match.start()].lower().endswith(("в ", "из ", "с "))
    return word.endswith(("квартиры", "квартира")) or (word.startswith("кв.") and not inside)


def _flats_after_dash(text: str) -> Iterator[Span]:
    """«Садовая, 27-16» is house and flat; «Садовая, 5-9» reads as a row of houses."""
    for match in _HOUSE_DASH_FLAT.finditer(text):
        house, flat = int(_digits(match.group(1))), int(match.group(2))
        if not house < flat <= house + 12:
            yield Span(match.start(2), match.end(2), "flat")
