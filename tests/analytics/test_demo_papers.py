"""A demo town shows its papers as a centre at work would have them."""

from datetime import timedelta

import pytest

from otklik.analytics.services import correct
from otklik.config.demo.papers import make_papers
from otklik.reports.models import Report
from otklik.reports.selectors import duties_of, late_slots
from tests.analytics.living import NOW, live
from tests.town import build_town

pytestmark = pytest.mark.django_db


def test_it_owes_no_paper_after_a_demo() -> None:
    lived = build_town("borovichi")
    live(lived, 30)
    town = lived.municipality
    correct(town, NOW)
    today = NOW.date()
    assert late_slots(duties_of(town, today))
    made = make_papers(town, NOW)
    assert late_slots(duties_of(town, today)) == []
    states = set(Report.objects.filter(municipality=town).values_list("state", flat=True))
    assert made > 0
    assert states <= {"sent", "draft"}
    assert make_papers(town, NOW + timedelta(minutes=1)) == made
