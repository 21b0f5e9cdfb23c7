"""What a message is (complaint, statement, proposal, question, thanks, spam); is it urgent, is it solvable.

Called by `reading.read` and the registration of cases. Answers carry the words that decided, for the person
who checks. Conventions: a complaint reports trouble the author suffers from; a statement asks or reports
calmly; «СРОЧНО» by itself is no urgency; solvable means the municipality can give what is asked by a deed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from otklik.language.cues import cues, words_of
from otklik.language.morphology import marked

COMPLAINT, STATEMENT, PROPOSAL = "complaint", "statement", "proposal"
QUESTION, THANKS, SPAM = "question", "thanks", "spam"
KINDS = (COMPLAINT, STATEMENT, PROPOSAL, QUESTION, THANKS, SPAM)

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_REPORTS = ("сообща", "довож", "довод", "информир", "уведомля")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision with the words of the text that decided it."""

    value: str
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Yes or no with the words of the text that decided it."""

    value: bool
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What was met: in the whole text, and apart from the sentences that ask."""

    words: list[str]
    trouble: list[str]
    told_trouble: list[str]
    request: list[str]
    asks: bool


def text_kind(text: str) -> Verdict:
    """The kind of a message as an English code of KINDS; an empty text is a statement."""
    words = words_of(text)
    asking, telling = _sentences(text)
    seen = _Evidence(words, troubles(words), troubles(telling), _requests(telling), bool(asking))
    return _spam(seen) or _thanks(seen) or _proposal(seen) or _question(seen) or _complaint_or_statement(seen)


def _sentences(text: str) -> tuple[list[str], list[str]]:
    """Words of the sentences that ask for information and of all others."""
    asking: list[str] = []
    telling: list[str] = []
    for match in _SENTENCE.finditer(text):
        words = words_of(match.group())
        asks = match.group().rstrip().endswith("?") or bool(cues("question").hits(words))
        (asking if asks else telling).extend(words)
    return asking, telling


def troubles(words: Sequence[str]) -> list[str]:
    """Words of trouble: the lists' and every «не» or «нет» that says something is undone or lacking."""
    return [*cues("trouble").hits(words), *cues("danger").hits(words), *_undone(words)]


def _undone(words: Sequence[str]) -> list[str]:
    found = []
    for number, word in enumerate(words[:-1]):
        following = words[number + 1]
        if word == "нет" and following not in ("ли", "возможности", "вопросов", "не", "но", "спасибо"):
            found.append(f"нет {following}")
        if word == "не" and _says_undone(following):
            found.append(f"не {following}")
    return found


def _says_undone(word: str) -> bool:
    if cues("harmless_after_not").hits([word]):
        return False
    return marked(word, "VERB") or marked(word, "PRTS") or marked(word, "PRTF") or marked(word, "ADJS")


def _requests(words: Sequence[str]) -> list[str]:
    orders = [word for word in words if word.endswith(("йте", "ите", "ьте")) and _is_order(word)]
    return [*cues("request").hits(words), *orders]


def _is_order(word: str) -> bool:
    polite = (
        "здравствуйте",
        "подскажите",
        "скажите",
        "извините",
        "простите",
        "будьте",
        "поймите",
        "здраствуйте",
    )
    return word not in polite and marked(word, "impr", "plur")


def _spam(seen: _Evidence) -> Verdict | None:
    """Two words of an advert, or a strong one in a text that neither complains nor asks."""
    found = cues("spam").hits(seen.words)
    asks_authority = any(word.startswith(("прошу", "просим", "администрац", "жалоб")) for word in seen.words)
    if asks_authority or len(found) <= len(seen.trouble):
        return None
    weak = cues("weak_spam").hits(seen.words)
    strong = [word for word in found if word not in weak]
    alone = strong and not seen.trouble and not seen.asks and not cues("discontent").hits(seen.words)
    return Verdict(SPAM, found) if len(found) >= 2 or alone else None


