"""House numbers beside a street: «д. 15», «12А», «7 корпус 2», «3/5»; counts, dates and flats are none.

Called by `streets`.
"""

import re

_UNIT = (
    r"лет(?!и)|год|г\.|дн[яей]|день|сут|час|мин|метр|м(?![а-яё])|км|руб|т\.?\s?р|%|°|градус|человек|чел|семе|семь|квартир|раз(?![а-яё])"
    r"|числ|янв|фев|март|апр|ма[йя](?![а-яё])|июн|июл|авг|сент|окт|ноя|дек|этаж|подъезд|кв\.?\s?м|тыс|недел|месяц|мес|ям(?![а-яё])|ямы|дерев|фонар"
    r"|столб|шт|процент|маршрут|домов|школ|двор|участ|ламп|светильник|собак|машин|автобус|раза|сот(?:ок|к)|литр|бак|контейнер|жител|дет|ребен|полос|вед|куб"
)
_NUMBER = (
    r"(?P<number>[1-9]\d{0,2})(?![\d:]|[.,]\d|\d*-?(?:лет\w*|ый|ой(?! дом)|го|му|ти|х)(?![а-яё]))"
    r"(?:(?P<letter>[а-яА-ЯA-Da-d](?![\w]))|\s?-\s?(?P<dash>[а-гА-Г](?![\w]))|\s?[\"«](?P<quoted>[а-яА-Я])[\"»]"
    r"|\s(?P<apart>[А-Е](?![\w.])|[абгд](?=\s*(?:[,.;!?)]|$))))?"
    r"(?:\s?/\s?(?P<part>\d{1,3}[а-яА-Я]?(?![\w])))?"
    r"(?:\s*,?\s*(?:корпус\w*|корп\.?|кор\.|к\.?)\s*№?\s*(?P<block>\d{1,2}(?!\d)))?"
)
_HOUSE_WORD = r"(?:дом(?:а|е|у|ом|ов|ами|ах|ик\w*)?|д)(?![а-яё])\.?\s*(?:(?:№|номер\w*|ном\.)\s*)?"
_MARK = rf"(?:{_HOUSE_WORD}|№\s*)"
_AFTER = re.compile(
    rf"(?:\s*[,.:;]?\s*|\s+-\s+)(?P<mark>{_MARK})?{_NUMBER}(?!\s?(?:-\s?\d{{1,3}}\s?)?(?:{_UNIT}))", re.I
)
_LATER = re.compile(rf"[^.!?\n]{{0,70}}?(?<![а-яёА-ЯЁ\w]){_HOUSE_WORD}{_NUMBER}(?!\s?(?:{_UNIT}))", re.I)
_ORDINAL_LATER = re.compile(
    r"[^.!?\n]{0,50}?(?<![\w-])(?P<number>[1-9]\d{0,2})(?P<letter>[а-гА-Г])?(?:-?(?:го|й|м|ем|му|ый|ом|ого))?\s+дом(?:а|е|у|ом)?(?![а-яё])",
    re.I,
)
_BEFORE = re.compile(
    rf"(?<![\w]){_HOUSE_WORD}{_NUMBER}(?:\s*(?:,|и)\s*\d{{1,3}}[а-я]?)*\s*(?:,|\(|-|–)?\s*(?:,?\s*(?:что\s+)?(?:по|на|с|от|из|в|г\.)\s+)?(?:[А-ЯЁ][а-яё]+,?\s+)?$",
    re.I,
)
_ORDINAL_BEFORE = re.compile(
    r"(?<![\w-])(?P<number>[1-9]\d{0,2})(?P<letter>[а-гА-Г])?(?:-?(?:го|й|м|ем|му|ый|ом|ого))?\s+дом(?:а|е|у|ом)?\s+(?:по|на)\s+$",
    re.I,
)


def _shown(match: re.Match[str]) -> str:
    found = match.groupdict()
    letter = found.get("letter") or found.get("dash") or found.get("quoted") or found.get("apart") or ""
    house = found["number"] + letter.upper()
    if found.get("part"):
        house += "/" + found["part"].upper()
    if found.get("block"):
        house += "к" + found["block"]
    return house


def house_after(text: str, position: int) -> tuple[str, int, bool] | None:
    """House right after a street name: (house, end, whether «д.» or «дом» marked it)."""
    match = _AFTER.match(text, position)
    if match is None or "\n\n" in match.group():
        return None
    return _shown(match), match.end(), bool(match.group("mark"))


def house_later(text: str, position: int, stop: int) -> tuple[str, int] | None:
    """«…во дворе дома 8», «у 23 дома» in the same sentence before the next street."""
    match = _LATER.match(text, position, stop) or _ORDINAL_LATER.match(text, position, stop)
    return (_shown(match), match.end()) if match else None


def house_before(text: str, position: int) -> str | None:
    """«в доме 15 по улице …», «у 23 дома по …» right before the street."""
    window = text[max(0, position - 50) : position]
    match = _BEFORE.search(window) or _ORDINAL_BEFORE.search(window)
    return _shown(match) if match else None
