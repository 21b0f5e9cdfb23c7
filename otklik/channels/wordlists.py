"""What may stand in lists of a channel: key words about problems and places, pages that are open to everybody. Pure.

No person is watched: a list that names one is refused, unless the name is the title of an official page or a place.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from otklik.language.persons import names_person

MOST, LONGEST = 300, 80
PERSONS_PAGE = re.compile(
    r"^(?:https?://)?(?:m\.)?(?:vk\.(?:com|ru)/|ok\.ru/)?(?:id\d+|profile/\d+)/?$", re.IGNORECASE
)
PRIVATE_PLACE = re.compile(
    r"t\.me/(?:\+|joinchat/|c/)|vk\.(?:com|me)/(?:im\b|gim|join|write)|ok\.ru/(?:messages|chat)|[?&]sel=",
    re.IGNORECASE,
)


def clean(words: Iterable[str]) -> list[str]:
    """Phrases without empty ones and repeats, in their order."""
    plain = (" ".join(one.split()) for one in words)
    return list(dict.fromkeys(one for one in plain if one))


def refusal_of_words(words: Sequence[str], known: Collection[str]) -> str:
    """Why this list cannot be kept, empty when it can. `known`: titles of official pages, streets and settlements."""
    allowed = {_squeezed(one) for one in known}
    if len(words) > MOST:
        return f"В списке больше {MOST} слов: оставьте главные."
    for one in words:
        if len(one) > LONGEST:
            return f"«{one[:40]}…» длиннее {LONGEST} знаков: это уже не ключевое слово, сократите."
        if _squeezed(one) not in allowed and not _is_place(one, allowed) and names_person(one):
            return (
                f"«{one}» похоже на имя человека. Списки — только о проблемах и местах: уберите имя "
                "или напишите, что это («улица …», «школа имени …»)."
            )
    return ""


def refusal_of_pages(pages: Sequence[str]) -> str:
    """Why these pages cannot be read, empty when they can: neither pages of persons nor closed places."""
    for one in pages:
        if PERSONS_PAGE.search(one.strip()):
            return (
                f"«{one}» — страница человека. Читаем только открытые страницы сообществ: укажите сообщество."
            )
        if PRIVATE_PLACE.search(one):
            return f"«{one}» — закрытое место. Читаем только открытые страницы и те, куда бота пригласили."
    return ""


def _is_place(phrase: str, allowed: Collection[str]) -> bool:
    """Every word of the phrase that may be a name is one of a street or a settlement: «яма гагарина»."""
    named = [word for word in _squeezed(phrase).split() if names_person(word)]
    return bool(named) and all(word in allowed for word in named)


def _squeezed(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))
