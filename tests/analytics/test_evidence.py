"""Clauses about analysis: proved by what the facts hold, and by nothing before they are counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from otklik.analytics.services import rebuild
from otklik.charter.evidence import evidence_for
from otklik.common.period import Period
from tests.analytics.living import POTHOLE
from tests.town import build_town

pytestmark = pytest.mark.django_db
KEYS = ("slice", "summary", "by_block", "by_function", "pos_flow")


def test_it_proves_analysis_by_days_that_were_counted() -> None:
    town, today = build_town(), timezone.localdate()
    period, before = Period(today, today), Period(today - timedelta(days=9), today - timedelta(days=2))
    town.case(POTHOLE, "pos", timezone.now())

    def found(key: str, asked: Period) -> int:
        evidence = evidence_for(f"analytics.{key}", town.municipality, asked)
        assert evidence is not None
        return evidence.count

    assert {found(key, period) for key in KEYS} == {0}
    rebuild(town.municipality)
    assert {key: found(key, period) for key in KEYS} == dict.fromkeys(KEYS, 1)
    assert {found(key, before) for key in KEYS} == {0}
    assert found("incident_flow", period) == 0
