"""The played year: every part lives through it without a refusal, and no clause of any charter stays silent."""

import logging

import pytest
from django.utils import timezone

from otklik.charter.proof import evidence_of
from otklik.charter.selectors import clauses_of
from otklik.common.today import today_in
from otklik.config.demo.year import playing
from tests.town import build_town

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("key", ["bogotol", "borovichi", "demyansk", "lovozero", "mikhaylovka"])
def test_a_town_lives_through_its_year_and_exercises_every_clause(
    key: str, caplog: pytest.LogCaptureFixture
) -> None:
    town, now = build_town(key).municipality, timezone.now()
    lived: list[int] = []
    with caplog.at_level(logging.WARNING, logger=playing.__name__):
        playing.play_town(key, now, lambda: lived.append(1))
    assert len(lived) == playing.MONTHS
    assert [record.getMessage() for record in caplog.records] == []
    clauses = list(clauses_of(town))
    found = evidence_of({one.evidence_key for one in clauses}, town, now, today_in(town))
    silent = [one for one in clauses if (told := found[one.evidence_key]) is None or not told.count]
    assert silent == []
