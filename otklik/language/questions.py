"""Questions and requests of a message that need an answer of their own.

Called by `reading.read` and by the hints before approval; calls `kind` and the dictionary. Conventions: the
same request in other words counts once, rhetorical questions do not count, a complaint without a spoken
request is one, thanks and adverts have none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from razdel import sentenize

from otklik.language.cues import cues, words_of
from otklik.language.kind import SPAM, THANKS, Verdict, text_kind, troubles
from otklik.language.morphology import marked

_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_ASK = re.compile(
    r"(?<!\w)(?:когда|почему|зачем|где|куда|откуда|кто|кого|кому|кем|как|какой|какая|какое|какие"
    r"|каким|каков\w*|каком"
    r"|какую|какого|сколько|скольк\w+|чья|чей|чьё|отчего|за что"
    r"|на каком основании|по какой причине|в какие сроки|что|\w+ ли)(?!\w)",
    re.I,
)
_NOT_ASK_BEFORE = re.compile(r"(?<!\w)(?:так|потому|затем|того|тем|то|такой|такая|такие),?\s*$", re.I)
_CAUSE = re.compile(
    r"(?:,\s*)?(?<!\w)(?:чтобы|чтоб|для того|так как|т\.к\.|потому что|поскольку|ведь|из-за того|ибо"
    r"|котор\w+|где|когда|если)(?!\w)",
    re.I,
)
_RHETORICAL = re.compile(
    r"сколько (?:можно|это|еще)\b|до каких пор|доколе|как (?:так )?можно\b(?! \w+ть)|неужели|разве|как же так"
    r"|где (?:совесть|справедливость|логика|правда)|куда (?:смотр|глядит|девают)\w*|кто виноват|не пора ли"
    r"|кому (?:это )?(?:нужно|жаловаться)|кто (?:за это )?(?:ответит|вернет)"
    r"|за что (?:мы )?(?:плат|нам|такое)\w*|почему (?:мы|люди|жители|я|наши дети) (?:должн|обязан"
    r"|терп|страда)\w*"
    r"|что (?:это )?(?:за|же это|творится|происходит|дальше)\b|как (?:нам )?(?:жить|быть|дальше)\b"
    r"|(?:вы )?(?:издеваетесь|серьезно|совсем|вообще)|это (?:нормально|порядок|справедливо|забота|так)"
    r"|не стыдно|когда (?:это|все это|уже это) (?:закончится|кончится|прекратится)|мы (?:что|не люди)"
    r"|чем (?:мы|наши) хуже|о чем|да\?|правда\?|видимо|может быть|или (?:как|нет|ждать)|ждать пока"
    r"|ждете|должн\w+ погибнуть",
    re.I,
)
# «…столб и вывезти его»: the second deed is about the same thing.
_SAME_THING = re.compile(r"\s+(?:его|её|ее|их)(?!\w)", re.I)
_ITEM = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–—•*])\s*")
_DEED_GROUPS = (
    "ремонт|отремонт|почин|восстан|залат|засып|исправ|замен|асфальт|сдела|привед|привести|подсып|грейдир|устран",
    "убра|убер|убир|очист|вывез|вывоз|расчист|почист|чист|ликвид|вынес",
    "освещ|свет|фонар|ламп",
    "установ|постав|повес|смонтир|обустр|оборуд|сделать|построи",
    "включ|подключ|подать|возобнов|дать|верн",
    "отлов|собак",
    "спил|вырубить|срубить|дерев",
)
_NOT_ORDERS = (
    "здравствуйте",
    "подскажите",
    "скажите",
    "извините",
    "простите",
    "будьте",
    "поймите",
    "представьте",
    "смотрите",
)
_EMPTY_NOUNS = frozenset(
    {"мера", "меры", "помощ", "прось", "вопро", "ситуа", "пробл", "адрес", "внима", "содей", "ответ"}
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question or request: its number from 1, its place in the text and its words."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    end: int
    asks: bool
    stems: frozenset[str]
    deeds: frozenset[int]
    generic: bool


def find_questions(text: str, kind: Verdict | None = None) -> list[Question]:
    """Separate questions and requests in order of the text, numbered from 1; `kind` when it is told already."""
    if not text.strip() or (kind or text_kind(text)).value in (THANKS, SPAM):
        return []
    units = _distinct([unit for start, end in _sentences(text) for unit in _units(text, start, end)])
    if not units:
        units = [_whole(text)]
    return [
        Question(number, unit.start, unit.end, text[unit.start : unit.end])
        for number, unit in enumerate(units, 1)
    ]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences of every line; a new line ends a sentence, so that points of a list stand apart."""
    position = 0
    for line in text.split("\n"):
        for sentence in sentenize(line):
            yield position + sentence.start, position + sentence.stop
        position += len(line) + 1


def _units(text: str, start: int, end: int) -> Iterator[_Unit]:
    sentence = text[start:end]
    words = words_of(sentence)
    asks = sentence.rstrip(' »")').endswith("?") or (
        bool(cues("question").hits(words)) and bool(_ASK.search(sentence))
    )
    if asks:
        if not _RHETORICAL.search(sentence.replace("ё", "е")) or cues("question").hits(words):
            yield from _asked(text, start, end)
        return
    if _ITEM.match(sentence) or _requests(words):
        yield from _requested(text, start, end)


