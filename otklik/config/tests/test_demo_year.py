"""Two months of a played year: every part lives through them without a refusal, and the clauses see it."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from otklik.charter.proof import evidence_of
from otklik.charter.selectors import clauses_of
from otklik.common.today import today_in
from otklik.config.demo.town import make_people
from otklik.config.demo.year import playing
from tests.town import build_town

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_SILENT = 0.45
"""After two months so much of a charter may still be without a record; a whole year leaves what is not built yet."""


def test_a_town_lives_through_its_months(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(playing, "MONTHS", 2)
    town, now = build_town("bogotol").municipality, timezone.now()
    make_people(town, now.date() - timedelta(days=200))
    lived: list[int] = []
    with caplog.at_level(logging.WARNING, logger=playing.__name__):
        playing.play_year(town, now, lambda: lived.append(1))
    assert len(lived) == 2
    assert [record.getMessage() for record in caplog.records] == []
    clauses = list(clauses_of(town))
    found = evidence_of({one.evidence_key for one in clauses}, town, now, today_in(town))
    silent = [one for one in clauses if (told := found[one.evidence_key]) is None or not told.count]
    assert len(silent) < MOST_SILENT * len(clauses)
