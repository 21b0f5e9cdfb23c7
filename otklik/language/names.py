"""Full names in a text: surname, first name, patronymic, initials, in any case, order and letter case.

Called by `personal.find_personal`. A name is two parts or more; a lone first name or surname is left. The
dictionary's marks decide.
"""

import re
from collections.abc import Iterator

from otklik.language.dedications import is_dedication, is_famous, reads_as_street
from otklik.language.initials import with_initials
from otklik.language.morphology import forms, is_known
from otklik.language.name_words import (
    NameWord,
    adjacent,
    has_plain_reading,
    is_common_surname,
    is_first_name,
    is_patronymic,
    is_shaped,
    is_surname,
    words_of,
)
from otklik.language.spans import Span

# «меня зовут Ли Цзян»: whatever the words, they are the name.
_CALLED = re.compile(
    r"(?:зовут|[Фф]амилия, имя|ФИО|Ф\.И\.О\.)[\s:–—-]{1,3}([А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё]+){1,3})(?![а-яё])"
)
_INTRODUCED = re.compile(
    r"(?:зовут|фио|ф\.и\.о\.?|уважением|заявител\w*|гражданин\w*|гражданк\w*|гр\.|автор|подпись|обратил\w*|от|фамилия|имя)"
    r"[\s:,.–—-]*$",
    re.I,
)


def find_names(text: str) -> Iterator[Span]:
    """Names of two parts or more; streets, monuments, books named after people are left out."""
    words = words_of(text)
    for start, end in _candidates(text, words):
        if not is_dedication(text, start, end):
            yield Span(start, end, "name")


def _candidates(text: str, words: list[NameWord]) -> Iterator[tuple[int, int]]:
    if "." in text or any(len(word.text) <= 2 and word.text.isupper() for word in words):
        yield from with_initials(text, words)
    for match in _CALLED.finditer(text):
        yield match.start(1), match.end(1)
    for number, word in enumerate(words):
        if is_patronymic(word):
            yield from _around_patronymic(text, words, number)
        elif number + 1 < len(words) and adjacent(text, word, words[number + 1]):
            yield from _pair(text, word, words[number + 1], number + 2 == len(words))


def _around_patronymic(text: str, words: list[NameWord], number: int) -> Iterator[tuple[int, int]]:
    patronymic = words[number]
    if number == 0 or not adjacent(text, words[number - 1], patronymic):
        return
    first = words[number - 1]
    if not (is_first_name(first) or (first.titled and not is_known(first.text))):
        return
    start, end = first.start, patronymic.end
    if patronymic.lowered in ("оглы", "кызы") and number > 1 and adjacent(text, words[number - 2], first):
        first = words[number - 2] if words[number - 2].titled else first
        start, number = first.start, number - (first is words[number - 2])
    before = words[number - 2] if number > 1 and adjacent(text, words[number - 2], first) else None
    after = (
        words[number + 1]
        if number + 1 < len(words) and adjacent(text, patronymic, words[number + 1])
        else None
    )
    surname = None
    if before is not None and is_surname(before) and not (is_first_name(before) and not is_shaped(before)):
        start, surname = before.start, before
    elif after is not None and is_surname(after) and (after.titled or not has_plain_reading(after.lowered)):
        end, surname = after.end, after
    if surname is None or not _famous_pair(first, surname):
        yield start, end


def _famous_pair(first: NameWord, surname: NameWord) -> bool:
    return any(
        is_famous(one.lemma, other.lemma)
        for one in forms(first.lowered)
        for other in forms(surname.lowered)[:4]
    )


def _pair(text: str, left: NameWord, right: NameWord, last: bool) -> Iterator[tuple[int, int]]:
    """First name beside a surname, in either order."""
    for first, surname in ((left, right), (right, left)):
        if (
            not (is_first_name(first) or _foreign_first_name(first, surname))
            or not (is_surname(surname) or is_common_surname(text, surname))
            or is_patronymic(surname)
        ):
            continue
        if not is_shaped(surname) and is_first_name(surname) and not surname.titled:
            continue
        if _famous_pair(first, surname) or reads_as_street(text, left.start, right.end):
            return
        if _pair_is_sure(text, first, surname, left, last):
            yield left.start, right.end
            return


def _foreign_first_name(first: NameWord, surname: NameWord) -> bool:
    """A capitalised word unknown to the dictionary beside a capitalised word known as a surname only."""
    return (
        first.titled
        and surname.titled
        and not is_known(first.text)
        and not is_shaped(first)
        and is_known(surname.text)
        and all(form.marks & {"Surn", "Name"} for form in forms(surname.lowered))
    )


def _pair_is_sure(text: str, first: NameWord, surname: NameWord, left: NameWord, last: bool) -> bool:
    if first.titled and surname.titled:
        return _agree(first.lowered, surname.lowered)
    if first.titled != surname.titled and not (first.text.isupper() or surname.text.isupper()):
        return is_shaped(surname) and _agree(first.lowered, surname.lowered)
    introduced = last or bool(_INTRODUCED.search(text[max(0, left.start - 30) : left.start]))
    plain = has_plain_reading(first.lowered) or not is_known(surname.text)
    return (introduced or not plain) and is_shaped(surname) and _agree(first.lowered, surname.lowered)


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
