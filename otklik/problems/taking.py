"""Errors of communication taken from checks people have made: a bad mark whose recheck gave the answer back,
an explanation that a reader found could have been a solution."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from otklik.common.models import Municipality
from otklik.problems.models import TalkError
from otklik.problems.services.talk import TalkText, note_talk_error
from otklik.quality.models import ExplainedReview
from otklik.satisfaction.models import Recheck

MOST = 500


def take_talk_errors(municipality: Municipality, now: datetime) -> int:
    """Write down what checks have found since the last time; returns how many. Safe to run twice."""
    zone = ZoneInfo(municipality.time_zone)
    taken = 0
    for check in _rechecks(municipality, now):
        if check.closed_at is not None:
            said = check.outcome or "После плохой оценки ответ перечитали и вернули карточку в работу"
            text = TalkText("no_answer", said, check.closed_at.astimezone(zone).date(), check.case)
            taken += note_talk_error(municipality, text, None, now, "recheck", check.pk) is not None
    for review in _reviews(municipality, now):
        text = TalkText("formal", review.words, review.at.astimezone(zone).date(), review.answer.case)
        taken += note_talk_error(municipality, text, review.by, now, "quality", review.pk) is not None
    return taken


def _rechecks(municipality: Municipality, now: datetime) -> QuerySet[Recheck]:
    known = TalkError.objects.filter(municipality=municipality, origin="recheck").values("origin_id")
    found = Recheck.objects.filter(municipality=municipality, result="reopened", closed_at__lte=now)
    return found.exclude(pk__in=known).select_related("case").order_by("pk")[:MOST]


def _reviews(municipality: Municipality, now: datetime) -> QuerySet[ExplainedReview]:
    known = TalkError.objects.filter(municipality=municipality, origin="quality").values("origin_id")
    wrong = ("reopened", "could", "process")
    found = ExplainedReview.objects.filter(municipality=municipality, decision__in=wrong, at__lte=now)
    return found.exclude(pk__in=known).select_related("answer__case", "by").order_by("pk")[:MOST]
