"""Full names in a text: surname, first name, patronymic, initials, in any case, order and letter case.

Called by `personal.find_personal`. A name is two parts or more; a lone first name or surname is left.
Dictionary marks decide; the neural helper is asked only about capitalised pairs the dictionary cannot read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from otklik.language.dedications import is_dedication, is_famous, reads_as_street
from otklik.language.morphology import forms, is_known, marked
from otklik.language.spans import Span

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_PATRONYMIC = re.compile(
    r"(?:[а-яё]{2,}(?:ович|евич|ьич|мич)(?:а|у|ем|е)?|[а-яё]{2,}(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою)"
    r"|оглы|кызы|иванна|иванны|санна|санны|пална|[а-яё]{2,}(?:саныч|ваныч|алыч|тальич)(?:а|у|ем|е)?)",
    re.I,
)
_SURNAME_SHAPE = re.compile(
    r"[а-яё]+(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|е|ой|ых|ы)?|(?:ск|цк)(?:ий|ая|ого|ому|им|ом|ой|ую)|енко|чук|юк|ян|швили|дзе|идзе)",
    re.I,
)
_INITIALS = re.compile(
    r"(?<![\w.])([А-ЯЁ])\.\s?([А-ЯЁ])\.?(?![\w])|(?<![\w.])([А-ЯЁ]{2}|[А-ЯЁ] [А-ЯЁ])(?![\w.])"
)
_LOWER_INITIALS = re.compile(r"(?<![\w.])([а-яё])\.\s?([а-яё])\.(?!\w)")
_ONE_INITIAL = re.compile(r"(?<![\w.])(?<![А-ЯЁ]\. )([А-ЯЁ])\.(?!\s?[А-ЯЁ]\.)")
_NOT_INITIALS = {
    "тд",
    "тп",
    "тк",
    "те",
    "ио",
    "нэ",
    "вр",
    "гр",
    "др",
    "рф",
    "ип",
    "жк",
    "тг",
    "км",
    "тр",
    "рп",
    "нп",
    "пп",
}
_NOT_SURNAMES = re.compile(
    r"(?:улиц|переул|проспект|школ|директор|глав|депутат|врач|мастер|начальник|губернатор|мэр|президент|господин|уважаем"
    r"|здравствуй|добр|прошу|просим|спасибо|город|деревн|село|посёл|посел|хутор|станиц|район|област|сосед|житель|участков"
    r"|администрац|росси|новгород|дом|подъезд|гражд|товарищ|ваш|наш|мой|моя|это|как|что|кто|где|при|все|она|они|него|нее"
    r"|для|без|под|над|или|так|там|тут|уже|ещё|еще|мне|нам|вам|мама|папа|бабушк|дедушк|муж|жена|сын|дочь|брат|сестр|кузнец$"
    r"|январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*",
    re.I,
)
_INTRODUCED = re.compile(
    r"(?:зовут|фио|ф\.и\.о\.?|уважением|заявител\w*|гражданин\w*|гражданк\w*|гр\.|автор|подпись|обратил\w*|от|фамилия|имя)"
    r"[\s:,.–—-]*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def titled(self) -> bool:
        """A capital followed by small letters: the writer meant a proper name."""
        return self.text[0].isupper() and self.text[1:2].islower()

    @property
    def lowered(self) -> str:
        return self.text.lower()


def find_names(text: str) -> Iterator[Span]:
    """Names of two parts or more; streets, monuments, books named after people are left out."""
    words = [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    for start, end in _candidates(text, words):
        if not is_dedication(text, start, end):
            yield Span(start, end, "name")


def _candidates(text: str, words: list[_Word]) -> Iterator[tuple[int, int]]:
    at_start = {word.start: number for number, word in enumerate(words)}
    at_end = {word.end: number for number, word in enumerate(words)}
    if "." in text or any(len(word.text) <= 2 and word.text.isupper() for word in words):
        yield from _with_initials(text, words, at_start, at_end)
    for number, word in enumerate(words):
        if _is_patronymic(word):
            yield from _around_patronymic(text, words, number)
        elif number + 1 < len(words) and _adjacent(text, word, words[number + 1]):
            yield from _pair(text, word, words[number + 1], number + 2 == len(words))


def _adjacent(text: str, left: _Word, right: _Word) -> bool:
    gap = text[left.end : right.start]
    return 1 <= len(gap) <= 2 and gap.isspace() and "\n\n" not in gap


def _is_patronymic(word: _Word) -> bool:
    if not _PATRONYMIC.fullmatch(word.text):
        return False
    return (
        marked(word.lowered, "Patr")
        or word.lowered in ("оглы", "кызы")
        or (word.titled and not is_known(word.text))
    )


def _is_first_name(word: _Word) -> bool:
    return len(word.text) > 2 and marked(word.lowered, "Name") and not _PATRONYMIC.fullmatch(word.text)


def _is_surname(word: _Word) -> bool:
    """Marked so in the dictionary or shaped so; a plain word of the language is none."""
    if len(word.text) < 3 or _NOT_SURNAMES.fullmatch(word.text):
        return False
    if marked(word.lowered, "Surn"):
        return word.titled or not _has_plain_reading(word.lowered)
    return word.titled and not is_known(word.text) and not _PATRONYMIC.fullmatch(word.text)


def _has_plain_reading(word: str) -> bool:
    """Whether a known reading of the word is no person's name («вера», «роман», «мороз», «серов»)."""
    return any(
        form.known and not form.marks & {"Name", "Surn", "Patr", "Geox", "Poss", "Orgn"}
        for form in forms(word)
    )


