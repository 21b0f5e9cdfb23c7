"""Posts in a sentence: «директор МКУ» → «директору МКУ». Only the head words change, what they govern stays."""

from functools import lru_cache

from otklik.language.morphology import analyzer

ADJECTIVES = frozenset({"ADJF", "PRTF"})
STOPS = frozenset({"PREP", "CONJ"})


@lru_cache(maxsize=4096)
def dative_of(title: str) -> str:
    """To whom: «первому заместителю Главы округа», «ответственному за работу в ПОС»; unknown words stay as they are."""
    words, done = title.split(), False
    turned: list[str] = []
    for word in words:
        if done:
            turned.append(word)
            continue
        form, done = _turned(word)
        turned.append(form)
    return " ".join(turned)


def is_infinitive(word: str) -> bool:
    """Whether the likeliest reading of the word is a verb's dictionary form («заменить», «провести»)."""
    return str(analyzer().parse(word)[0].tag.POS) == "INFN"


def _turned(word: str) -> tuple[str, bool]:
    """The word in the dative and whether the head of the title is over with it."""
    core = word.rstrip(",.")
    parses = analyzer().parse(core)
    for parse in parses:
        tag = parse.tag
        if tag.POS in STOPS:
            return word, True
        if tag.POS == "NOUN" and "nomn" in tag and "sing" in tag:
            return _kept(core, word, parse.inflect({"datv", "sing"})), True
        if tag.POS in ADJECTIVES and "nomn" in tag and "sing" in tag and "masc" in tag:
            return _kept(core, word, parse.inflect({"datv", "sing", "masc"})), False
    return word, not core.islower()


def _kept(core: str, word: str, form: object) -> str:
    """The new form with the capitals and the sign after the word as they were."""
    said = str(getattr(form, "word", core))
    tail = word[len(core) :]
    if core.isupper() and len(core) > 1:
        return word
    return (said.capitalize() if core[:1].isupper() else said) + tail
