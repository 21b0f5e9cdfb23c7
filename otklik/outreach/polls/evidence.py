"""Queries that prove clauses about polls: opened here, placed on pages, published in ПОС; training ones never count."""

from django.db.models import Q, QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.words import FORMS

PAGE = "/polls/"


def held(municipality: Municipality, period: Period) -> QuerySet[Poll]:
    """Polls opened within the period, not for training."""
    start, end = period.moments(municipality.time_zone)
    return Poll.objects.filter(
        municipality=municipality, opened_at__gte=start, opened_at__lt=end, is_training=False
    )


def _of_form(key: str, form: str) -> None:
    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        rows = held(municipality, period).filter(form=form)
        summed = rows.filter(state__in=["summed", "decided"]).count()
        return counted(rows, "opened_at", f"{PAGE}?form={form}", f"итоги подведены: {summed}")


_of_form("polls.surveys", "poll")
_of_form("polls.votes", "vote")
_of_form("polls.discussions", "discussion")


@proves("polls.all_forms")
def all_forms(municipality: Municipality, period: Period) -> Evidence:
    """Everything opened in the period, once each of the three forms has been held; nothing before that."""
    rows = held(municipality, period)
    seen = set(rows.values_list("form", flat=True))
    if seen != set(FORMS):
        return counted(rows.filter(Q(pk__in=[])), "opened_at", PAGE)
    return counted(rows, "opened_at", PAGE, "обсуждения, опросы и голосования")
