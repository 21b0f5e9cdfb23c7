"""Whether a phrase names a person: asked of lists of key words, which are about problems and places.

Stricter than `personal.find_personal`: there a lone surname is left, here it is enough.
"""

from otklik.language.dedications import is_dedication
from otklik.language.name_words import (
    NameWord,
    has_plain_reading,
    is_first_name,
    is_patronymic,
    is_surname,
    words_of,
)
from otklik.language.personal import find_personal


def names_person(phrase: str) -> bool:
    """Whether it holds a surname, a patronymic, a name, a phone or a mail address; streets and schools named after
    people hold none."""
    if find_personal(phrase):
        return True
    words = words_of(phrase)
    return any(
        _is_of_person(word) and not is_dedication(phrase, word.start, word.end) for word in words
    ) or any(is_first_name(one) and is_surname(other) for one in words for other in words if one is not other)


def _is_of_person(word: NameWord) -> bool:
    return is_patronymic(word) or (is_surname(word) and not has_plain_reading(word.lowered))
