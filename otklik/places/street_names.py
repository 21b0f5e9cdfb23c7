"""From «на Ленинской улице» to «Ленинская»: the nominative of a street's name without its kind.

Called by `streets`; calls the dictionary of `language`. A name in the genitive («Гагарина», «Победы») stays; an
adjective takes the nominative of its kind's gender.
"""

from functools import cache, lru_cache
from pathlib import Path

from otklik.language.morphology import analyzer, inflected, is_known, marked
from otklik.places.spelling import fold

# Folded beginnings of kind words -> (kind shown, gender in which an adjective agrees).
_KIND_WORDS: dict[str, tuple[str, str]] = {
    "ул": ("ул.", "femn"),
    "пер": ("пер.", "masc"),
    "пр-т": ("пр-т", "masc"),
    "пр-кт": ("пр-т", "masc"),
    "просп": ("пр-т", "masc"),
    "пр-д": ("пр-д", "masc"),
    "пр": ("пр-т", "masc"),
    "б-р": ("б-р", "masc"),
    "бул": ("б-р", "masc"),
    "наб": ("наб.", "femn"),
    "пл": ("пл.", "femn"),
    "мкр": ("мкр", "masc"),
    "мкрн": ("мкр", "masc"),
    "м-н": ("мкр", "masc"),
    "мкр-н": ("мкр", "masc"),
    "кв-л": ("кв-л", "masc"),
    "ш": ("ш.", "neut"),
    "туп": ("туп.", "masc"),
}
_KIND_STEMS: tuple[tuple[str, str, str], ...] = (
    ("улиц", "ул.", "femn"),
    ("улочк", "ул.", "femn"),
    ("переул", "пер.", "masc"),
    ("проспект", "пр-т", "masc"),
    ("проезд", "пр-д", "masc"),
    ("бульвар", "б-р", "masc"),
    ("набережн", "наб.", "femn"),
    ("площад", "пл.", "femn"),
    ("микрорайон", "мкр", "masc"),
    ("квартал", "кв-л", "masc"),
    ("шоссе", "ш.", "neut"),
    ("тупик", "туп.", "masc"),
    ("алле", "аллея", "femn"),
    ("тракт", "тракт", "masc"),
)
# Kinds as registers write them in full; «Шоссейная» and «Набережного» only begin like them.
WHOLE_KIND_WORDS = frozenset(
    {
        "улица", "переулок", "проспект", "проезд", "бульвар", "набережная", "площадь", "микрорайон", "квартал",
        "шоссе", "тупик", "аллея", "тракт",
    }
)  # fmt: skip
_NOT_KINDS = ("улице-", "площадк", "трактор", "проездн", "квартальн", "тупиков", "трактир")
# Women whose surname in the genitive looks like an adjective.
_HEROINES = frozenset(
    [
        "крупской",
        "космодемьянской",
        "ковалевской",
        "перовской",
        "гризодубовой",
        "шевцовой",
        "чайкиной",
        "терешковой",
        "расковой",
        "ульяновой",
        "громовой",
        "мерецковой",
    ]
)
# Nouns that name a street by themselves.
_PLACE_NOUNS = {"набережной": "Набережная", "линии": "Линия", "линию": "Линия", "линией": "Линия"}
_SUFFIX = {"femn": "я", "masc": "й", "neut": "е"}


@lru_cache(maxsize=20_000)
def kind_of(key: str) -> tuple[str, str] | None:
    """(kind, gender) when the folded word names a kind of street."""
    if key in _KIND_WORDS:
        return _KIND_WORDS[key]
    for stem, kind, gender in _KIND_STEMS:
        if key.startswith(stem) and len(key) <= len(stem) + 4 and not key.startswith(_NOT_KINDS):
            return kind, gender
    return None


def is_kind_word(key: str) -> bool:
    """Whether the folded word is a kind by its whole spelling, as in a register, and not only begins like one."""
    return key in _KIND_WORDS or key in WHOLE_KIND_WORDS


@cache
def common_names() -> dict[str, str]:
    """Folded case forms of widespread street names -> the name; longer names by their whole spelling."""
    path = Path(__file__).parent / "data" / "common_streets.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    names = [name.strip() for line in lines for name in line.split(",") if name.strip()]
    forms: dict[str, str] = {}
    for name in names:
        for form in _forms_of(name):
            forms.setdefault(form, name)
    return forms


