"""The scores of a period read for the estimate: answered cases by kind, what stands beside better scores, reasons."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case as When
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models import When as If
from django.db.models.expressions import Combinable
from django.db.models.fields import BooleanField, CharField

from otklik.cases.models import Answer, Case, Term
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.satisfaction.estimate import Estimate, Group, Link, Scores, estimate, links
from otklik.satisfaction.models import Score
from otklik.satisfaction.rules import REASONS

GOOD = 4
SOON = timedelta(days=3)
FLAGS = ("is_solved", "is_soon", "is_in_time", "is_fast", "is_known", "is_first_time", "is_checked_once")
LIFTS = {
    "is_solved": "вопрос решён, а не разъяснён",
    "is_soon": "ответ пришёл за трое суток",
    "is_in_time": "ответ пришёл до срока по закону",
    "is_fast": "ускоренное рассмотрение",
    "is_known": "заявитель пожаловался на конкретное место",
    "is_first_time": "вопрос задан впервые",
    "is_checked_once": "ответ принят согласующим с первого раза",
}
"""Circumstances of a case that scores are compared by."""

APPLICANT_KINDS = {
    "citizen": "граждане",
    "organisation": "организации",
    "unknown": "автор известен по ссылке",
}


@dataclass(frozen=True)
class Satisfaction:
    """Everything the screen and a study say of a period."""

    period: Period
    estimate: Estimate
    by_block: Mapping[str, Estimate]
    by_applicant: Mapping[str, Estimate]
    links: tuple[Link, ...]
    reasons: tuple[tuple[str, int], ...]
    counts: tuple[int, int, int, int, int]
    invited: int
    by_invitation: int


def satisfaction_of(
    municipality: Municipality, period: Period, block: str = "", among: QuerySet[Case] | None = None
) -> Satisfaction:
    """The satisfaction of cases answered in the period, of one block and of these cases alone when they are given.

    A case counts by its latest score: the applicant may change the opinion after more work.
    """
    answered = answered_in(municipality, period, block, among)
    rows = _rows(answered)
    reasons, counts, by_invitation = _said(answered)
    return Satisfaction(
        period,
        estimate(_groups(rows, ("channel_id", "is_solved")).values()),
        {str(key[0]): estimate(parts) for key, parts in _parted(rows, "block_key").items()},
        {str(key[0]): estimate(parts) for key, parts in _parted(rows, "applicant_kind").items()},
        tuple(links(_pairs(rows))),
        reasons,
        counts,
        answered.filter(invitations__isnull=False).values("pk").distinct().count(),
        by_invitation,
    )


def answered_in(
    municipality: Municipality, period: Period, block: str = "", among: QuerySet[Case] | None = None
) -> QuerySet[Case]:
    """Cases answered in the period, of one block and of these cases alone when they are given."""
    start, end = period.moments(municipality.time_zone)
    found = Case.objects.filter(municipality=municipality, answered_at__gte=start, answered_at__lt=end)
    if among is not None:
        found = found.filter(pk__in=among.order_by().values("pk"))
    return found.filter(block_key=block) if block else found


def marked(answered: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with every circumstance of FLAGS and the kind of their applicant under `applicant_kind`."""
    soon = ExpressionWrapper(Q(answered_at__lte=F("came_at") + SOON), output_field=BooleanField())
    of_case = {"case": OuterRef("pk")}
    late = Term.objects.filter(**of_case, is_inner=False, replaced_by=None, stopped_at__gt=F("legal_at"))
    returned = Answer.objects.filter(**of_case, state="returned")
    kind = When(
        If(applicant__kind="citizen", then=Value("citizen")),
        If(applicant__isnull=True, then=Value("unknown")),
        default=Value("organisation"),
        output_field=CharField(),
    )
    return answered.annotate(
        is_solved=_is(Q(result="solved")),
        is_soon=soon,
        is_in_time=~Exists(late),
        is_fast=F("fast_track"),
        is_known=_is(Q(settlement__isnull=False) & ~Q(street="")),
        is_first_time=_is(Q(is_repeat=False)),
        is_checked_once=~Exists(returned),
        applicant_kind=kind,
    )


def _rows(answered: QuerySet[Case]) -> list[dict[str, Any]]:
    """Answered cases counted by every mixture of circumstances, with their scores."""
    found = marked(answered).order_by().values(*FLAGS, "channel_id", "block_key", "applicant_kind")
    return list(
        found.annotate(
            cases=Count("pk"),
            scored=Count("score"),
            added=Sum("score"),
            squares=Sum(F("score") * F("score")),
            good=Count("pk", filter=Q(score__gte=GOOD)),
        )
    )


def _is(condition: Q) -> Combinable:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _scores(row: Mapping[str, Any]) -> Scores:
    return Scores(row["scored"], row["added"] or 0, row["squares"] or 0, row["good"])


def _groups(rows: list[dict[str, Any]], by: tuple[str, ...]) -> dict[tuple[Any, ...], Group]:
    found: dict[tuple[Any, ...], Group] = {}
    for row in rows:
        key = tuple(row[name] for name in by)
        was = found.get(key, Group(0, Scores()))
        found[key] = Group(was.answered + row["cases"], was.scores + _scores(row))
    return found


def _parted(rows: list[dict[str, Any]], by: str) -> dict[tuple[Any, ...], list[Group]]:
    """Groups of every value of one cut, each weighted within itself as the whole is."""
    found: dict[tuple[Any, ...], list[Group]] = {}
    for (value, *_), group in _groups(rows, (by, "channel_id", "is_solved")).items():
        found.setdefault((value,), []).append(group)
    return found


def _pairs(rows: list[dict[str, Any]]) -> dict[str, tuple[Scores, Scores]]:
    """Scores with each circumstance and without it."""
    found: dict[str, tuple[Scores, Scores]] = {}
    for name in FLAGS:
        parts = _groups(rows, (name,))
        with_it, without = parts.get((True,)), parts.get((False,))
        if with_it and without:
            found[name] = (with_it.scores, without.scores)
    return found


def _said(
    answered: QuerySet[Case],
) -> tuple[tuple[tuple[str, int], ...], tuple[int, int, int, int, int], int]:
    """Reasons by how often they are named, scores from 1 to 5 by number, how many came by our invitation."""
    given = Score.objects.filter(case__in=answered)
    reasons: Counter[str] = Counter()
    for named in given.exclude(reasons=[]).values_list("reasons", flat=True):
        reasons.update(one for one in named if one in REASONS)
    by_score = dict(
        answered.exclude(score=None)
        .order_by()
        .values_list("score")
        .annotate(n=Count("pk"))
        .values_list("score", "n")
    )
    one, two, three, four, five = (by_score.get(score, 0) for score in range(1, 6))
    by_invitation = given.exclude(invitation=None).values("case").distinct().count()
    return tuple(reasons.most_common()), (one, two, three, four, five), by_invitation
