"""Phone numbers in a text: mobile, city and short home numbers.

Called by `personal.find_personal`. Hot lines (8-800), short emergency numbers and numbers of papers stay.
"""

import re
from collections.abc import Iterator

from otklik.language.spans import Span

_LONG = re.compile(
    r"(?<![\w№/.:-])(?<!№ )(?:\+\s?7|8|7)[\s(./-]{0,3}\d{3,5}[\s)./-]{0,3}\d{1,3}"
    r"(?:[\s./-]{0,2}\d{1,3}){1,4}(?![\d])"
)
_TEN = re.compile(r"(?<![\w№/.:-])(?<!№ )\(?9\d{2}\)?[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}(?![\d-])")
_FOREIGN = re.compile(r"\+(?!\s?7)\d{1,3}[\s(-]{0,2}\d{2,3}[\s)-]{0,2}\d{2,3}(?:[\s-]?\d{2,4}){1,3}(?!\d)")
_CITY = re.compile(r"(?<![\w№/.:-])\(\d{3,5}\)\s?\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?![\d-])")
_SHORT = re.compile(r"(?<![\w№/.:,)-])(?<!\d )(?<!№ )\d{1,3}-\d{2}-\d{2}(?![\w/:-]|[.,]\d)")
_LABELLED = re.compile(
    r"(?:(?<!\w)тел(?:\.|ефон\w*)?|(?<!\w)т\.|моб(?:\.|ильн\w+)?|сот(?:\.|ов\w+)"
    r"|(?:пере|по)?звонит[ье]\w*|контакт\w*|связ[ьи]|whatsapp|ватсап|вотсап|вайбер|viber|telegram|телеграм\w*)"
    r"(?:\s+(?:для|связи|мой|номер\w*|по|с|мне|на|дом(?:\.|ашн\w+)?|рабоч\w+|город\w+|мобильн\w+|сот\w+|квартиры))*"
    r"[\s.:№–-]*(\d[\d\s()-]{3,18}\d)(?!\d)",
    re.I,
)
_PHONE_WORD = re.compile(r"тел\.?|телефон|звон|номер\w* (?:для|мо)|связ|контакт|домашн", re.I)
_PAPER = re.compile(
    r"(?:дел[ауо]|договор\w*|заявк\w*|заявлени\w*|обращени\w*|кадастров\w+(?:\s+номер\w*)?|инв(?:\.|ентарн\w+)|исх\.?|вх\.?"
    r"|квитанц\w*|инн|кпп|огрн\w*|бик|снилс|приказ\w*|постановлени\w*|решени\w*|уин|сч[её]т\w*|полис\w*|протокол\w*|акт\w*"
    r"|сери\w+|участ\w+|артикул\w*|гост|ту|снип|санпин|сп|кбк|окпо|октмо|трек\w*|паспорт\w*|чек\w*|регистрационн\w+)"
    r"\s*(?:№|N|номер\w*|от|за|:|-|\s)*\s*$",
    re.I,
)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def find_phones(text: str) -> Iterator[Span]:
    """Every phone of a person or an office but free hot lines and emergency numbers."""
    for pattern in (_LONG, _TEN, _FOREIGN, _CITY):
        for match in pattern.finditer(text):
            span = _trimmed(text, match.start(), match.end())
            if _is_phone(text, span):
                yield span
    for match in _LABELLED.finditer(text):
        if 5 <= len(_digits(match.group(1))) <= 11 and not _is_hot_line(match.group(1)):
            yield _trimmed(text, match.start(1), match.end(1))
    for match in _SHORT.finditer(text):
        if _is_short_phone(text, match):
            yield Span(match.start(), match.end(), "phone")


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and not text[end - 1].isdecimal():
        end -= 1
    return Span(start, end, "phone")


def _is_hot_line(number: str) -> bool:
    digits = _digits(number)
    return digits.startswith(("8800", "7800"))


def _is_phone(text: str, span: Span) -> bool:
    number = text[span.start : span.end]
    digits = _digits(number)
    if _is_hot_line(number) or _PAPER.search(text[max(0, span.start - 40) : span.start]):
        return False
    if number.startswith("+") and not digits.startswith("7"):
        return 9 <= len(digits) <= 15
    if number.startswith("("):
        return 9 <= len(digits) <= 11
    if digits[0] == "9" and len(digits) == 10:
        return True
    return len(digits) == 11 and digits[1] in "34589"


def _is_short_phone(text: str, match: re.Match[str]) -> bool:
    """Home numbers «2-34-56»; a day-month-year of the same shape needs a phone word beside it."""
    before = text[max(0, match.start() - 40) : match.start()]
    if _PAPER.search(before):
        return False
    first, second, _third = (int(part) for part in match.group().split("-"))
    may_be_date = 1 <= first <= 31 and 1 <= second <= 12 and len(match.group().split("-")[0]) == 2
    return not may_be_date or bool(_PHONE_WORD.search(before))
