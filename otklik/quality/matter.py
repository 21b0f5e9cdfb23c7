"""What a text is about, as comparable stems: things, places and troubles without generic words.

Called by the checks for template replies and unanswered questions; calls `language` only.
"""

import re
from functools import cache, lru_cache

from otklik.language.lemmas import lemma_of, normal
from otklik.language.morphology import marked
from otklik.quality.phrases import words

_WORD = re.compile(r"[а-яёА-ЯЁ]+(?:-[а-яёА-ЯЁ]+)*|№\s*\d+|\d+[а-яА-Я]?")
_SHIFTS = str.maketrans("жчщшц", "гкскк")
_STEM = 5
_PREFIX = re.compile(r"^(?:отре(?=м)|по|об|от|о|за|вы|рас|раз|при|про|пере|на|до|с(?=[дп])|у)(?=\w{4})")

# One matter in different words.
_SAME = (
    ("фонар", "свет", "освещ", "ламп", "темн", "опор"),
    ("мусор", "отход", "контейн", "тко", "свалк", "бак", "баки"),
    (
        "ям",
        "яма",
        "дорог",
        "дорож",
        "асфальт",
        "покрыт",
        "колея",
        "колеи",
        "проезж",
        "выбоин",
        "грейд",
        "грунтов",
    ),
    ("снег", "налед", "лед", "сугроб", "скольз", "гололед", "снеж", "посып"),
    ("вода", "воды", "водоснаб", "водопров", "водокан", "напор", "водян"),
    ("тепл", "отопл", "батаре", "радиат", "холодн", "прохлад", "мерз", "градус", "температ"),
    ("собак", "живот", "пес", "псы", "отлов", "безнадзорн"),
    ("дерев", "тополь", "тополе", "ветк", "ветв", "спил", "крон"),
    ("автобус", "маршрут", "рейс", "транспорт"),
    ("площадк", "качел", "горк", "карусел"),
    ("канализ", "сток", "стоки", "колод", "засор"),
    ("крыш", "кровл"),
    ("скамей", "лавоч", "лавк"),
    ("пенси", "выплат", "пособи", "льгот"),
    ("врач", "фельдшер", "поликлин", "амбулат", "медиц"),
    ("шум", "тишин", "громк"),
    ("чист", "очист", "почист", "расчист", "прочист", "убер", "убра", "уборк"),
    ("тротуар", "пешеходн", "переход"),
    ("квитанц", "плат", "перерасч", "начисл", "тариф", "оплат"),
)


@cache
def _groups() -> dict[str, str]:
    return {stem: f"={number}" for number, stems in enumerate(_SAME) for stem in stems}


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """The comparable stem of one word; empty for a word that names nothing."""
    if word[0].isdigit() or word[0] == "№":
        return ""
    plain = normal(word)
    lemma = lemma_of(plain)
    if lemma in words("generic") or plain in words("generic") or len(plain) < 3:
        return ""
    groups = _groups()
    for length in range(min(len(plain), 10), 1, -1):
        group = groups.get(plain[:length]) or groups.get(lemma[:length])
        if group:
            return group
    if len(plain) < 4:
        return lemma if marked(plain, "NOUN") else ""
    if not any(marked(plain, mark) for mark in ("NOUN", "ADJF", "VERB", "INFN", "PRTS", "PRTF", "ADJS")):
        return ""
    if marked(plain, "VERB") or marked(plain, "INFN") or marked(plain, "PRTS"):
        return _PREFIX.sub("", lemma)[: _STEM - 1].translate(_SHIFTS)
    return lemma[:_STEM].translate(_SHIFTS)


def stems_of(text: str) -> frozenset[str]:
    """Stems of the things a text names."""
    return frozenset(stem for stem in map(stem_of, _WORD.findall(text)) if stem)


def things_of(text: str) -> frozenset[str]:
    """Stems of things, places and troubles only: what a template reply never names."""
    return frozenset(
        stem
        for word in _WORD.findall(text)
        if (stem := stem_of(word)) and (stem[0] == "=" or not marked(normal(word), "VERB"))
    )