def _thanks(seen: _Evidence) -> Verdict | None:
    found = cues("thanks").hits(seen.words)
    polite = cues("polite").hits(seen.words)
    if not found or len(found) <= len(polite) or (seen.asks and seen.request):
        return None
    begins = any(word in found for word in seen.words[:12])
    asked = [word for word in seen.request if word not in ("нужно", "надо", "нужны", "нужна", "нужен")]
    if (
        _trouble_after_but(seen.words)
        or (asked and "передайте" not in asked and "объявить" not in seen.words)
        or seen.asks
    ):
        return None
    if begins or len(found) >= 2 or not seen.trouble:
        return Verdict(THANKS, found)
    return None


def _trouble_after_but(words: Sequence[str]) -> bool:
    turns = [number for number, word in enumerate(words) if word in ("но", "однако", "только")]
    return bool(turns and troubles(words[turns[0] :]))


def _proposal(seen: _Evidence) -> Verdict | None:
    found = cues("proposal").hits(seen.words)
    discontent = cues("discontent").hits(seen.words)
    if found and len(discontent) < 2 and len(seen.trouble) < 4 + 2 * len(found):
        return Verdict(PROPOSAL, found)
    return None


def _question(seen: _Evidence) -> Verdict | None:
    """A text that only asks; a trouble told beside the question makes it a complaint."""
    if not seen.asks or seen.request or seen.told_trouble or cues("discontent").hits(seen.words):
        return None
    information = cues("information").hits(seen.words)
    if len(seen.trouble) > (1 if information else 0):
        return None
    return Verdict(QUESTION, information or ["?"])


def _complaint_or_statement(seen: _Evidence) -> Verdict:
    reports = any(word.startswith(_REPORTS) for word in seen.request)
    calm_report = reports and len(seen.trouble) < 2 and not cues("discontent").hits(seen.words)
    if seen.trouble and not calm_report:
        return Verdict(COMPLAINT, seen.trouble)
    if seen.words and not seen.request and not reports:
        return Verdict(COMPLAINT)
    return Verdict(STATEMENT, seen.request)


def is_urgent(text: str, kind: Verdict | None = None) -> Judgement:
    """Whether life, health or children are in danger, or a whole house or street is cut off."""
    words = words_of(text)
    if (kind or text_kind(text)).value in (THANKS, SPAM):
        return Judgement(False)
    danger = cues("danger").hits(words)
    if danger:
        return Judgement(True, danger)
    cold, frost = cues("cold_house").hits(words), cues("frost").hits(words)
    if cold and (frost or _cold_number(text)):
        return Judgement(True, [*cold, *frost])
    outage, whole = cues("outage").hits(words), cues("whole").hits(words)
    if outage and whole and not cues("lamps").hits(words):
        return Judgement(True, [*outage, *whole])
    return Judgement(False)


def _cold_number(text: str) -> bool:
    """«-27» or «27°» beside a cold house is frost told in figures."""
    return any(sign in text for sign in ("°", " -1", " -2", " -3", " -4", " –2", " –3", " −2", " −3"))


def is_solvable(text: str, topic_solvable: bool | None = None, kind: Verdict | None = None) -> Judgement:
    """Whether a deed of the municipality, its institutions or contractors can give what is asked.

    `topic_solvable` is what the topic tree says of the topic, None when it is not known; `kind` when it is
    told already.
    """
    words = words_of(text)
    kind = kind or text_kind(text)
    if kind.value in (THANKS, SPAM, QUESTION):
        return Judgement(False, kind.words)
    only_words = cues("no_deed").hits(words)
    deeds, place = cues("deed").hits(words), cues("place_word").hits(words)
    if kind.value == PROPOSAL:
        return Judgement(
            bool(deeds and place) and topic_solvable is not False and not only_words, [*deeds, *place]
        )
    if only_words and len(only_words) >= len(deeds):
        return Judgement(False, only_words)
    return Judgement(topic_solvable is not False, deeds or kind.words)
