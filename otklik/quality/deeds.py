"""Deeds, promises, refusals and next steps an answer speaks of.

Called by `rules` and `asked`; calls `language` and the phrases. A promise is told by the future of a verb that
depends on the writer's side: «заменим», «будет отремонтирован», «планируется», not «вы получите».
"""

import re

from otklik.language.morphology import forms, marked
from otklik.quality.phrases import phrases, says, words
from otklik.quality.reading import Reply, Sentence

_WORD = re.compile(r"[а-я]+(?:-[а-я]+)*")
_BUT_YOU = re.compile(r"(?<!\w)вы(?!\w)[^.,;]{0,40}$")
_SUM = re.compile(
    r"состав(?:ит|ят) (?:[а-я]+ ){0,2}\d[\d ,]*(?:руб|тыс|млн|%|₽|дн|ден|час|мет|м\b|кв|чел|градус)"
)
_NOT_PLANS = re.compile(r"не (?:планиру|запланирован|намечен|ожидается)")
_WILL = re.compile(r"(?<!\w)буд(?:ет|ут|ем)(?!\w)")
_TO_THEM = re.compile(r"(?<!\w)(?:направ|переда|перенаправ)\w+ (?:ей|ему|им|туда)(?!\w)")
_MUST = re.compile(r"(?<!\w)должн[аоы]? \w+(?:ть|ти|чь)(?!\w)")
_LONG_AGO = re.compile(r"(?<!до )(?<!до конца )(?:в|с) (?:19|20)\d\d (?:год|г\.)")


def is_promise(sentence: Sentence) -> bool:
    """Whether the sentence promises or plans a future deed or answer of the writer's side."""
    plain = sentence.plain
    if sentence.is_norm and not says("plans", plain):
        return False
    if sentence.is_stock and not (says("vague", plain) or "будут приняты" in plain):
        return False
    if says("plans", plain) and not _NOT_PLANS.search(plain):
        return True
    return any(_promises(plain, match) for match in _WORD.finditer(plain))


def _promises(plain: str, match: re.Match[str]) -> bool:
    word = match.group()
    before = plain[: match.start()]
    clause = _clause(plain, match.start())
    if (
        _SUM.match(plain, match.start())
        or says("condition", clause)
        or re.search(r"(?<!\w)не $", before)
        or _BUT_YOU.search(before)
    ):
        return False
    if word in ("будет", "будут", "будем"):
        return _passive_ahead(plain[match.end() :])
    reading = next((form for form in forms(word) if {"VERB", "futr"} <= form.marks), None)
    if reading is None or "NOUN" in forms(word)[0].marks or word.endswith(("те", "тесь")):
        return False
    if reading.lemma.replace("ё", "е") in words("answering"):
        return "1per" in reading.marks and "plur" in reading.marks
    return reading.lemma.replace("ё", "е") not in words("no_promise")


def _passive_ahead(rest: str) -> bool:
    """«будет отремонтирован», «будем делать»: a participle or an infinitive within the next words."""
    words = _WORD.findall(rest)[:7]
    return any(marked(word, "PRTS") or (marked(word, "INFN") and word != "быть") for word in words)


def _clause(plain: str, position: int) -> str:
    """The part of the sentence around the position; a condition governs the next part too."""
    start = max(plain.rfind(mark, 0, position) for mark in (".", ";", ":"))
    return plain[start + 1 : position]


def is_dated(sentence: Sentence) -> bool:
    """Names a date, day, month, quarter or a number of days."""
    return any(
        not _tells_the_past(sentence.plain, match) for match in phrases("date").finditer(sentence.plain)
    )


