"""The cases behind a figure of satisfaction: who was invited, who named a reason, who stands on a side of a link."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.satisfaction.models import Score
from otklik.satisfaction.picture import APPLICANT_KINDS, LIFTS, answered_in, marked
from otklik.satisfaction.rules import REASONS

WORDS = {"invited": "приглашены оценить", "by_invitation": "оценили по приглашению"}


def cases_of(
    municipality: Municipality, period: Period, block: str, among: QuerySet[Case] | None, what: str
) -> QuerySet[Case] | None:
    """Answered cases of the period that `what` names: a key of WORDS, or a kind and a key after a point — «reason.x»,
    «by.citizen», «rated.citizen», «with.is_soon», «without.is_soon». None for words that mean nothing."""
    answered = answered_in(municipality, period, block, among)
    kind, _, key = what.partition(".")
    if what == "invited":
        return answered.filter(invitations__isnull=False).distinct()
    given = Score.objects.filter(case=OuterRef("pk"))
    if what == "by_invitation":
        return answered.filter(Exists(given.exclude(invitation=None)))
    if kind == "reason" and key in REASONS:
        return answered.filter(Exists(given.filter(reasons__contains=[key])))
    if kind in ("by", "rated") and key in APPLICANT_KINDS:
        found = marked(answered).filter(Q(("applicant_kind", key)))
        return found if kind == "by" else found.exclude(score=None)
    if kind in ("with", "without") and key in LIFTS:
        return marked(answered).exclude(score=None).filter(**{key: kind == "with"})
    return None


def say_what(what: str) -> str:
    """The same in words: «причина: не решено», «ответ пришёл за трое суток»; empty for words that mean nothing."""
    kind, _, key = what.partition(".")
    if kind == "reason":
        return f"назвали причину: {REASONS.get(key, '')}"
    if kind in ("by", "rated"):
        return f"{APPLICANT_KINDS.get(key, '')}{', с оценкой' if kind == 'rated' else ''}"
    if kind in ("with", "without"):
        return f"с оценкой: {'' if kind == 'with' else 'не верно, что '}{LIFTS.get(key, '')}"
    return WORDS.get(what, "")