def _around_patronymic(text: str, words: list[_Word], number: int) -> Iterator[tuple[int, int]]:
    patronymic = words[number]
    if number == 0 or not _adjacent(text, words[number - 1], patronymic):
        return
    first = words[number - 1]
    if not (_is_first_name(first) or (first.titled and not is_known(first.text))):
        return
    start, end = first.start, patronymic.end
    before = words[number - 2] if number > 1 and _adjacent(text, words[number - 2], first) else None
    after = (
        words[number + 1]
        if number + 1 < len(words) and _adjacent(text, patronymic, words[number + 1])
        else None
    )
    surname = None
    if before is not None and _is_surname(before) and not (_is_first_name(before) and not _shaped(before)):
        start, surname = before.start, before
    elif after is not None and _is_surname(after) and (after.titled or not _has_plain_reading(after.lowered)):
        end, surname = after.end, after
    if surname is None or not _famous_pair(first, surname):
        yield start, end


def _shaped(word: _Word) -> bool:
    return bool(_SURNAME_SHAPE.fullmatch(word.text))


def _famous_pair(first: _Word, surname: _Word) -> bool:
    return any(
        is_famous(one.lemma, other.lemma)
        for one in forms(first.lowered)
        for other in forms(surname.lowered)[:4]
    )


def _pair(text: str, left: _Word, right: _Word, last: bool) -> Iterator[tuple[int, int]]:
    """First name beside a surname, in either order."""
    for first, surname in ((left, right), (right, left)):
        if (
            not (_is_first_name(first) or _foreign_first_name(first, surname))
            or not _is_surname(surname)
            or _is_patronymic(surname)
        ):
            continue
        if not _shaped(surname) and _is_first_name(surname) and not surname.titled:
            continue
        if _famous_pair(first, surname) or reads_as_street(text, left.start, right.end):
            return
        if _pair_is_sure(text, first, surname, left, last):
            yield left.start, right.end
            return


def _foreign_first_name(first: _Word, surname: _Word) -> bool:
    """A capitalised word unknown to the dictionary beside a capitalised word known as a surname only."""
    return (
        first.titled
        and surname.titled
        and not is_known(first.text)
        and not _shaped(first)
        and is_known(surname.text)
        and all(form.marks & {"Surn", "Name"} for form in forms(surname.lowered))
    )


