"""Questions about scores; rows are read inside the person's scope."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Avg, Count, Q, QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.channels.style import PRIVATE
from otklik.common.models import Municipality
from otklik.satisfaction.models import Recheck, Score

ASK_FOR_DAYS = 30
# Networks where the question is a link in a conversation; bots ask by buttons under the answer.
ASKED_BY_LINK = ("vk", "ok")


def to_be_asked(municipality: Municipality, now: datetime) -> QuerySet[Case]:
    """Answered cases of the last days that were not asked since, whose applicants left a mail address or wrote in
    private to a page that is read: a link of theirs alone never goes under a post for everybody."""
    answered = Case.objects.filter(
        municipality=municipality,
        state__in=["sent", "closed"],
        answered_at__gte=now - timedelta(days=ASK_FOR_DAYS),
        answered_at__lte=now,
        score=None,
        invitations=None,
    )
    by_link = Q(channel__kind__in=ASKED_BY_LINK)
    in_private = reduce(or_, (Q(outer_id__startswith=mark) for mark in PRIVATE))
    reached = (~by_link & Q(applicant__email__gt="")) | (by_link & in_private & Q(channel__feed__is_on=True))
    return answered.exclude(applicant=None).filter(reached).order_by("answered_at")


def outer_scores_waiting(municipality: Municipality) -> QuerySet[Case]:
    """Cases on which an export left a score that is not taken as a score yet."""
    return Case.objects.filter(municipality=municipality, score__isnull=False, scores=None)


def scores_of(case: Case) -> QuerySet[Score]:
    """Scores of the case, newest first."""
    return Score.objects.filter(case=case)


def open_rechecks(municipality: Municipality) -> QuerySet[Recheck]:
    """Checks waiting for a person, oldest first."""
    waiting = Recheck.objects.filter(municipality=municipality, closed_at=None)
    return waiting.select_related("case", "score").order_by("opened_at")


def rechecks_for(user: User, municipality: Municipality, rights: Rights) -> QuerySet[Recheck]:
    """Open checks of the cases this person may see, oldest first."""
    return open_rechecks(municipality).filter(case__in=cases_for(user, municipality, rights))


def lately(municipality: Municipality, now: datetime, days: int = 30) -> QuerySet[Score]:
    """Scores of the last days."""
    return Score.objects.filter(municipality=municipality, at__gt=now - timedelta(days=days), at__lte=now)


def was_rated(case: Case) -> bool:
    """Whether the current answer already has a score from the applicant."""
    since = {"at__gte": case.answered_at} if case.answered_at else {}
    return Score.objects.filter(case=case, source="portal", **since).exists()


def mean_of(scores: QuerySet[Score]) -> tuple[float | None, int, int]:
    """Mean, how many, how many of them 4 or 5."""
    found = scores.aggregate(mean=Avg("score"), count=Count("pk"), good=Count("pk", filter=Q(score__gte=4)))
    return found["mean"], found["count"], found["good"]
