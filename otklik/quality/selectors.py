"""Questions about the quality of answers: hints by kind and by cut, returned versions, explanations to look at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery, TextField

from otklik.cases.models import Answer, Case, Move
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.quality.models import ExplainedReview, ReadingMark

COULD = ~Q(decision="right")
"""Verdicts that say the question could have been solved."""

CUTS = {"block": "case__block_key", "body": "case__body_id", "topic": "case__topic__key"}


@dataclass(frozen=True)
class Hinted:
    """Answers read in a period or a cut of it: how many, with any hint, with the hint «отписка»."""

    read: int
    hinted: int
    template: int


@dataclass(frozen=True)
class Hints:
    """Hints of a period: how many answers wait to be read, each kind by number of answers, cuts."""

    waiting: int
    whole: Hinted
    by_code: tuple[tuple[str, int], ...]
    by_cut: Mapping[Any, Hinted]


def hints_of(
    municipality: Municipality, period: Period, by: str, among: QuerySet[Case] | None = None
) -> Hints:
    """Hints of answers handed over in the period, of these cases alone when they are given.

    `by` is one of `CUTS`; raises KeyError for another cut.
    """
    handed = _handed(municipality, period)
    if among is not None:
        handed = handed.filter(case__in=among)
    last = (
        ReadingMark.objects.filter(municipality=municipality).aggregate(last=Max("last_answer"))["last"] or 0
    )
    read = handed.filter(pk__lte=last)
    counted = {
        "read": Count("pk"),
        "hinted": Count("pk", filter=~Q(faults=[])),
        "template": Count("pk", filter=Q(faults__contains=["template"])),
    }
    rows = list(read.order_by().values(CUTS[by]).annotate(**counted))
    cuts = {row[CUTS[by]]: Hinted(row["read"], row["hinted"], row["template"]) for row in rows}
    whole = Hinted(*(sum(row[name] for row in rows) for name in counted))
    return Hints(handed.filter(pk__gt=last).count(), whole, _by_code(read), cuts)


def _handed(municipality: Municipality, period: Period) -> QuerySet[Answer]:
    start, end = period.moments(municipality.time_zone)
    return Answer.objects.filter(municipality=municipality, created_at__gte=start, created_at__lt=end)


class _Elements(Func):
    """Rows of a list kept as JSON."""

    function = "jsonb_array_elements_text"
    set_returning = True
    output_field = TextField()


def _by_code(read: QuerySet[Answer]) -> tuple[tuple[str, int], ...]:
    coded = read.exclude(faults=[]).order_by().annotate(code=_Elements(F("faults")))
    return tuple(coded.values_list("code").annotate(n=Count("pk")).order_by("-n", "code"))


def returned_of(municipality: Municipality, period: Period, cases: QuerySet[Case]) -> QuerySet[Move]:
    """Returns of answers in the period with their reasons, newest first, of these cases only."""
    start, end = period.moments(municipality.time_zone)
    found = Move.objects.filter(
        municipality=municipality, deed="return_answer", at__gte=start, at__lt=end, case__in=cases
    )
    return found.select_related("case__body").order_by("-at")


def explained_to_look(municipality: Municipality, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Solvable cases whose answer only explains and was not looked at yet, newest answers first."""
    last = Answer.objects.filter(case=OuterRef("pk"), state="sent", kind="explained").order_by("-version")
    waiting = cases.filter(
        municipality=municipality, solvable=True, result="explained", state__in=["sent", "closed"]
    )
    named = waiting.annotate(answer_id=Subquery(last.values("pk")[:1])).filter(answer_id__isnull=False)
    unseen = named.exclude(Exists(ExplainedReview.objects.filter(answer=OuterRef("answer_id"))))
    return unseen.select_related("body", "topic").order_by("-answered_at")


@dataclass(frozen=True)
class Looked:
    """Explanations of a block: how many wait for a person, how many were looked at, of those could be solved."""

    waiting: int = 0
    looked: int = 0
    could: int = 0


def explained_by_block(municipality: Municipality, cases: QuerySet[Case]) -> dict[str, Looked]:
    """The review of explanations by blocks of these cases; a block with nothing is absent."""
    waiting = Counter(explained_to_look(municipality, cases).order_by().values_list("block_key", flat=True))
    seen = ExplainedReview.objects.filter(municipality=municipality, answer__case__in=cases)
    rows = seen.values("answer__case__block_key").annotate(n=Count("pk"), could=Count("pk", filter=COULD))
    done = {row["answer__case__block_key"]: (row["n"], row["could"]) for row in rows.order_by()}
    return {key: Looked(waiting[key], *done.get(key, (0, 0))) for key in sorted({*waiting, *done})}


def explained_answer(case: Case) -> Answer | None:
    """The answer of the case that a review decides upon: its last sent explanation."""
    sent = Answer.objects.filter(case=case, state="sent", kind="explained")
    return sent.select_related("case__municipality").order_by("-version").first()