def _tells_the_past(plain: str, match: re.Match[str]) -> bool:
    """The date belongs to a finished deed: «запустили 1 июня, лавочки заменим позднее»."""
    start = max(plain.rfind(mark, 0, match.start()) for mark in (",", ";", ":", " а ", " и "))
    ends = [found for mark in (",", ";", " а ") if (found := plain.find(mark, match.end())) >= 0]
    clause = plain[start + 1 : min(ends, default=len(plain))]
    said = _WORD.findall(clause)
    return any(marked(word, "VERB", "past") for word in said) and not any(
        marked(word, "VERB", "futr") for word in said
    )


def undated_promise(reply: Reply) -> Sentence | None:
    """The first promise without a date in its sentence; a dated neighbour covers it unless it is put off vaguely."""
    sentences = reply.sentences
    for number, sentence in enumerate(sentences):
        if not is_promise(sentence) or is_dated(sentence):
            continue
        if says("vague", sentence.plain):
            return sentence
        near = [*sentences[max(0, number - 1) : number], *sentences[number + 1 : number + 2]]
        if not any(is_dated(other) and is_promise(other) for other in near):
            return sentence
    return None


def does_something(sentence: Sentence) -> bool:
    """Names a deed done or planned, a named body it was passed to, a refusal, or the citizen's next step."""
    plain = sentence.plain
    if sentence.is_norm:
        return applies_norm(sentence)
    if passed_on(plain) or says("refusal", plain):
        return True
    if sentence.is_stock:
        return False
    return (
        gives_step(plain)
        or done_deed(plain)
        or is_promise(sentence)
        or (_MUST.search(plain) is not None and is_dated(sentence))
    )


def applies_norm(sentence: Sentence) -> bool:
    """A norm used for this very case: with a refusal, a step, a promise or a dated deed."""
    plain = sentence.plain
    own = re.search(r"(?<!\w)(?:ваш\w*|вам|вас|вы|поэтому|мы|нами)(?!\w)", plain) is not None
    if says("refusal", plain):
        return own or re.search(r"не мож|отказ|нельзя|оснований", plain) is not None
    return own and bool(gives_step(plain) or done_deed(plain) or passed_on(plain))


def passed_on(plain: str) -> bool:
    """Passed to a body that is named."""
    if _TO_THEM.search(plain):
        return True
    for match in phrases("passed").finditer(plain):
        near = plain[max(0, match.start() - 90) : match.end() + 130]
        if says("body", near) and not says("unnamed_body", plain[match.end() : match.end() + 60]):
            return True
    return False


def gives_step(plain: str) -> bool:
    """What the citizen does next: where to go, what to hand in, whom to call."""
    if says("step", plain):
        return True
    return any(
        word.endswith("те")
        and marked(word, "impr", "plur")
        and not marked(word, "NOUN")
        and word not in words("polite")
        for word in _WORD.findall(plain)
    )


def done_deed(plain: str) -> bool:
    """A finished deed: «отремонтировали», «заменено», «заменён 5 мая»; not a story of years ago."""
    if _LONG_AGO.search(plain):
        return False
    return any(_is_done(match.group(), plain[: match.start()]) for match in _WORD.finditer(plain))


def _is_done(word: str, before: str) -> bool:
    if re.search(r"(?<!\w)не $", before) or word.endswith(("ся", "сь")):
        return False
    reading = forms(word)[0]
    lemma = reading.lemma.replace("ё", "е")
    if lemma in words("paper") or "perf" not in reading.marks:
        return False
    return "PRTS" in reading.marks or {"VERB", "past"} <= reading.marks


def names_action(reply: Reply) -> bool:
    """Whether any sentence does something about the matter."""
    return any(does_something(sentence) for sentence in reply.sentences)


def law_only(reply: Reply) -> bool:
    """Norms quoted or listed make the substance, none is applied to the case and no step is given."""
    telling = reply.telling
    norms = [sentence for sentence in telling if sentence.is_norm]
    if not norms or any(applies_norm(sentence) for sentence in norms):
        return False
    others = [sentence for sentence in telling if not sentence.is_norm]
    return len(others) <= len(norms) and not any(does_something(sentence) for sentence in others)