def _requests(words: list[str]) -> bool:
    return bool(cues("request").hits(words) or cues("proposal").hits(words)) or any(map(_orders, words))


def _orders(word: str) -> bool:
    return (
        word.endswith("те")
        and word not in _NOT_ORDERS
        and marked(word, "impr", "plur")
        and not marked(word, "NOUN")
    )


def _asked(text: str, start: int, end: int) -> Iterator[_Unit]:
    """A question sentence split where a new question word with its own verb begins."""
    sentence = text[start:end]
    cuts = [start]
    for match in _ASK.finditer(sentence):
        before = sentence[: match.start()]
        if _NOT_ASK_BEFORE.search(before) or (match.group().lower() == "что" and cuts != [start]):
            continue
        head, tail = text[cuts[-1] : start + match.start()], sentence[match.end() :]
        if (
            re.search(r"(?:,|;|(?<!\w)и|(?<!\w)а|(?<!\w)или)\s*$", head)
            and _has_question(head)
            and _says_something(tail)
        ):
            cuts.append(start + match.start())
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        yield _unit(text, first, last, asks=True)


def _has_question(head: str) -> bool:
    """Whether a question of more than its question word already stands before the cut."""
    match = _ASK.search(head)
    return match is not None and len(_WORD.findall(head[match.end() :])) > 2


def _says_something(piece: str) -> bool:
    """Whether a question goes on: a verb, or a noun alone («и кто подрядчик?»)."""
    words = _WORD.findall(piece)[:6]
    if len(words) == 1:
        return marked(words[0].lower(), "NOUN", "nomn")
    return any(
        marked(word.lower(), mark) for word in words for mark in ("VERB", "INFN", "PRED", "PRTS", "ADJS")
    )


def _requested(text: str, start: int, end: int) -> Iterator[_Unit]:
    """A request split at each deed that has an object of its own."""
    sentence = text[start:end]
    cause = _CAUSE.search(sentence, 12)
    stop = start + cause.start() if cause and _deeds_in(sentence[: cause.start()]) else end
    deeds = _deeds_in(text[start:stop])
    if not deeds:
        yield _unit(text, start, end, asks=False)
        return
    cuts = [start]
    for position, previous_end in zip(deeds[1:], deeds[:-1], strict=True):
        between = text[start + previous_end[1] : start + position[0]]
        if len([word for word in _WORD.findall(between) if marked(word.lower(), "NOUN")]) >= 1 and re.search(
            r"(?:,|;|\.|:|(?<!\w)и|(?<!\w)а также|\d[.)])\s*(?:также\s*)?$", between
        ):
            cuts.append(start + position[0])
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        yield _unit(text, first, last, asks=False)


def _deeds_in(piece: str) -> list[tuple[int, int]]:
    """Places of infinitives and orders that ask for a deed of their own."""
    return [
        (match.start(), match.end())
        for match in _WORD.finditer(piece)
        if not _SAME_THING.match(piece, match.end())
        and not cues("generic_deed").hits(words_of(match.group()))
        and (
            (marked(match.group().lower(), "INFN") and match.group().lower() != "есть")
            or _orders(match.group().lower())
        )
    ]


def _unit(text: str, start: int, end: int, *, asks: bool) -> _Unit:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    words = [word.lower().replace("ё", "е") for word in _WORD.findall(text[start:end])]
    nouns = frozenset(word[:5] for word in words if len(word) > 3 and marked(word, "NOUN"))
    deeds = frozenset(
        number
        for number, group in enumerate(_DEED_GROUPS)
        if any(word.startswith(tuple(group.split("|"))) for word in words)
    )
    return _Unit(start, end, asks, nouns - _EMPTY_NOUNS, deeds, not asks and not _deeds_in(text[start:end]))


def _distinct(units: list[_Unit]) -> list[_Unit]:
    """Without repeats in other words; a general «примите меры» counts only when it stands alone."""
    kept: list[_Unit] = []
    for unit in units:
        if not any(_same(unit, other) for other in kept):
            kept.append(unit)
    special = [unit for unit in kept if not unit.generic]
    return special or kept[:1]


def _same(unit: _Unit, other: _Unit) -> bool:
    """The same deed, or the same things with one of the two put as a question «когда»."""
    shared = unit.stems & other.stems
    if unit.asks and other.asks:
        return len(shared) >= 2 and bool(unit.deeds & other.deeds) and unit.stems == other.stems
    if unit.deeds & other.deeds:
        return bool(shared) or not unit.stems or not other.stems or unit.asks != other.asks
    return len(shared) >= 2


def _whole(text: str) -> _Unit:
    """The sentence that tells the trouble stands for a request that was not spoken."""
    sentences = list(_sentences(text))
    for start, end in sentences:
        if troubles(words_of(text[start:end])):
            return _unit(text, start, end, asks=False)
    start, end = max(sentences, key=lambda pair: pair[1] - pair[0])
    return _unit(text, start, end, asks=False)
