"""Case forms of settlement names by their endings, and how far two words are apart.

Village names are rarely in the dictionary, so the forms are made by rule; a form too many does no harm.
Called by `gazetteer`.
"""

from collections.abc import Iterator

_SPELT = {
    "1": ("первый", "первом", "первого", "первому"),
    "2": ("второй", "втором", "второго", "второму"),
    "3": ("третий", "третьем", "третьего"),
}


def word_forms(word: str) -> set[str]:
    """All case forms of one word of a name in small letters with е for ё, the nominative among them."""
    word = fold(word)
    return {word, *_endings(word)}


def fold(text: str) -> str:
    """Small letters, е for ё."""
    return text.lower().replace("ё", "е")


def _endings(word: str) -> Iterator[str]:
    if word[:1].isdigit():
        yield from _ordinal(word)
    elif word.endswith(("ий", "ый", "ой")):
        yield from _each(word[:-2], "ого его ому ему ым им ом ем")
    elif word.endswith("ая"):
        yield from _each(word[:-2], "ой ую ою")
    elif word.endswith("яя"):
        yield from _each(word[:-2], "ей юю")
    elif word.endswith(("ое", "ее")):
        yield from _each(word[:-2], "ого его ому ему ым им ом ем")
    elif word.endswith(("ые", "ие")) and len(word) > 5 and not word.endswith("ье"):
        yield from _each(word[:-2], "ых их ым им ыми ими")
    else:
        yield from _noun(word)


def _ordinal(word: str) -> Iterator[str]:
    number = word.split("-")[0]
    yield from _SPELT.get(number, ())
    yield from _each(number, "-й -ый -ой -го -ого -му -ому -м -ом -я -ая -ю -ую -е")
    yield number


def _noun(word: str) -> Iterator[str]:
    stem, last = word[:-1], word[-1:]
    if word.removesuffix("о").endswith(("ов", "ев", "ин", "ын")):
        yield word.removesuffix("о") + "ым"  # «за хутором Фроловым», beside the bookish «Фроловом»
    if last == "о":
        yield from _each(stem, "а у ом е")
    elif last == "е":
        yield from _each(stem, "а у ем е" if stem.endswith(("щ", "ж", "ш", "ч", "ц")) else "я ю ем и")
    elif last == "а":
        yield from _each(stem, "ы и е у ой ей ою")
    elif last == "я":
        yield from _each(stem, "и е ю ей ею")
    elif last in "иы" and last:
        yield from _plural(stem)
    elif last == "ь":
        yield from _each(stem, "и ью я ю ем е")
    elif last == "й":
        yield from _each(stem, "я ю ем е и")
        if word.endswith("ей"):
            yield from _each(word[:-2], "ья ью ьем ье")
    elif last:
        yield from _each(word, "а у ом ем е")
        if word.endswith(("ок", "ек", "ец")):
            yield from _each(word[:-2] + word[-1], "а у ом ем е")


def _plural(stem: str) -> Iterator[str]:
    yield from _each(stem, "ам ами ах ей ов ев ям ями ях")
    if stem:
        yield stem
    if len(stem) > 2 and stem[-1] in "кц":
        yield from (stem[:-1] + vowel + stem[-1] for vowel in "ое")


def _each(stem: str, endings: str) -> Iterator[str]:
    return (stem + ending for ending in endings.split())


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, drop, change or swap to turn one word into the other; `limit` + 1 when it is more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, twin in enumerate(other, 1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != twin))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == twin:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]


def shortened(word: str, times: int) -> set[str]:
    """The word and every word made by dropping up to `times` letters: keys to find near spellings fast."""
    kept = {word}
    layer = {word}
    for _ in range(times):
        layer = {item[:at] + item[at + 1 :] for item in layer for at in range(len(item))}
        kept |= layer
    return kept