def _forms_of(name: str) -> set[str]:
    key = fold(name)
    if " " in key or not key.endswith(("ая", "яя", "ья")):
        return {key}
    stem = key[:-2]
    soft = key.endswith(("яя", "ья"))
    return {
        key,
        stem + ("ей" if soft else "ой"),
        stem + ("юю" if soft else "ую"),
        stem + ("ью" if soft else "ою"),
    }


@lru_cache(maxsize=20_000)
def adjective(word: str, gender: str) -> str | None:
    """The adjective's nominative of this gender in small letters, None when the word is no adjective."""
    for parse in analyzer().parse(word):
        marks = parse.tag.grammemes
        if "ADJF" in marks and "Poss" not in marks and "Apro" not in marks and "NUMR" not in marks:
            form = parse.inflect({gender, "sing", "nomn"})
            if form is not None:
                return str(form.word)
    return None


@lru_cache(maxsize=20_000)
def is_common_adjective(key: str) -> bool:
    """Whether a widespread street name hides in the adjective, whatever its gender: «школьном» -> «Школьная»."""
    form = adjective(key, "femn")
    return form is not None and fold(form) in common_names()


@lru_cache(maxsize=20_000)
def nominative(word: str, gender: str, bent_kind: bool) -> str:
    """One word of a name as the register writes it; `bent_kind`: the kind stands in an oblique case."""
    key = fold(word)
    known = common_names().get(key)
    if known is not None and " " not in known and (gender == "femn" or not known.endswith(("ая", "яя"))):
        return known
    if key in _HEROINES:
        return word
    if key in _PLACE_NOUNS:
        return _PLACE_NOUNS[key]
    if gender == "femn" and key.endswith(("ая", "яя", "ой", "ую", "ей", "юю")):
        return _titled(word, _feminine(key))
    if gender == "masc" and (
        key.endswith(("ом", "ем", "ому", "ему", "ым", "им")) or _may_be_masculine(key, bent_kind)
    ):
        return _titled(word, adjective(key, "masc"))
    if gender == "neut" and key.endswith(("ого", "его", "ому", "ему", "ым", "им", "ом", "ем")):
        return _titled(word, adjective(key, "neut"))
    return word


def _feminine(key: str) -> str | None:
    if key.endswith(("ая", "яя")):
        return None
    if marked(key, "Surn") and not key.endswith("ской") and not _has_plain_adjective(key):
        return None
    if is_known(key) and marked(key, "NOUN", "nomn"):
        return None
    return adjective(key, "femn") or (
        key[:-2] + "ая" if key.endswith(("ской", "скую", "цкой", "цкую")) else None
    )


def _may_be_masculine(key: str, bent_kind: bool) -> bool:
    """«переулка Школьного» bends with its kind, «переулок Островского» does not."""
    return key.endswith(("ого", "его")) and not (
        marked(key, "Surn") or (not bent_kind and not _has_plain_adjective(key))
    )


def _has_plain_adjective(key: str) -> bool:
    return is_known(key) and marked(key, "ADJF")


def _titled(original: str, form: str | None) -> str:
    if form is None:
        return original
    return "-".join(part.capitalize() for part in form.split("-"))


def ordinal(word: str, gender: str) -> str:
    """«2-й», «2-ой», «2-ю» -> «2-я» for a street, «2-й» for a lane."""
    digits = "".join(char for char in word.split("-")[0] if char.isdecimal())
    return f"{digits}-{_SUFFIX[gender]}"


def in_genitive(key: str) -> bool:
    """Whether the word may stand in the genitive as a street's dedication does."""
    return marked(key, "gent") and (marked(key, "NOUN") or marked(key, "Surn"))


def masculine_place(key: str) -> str | None:
    """«Школьном» -> «Школьный»: an adjective that named a lane without the word."""
    if key.endswith(("ом", "ем")):
        return adjective(key, "masc") or inflected(key, "ADJF", "masc", "sing", "nomn")
    return None


@lru_cache(maxsize=20_000)
def is_dedication(key: str) -> bool:
    """Whether one word looks like a surname in the genitive, known to the dictionary or not."""
    if marked(key, "Surn", "gent"):
        return not (is_known(key) and marked(key, "Name", "nomn"))
    shaped = key.endswith(("ова", "ева", "ина", "ского", "цкого"))
    return shaped and not (is_known(key) and not marked(key, "Geox"))
