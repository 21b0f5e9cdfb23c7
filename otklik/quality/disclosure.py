"""Personal data an answer gives away: of another resident, or the author's own papers and illness.

Called by `rules`; calls `language.personal`. Posts with names, office phones and the name in the greeting
are no disclosure (152-ФЗ, ст. 7).
"""

import re

from otklik.language.lemmas import normal
from otklik.language.personal import find_personal
from otklik.language.spans import Span
from otklik.quality.phrases import phrases, says
from otklik.quality.reading import Reply

_ALWAYS = frozenset({"snils", "passport", "card", "birthdate", "plate", "inn"})
_YEAR_OF_BIRTH = re.compile(r"(?:19|20)\d\d\s*(?:г\.\s?р|года рождения|г\.р)")
_FLAT_LABEL = re.compile(r"(?:кв|квартир\w*)[.\s№]*$")
_MOBILE = re.compile(r"(?:\+7|8)[\s(-]*9\d\d")
_REACH = 110


def disclosed(reply: Reply, author_surname: str = "") -> str:
    """The words that give personal data away; empty when nothing does."""
    text = reply.text
    plain = normal(text)
    year = _YEAR_OF_BIRTH.search(plain)
    if year:
        return text[year.start() : year.end()]
    own = phrases("own_secret").search(plain)
    if own:
        return text[own.start() : own.end()]
    greeting_end = len(reply.greeting)
    for span in find_personal(text):
        if span.kind in _ALWAYS or _is_foreign(text, plain, span, greeting_end, author_surname):
            return text[span.start : span.end]
    return ""


def _is_foreign(text: str, plain: str, span: Span, greeting_end: int, author_surname: str) -> bool:
    """A name or a mobile phone of another resident."""
    around = plain[max(0, span.start - _REACH) : span.end + _REACH]
    before = plain[max(greeting_end, span.start - 60) : span.start]
    if span.kind == "flat":
        # «дома 5-19» in an answer is a row of houses, so only a flat called so counts.
        return _FLAT_LABEL.search(plain[: span.start]) is not None
    if span.kind == "phone":
        return (
            bool(_MOBILE.match(text[span.start : span.end]))
            and says("resident", around)
            and not says("official", before)
        )
    if span.kind != "name" or span.start < greeting_end:
        return False
    if author_surname and author_surname[:4] in plain[span.start : span.end]:
        return says("secret", around)
    if says("official", before[-45:]) and not says("secret", around):
        return False
    beside = _MOBILE.search(text, span.end, span.end + 60) is not None
    return beside or says("secret", around) or says("resident", around)
