"""Which questions of the message the answer leaves out.

Called by `rules`; calls `language.questions`. A question is answered by what it asks for (a date for «когда»,
somebody for «кто», a cause for «почему», a figure for «сколько») or by its own things named with a deed,
a refusal or a promise of an answer.
"""

import re
from collections.abc import Sequence

from otklik.language.lemmas import normal
from otklik.language.questions import find_questions
from otklik.quality import deeds
from otklik.quality.matter import stems_of, things_of
from otklik.quality.phrases import phrases, says
from otklik.quality.reading import Reply, Sentence

# «Сколько стоит и работает ли ночью» asks twice.
_SECOND = re.compile(r",?\s(?:и|а)\s(?=\w+ ли(?!\w))")
_SUMS = re.compile(
    r"\d+ ?(?:руб|тысяч|₽|дн|час|минут|мест|процент|%|шт|человек|м|км|раз)|составля|стоит|бесплатн"
)
_MONEY = re.compile(r"\d ?(?:руб|тысяч|₽|коп|%)|бесплатн")
_KINDS = ("when", "why", "who", "much", "where", "how")


def asks_openly(message: str) -> bool:
    """Whether the message asks in words, not only by a request for a deed."""
    return _asks(message)


def _asks(text: str) -> bool:
    return "?" in text or says("asks", normal(text))


def left_out(message: str, reply: Reply, questions: Sequence[str] = ()) -> list[tuple[int, str]]:
    """Numbers and words of questions without an answer; a single request for a deed is not looked at."""
    found = list(questions) or [question.text for question in find_questions(message)]
    open_ones = [number for number, text in enumerate(found, 1) if _asks(text) or _kind(text)]
    if len(found) < 2 and not (open_ones or "?" in message):
        return []
    if _numbered(reply) >= len(found) > 1:
        return []
    parts = [(number, part) for number, text in enumerate(found, 1) for part in _SECOND.split(text)]
    texts = [part for _, part in parts]
    silent = (
        parts[place]
        for place, part in enumerate(texts)
        if not _is_answered(part, _own_stems(texts, place), reply)
    )
    return list({number: found[number - 1] for number, _ in silent}.items())


def _numbered(reply: Reply) -> int:
    return len(re.findall(r"(?:^|\s)\d[.)]\s", reply.text))


def _own_stems(texts: Sequence[str], place: int) -> frozenset[str]:
    """Things this question names and the others do not; all of its things when none is its own."""
    mine = stems_of(texts[place])
    others = frozenset(stem for other, text in enumerate(texts) if other != place for stem in stems_of(text))
    own = mine - others
    return own if own & things_of(texts[place]) else mine


def _kind(question: str) -> str:
    plain = normal(question)
    places = [(match.start(), kind) for kind in _KINDS if (match := phrases(f"asks_{kind}").search(plain))]
    return min(places)[1] if places else ""


def _is_answered(question: str, own: frozenset[str], reply: Reply) -> bool:
    kind = _kind(question)
    telling = [sentence for sentence in reply.telling if not sentence.is_norm or deeds.applies_norm(sentence)]
    if not telling:
        return False
    near = [sentence for sentence in telling if own & stems_of(sentence.text)]
    if any(_puts_off(sentence) for sentence in near):
        return True
    if kind:
        return _has_kind(kind, question, near or telling, telling)
    if _asks(question):
        return bool(near)
    return any(deeds.does_something(sentence) or deeds.is_promise(sentence) for sentence in near)


def _puts_off(sentence: Sentence) -> bool:
    """Refused, passed to a named body, or an answer promised."""
    return says("refusal", sentence.plain) or deeds.passed_on(sentence.plain)


def _has_kind(kind: str, question: str, near: Sequence[Sentence], telling: Sequence[Sentence]) -> bool:
    text = " ".join(sentence.plain for sentence in telling)
    if kind == "when":
        return (
            (says("date", text) and bool(near))
            or any(deeds.done_deed(s.plain) or deeds.is_promise(s) for s in near)
            or says("vague", text)
        )
    if kind == "why":
        return (": " in text or says("cause", text)) or says("refusal", text)
    if kind == "who":
        return (
            says("body", text)
            or re.search(r"(?<!\w)(?:отвеча\w+|занима\w+|пишите|обслужива\w+)", text) is not None
        )
    if kind == "much":
        asked_price = re.search(r"стои|цен|плат", normal(question)) is not None
        return (_MONEY if asked_price else _SUMS).search(text) is not None
    if kind == "where":
        return says("way", text) or re.search(r"(?:ул\.|улиц|по адресу|в здании|кабинет)", text) is not None
    return says("way", text) or any(deeds.does_something(sentence) for sentence in near)
