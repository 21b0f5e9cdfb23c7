"""Queries that prove clauses about topics."""

from otklik.charter.evidence import Evidence, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.topics.selectors import topics_of


@proves("topics.approved")
def approved(municipality: Municipality, period: Period) -> Evidence:
    """Open topics of the municipality's blocks; the list has no dates, so the period does not matter."""
    topics = topics_of(municipality)
    groups = topics.order_by().values("group").distinct().count()
    told = (
        count(topics.count(), "тема", "темы", "тем"),
        count(groups, "направлении", "направлениях", "направлениях"),
    )
    return Evidence(topics.count(), None, "/charter/", " в ".join(told))