def _pair_is_sure(text: str, first: _Word, surname: _Word, left: _Word, last: bool) -> bool:
    if first.titled and surname.titled:
        return _agree(first.lowered, surname.lowered)
    if first.titled != surname.titled and not (first.text.isupper() or surname.text.isupper()):
        return _SURNAME_SHAPE.fullmatch(surname.text) is not None and _agree(first.lowered, surname.lowered)
    introduced = last or bool(_INTRODUCED.search(text[max(0, left.start - 30) : left.start]))
    plain = _has_plain_reading(first.lowered) or not is_known(surname.text)
    return (introduced or not plain) and _shaped(surname) and _agree(first.lowered, surname.lowered)


def _agree(first: str, surname: str) -> bool:
    """Whether some readings share case and gender; a surname that does not bend agrees with all."""
    readings = [form for form in forms(surname) if "Surn" in form.marks]
    if not readings or not is_known(surname):
        return True
    names = [form for form in forms(first) if "Name" in form.marks]
    return not names or any(
        "Fixd" in other.marks or "plur" in other.marks or _same(one.marks, other.marks)
        for one in names
        for other in readings
    )


_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct"})
_GENDERS = frozenset({"masc", "femn"})


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other & _CASES) and (bool(one & other & _GENDERS) or "ms-f" in (one | other))


def _with_initials(
    text: str, words: list[_Word], at_start: dict[int, int], at_end: dict[int, int]
) -> Iterator[tuple[int, int]]:
    for match in _INITIALS.finditer(text):
        dotted = match.group(1) is not None
        letter = match.group(1) or match.group(3)[0]
        yield from _beside(text, words, at_start, at_end, match, letter, _InitialsShape(True, dotted))
    for match in _LOWER_INITIALS.finditer(text):
        if match.group(1) + match.group(2) not in _NOT_INITIALS:
            yield from _beside(
                text, words, at_start, at_end, match, match.group(1), _InitialsShape(False, True)
            )
    for match in _ONE_INITIAL.finditer(text):
        yield from _beside(text, words, at_start, at_end, match, match.group(1), _InitialsShape(True, False))


@dataclass(frozen=True, slots=True)
class _InitialsShape:
    capital: bool
    strong: bool


def _beside(
    text: str,
    words: list[_Word],
    at_start: dict[int, int],
    at_end: dict[int, int],
    match: re.Match[str],
    letter: str,
    shape: _InitialsShape,
) -> Iterator[tuple[int, int]]:
    """The surname right after the initials, else right before them."""
    end = match.end()
    after = next((at_start[p] for p in (end, end + 1) if p in at_start and text[end:p].strip() == ""), None)
    start = match.start()
    before = next(
        (at_end[p] for p in (start, start - 1) if p in at_end and text[p:start].strip(" ,") == ""), None
    )
    for number, span_of in ((after, lambda w: (start, w.end)), (before, lambda w: (w.start, end))):
        if number is None or not _fits_initials(words[number], shape):
            continue
        if any(is_famous(letter.lower(), form.lemma) for form in forms(words[number].lowered)[:4]):
            return
        yield span_of(words[number])
        return


def _fits_initials(word: _Word, shape: _InitialsShape) -> bool:
    if len(word.text) < 3 or _NOT_SURNAMES.fullmatch(word.text):
        return False
    if not shape.capital or not word.text[0].isupper():
        return shape.strong and marked(word.lowered, "Surn") and not _has_plain_reading(word.lowered)
    if marked(word.lowered, "Surn"):
        return True
    if not is_known(word.text):
        return shape.strong or _shaped(word)
    return shape.strong and marked(word.lowered, "NOUN", "nomn") and not marked(word.lowered, "Geox")
