"""Evidence counted ahead: one question to read, told with its moment, asked anew when it is missing or old."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.charter import proof
from otklik.charter.models import Clause, KeptEvidence
from tests.town import Town, build_town

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
TODAY = date(2026, 10, 20)
KEY = "cases.registered"
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def told(town: Town, now: datetime = NOW) -> int:
    found = proof.evidence_of([KEY], town.municipality, now, TODAY)[KEY]
    assert found is not None
    return found.count


def test_what_was_counted_ahead_is_told_with_its_moment_by_one_question(town: Town) -> None:
    town.case("На улице Гагарина яма.", now=NOW)
    named = set(Clause.objects.values_list("evidence_key", flat=True))
    assert 30 < proof.count_ahead(town.municipality, NOW, TODAY) <= len(named)
    town.case("На улице Мира не горит фонарь.", now=NOW)
    later = NOW + timedelta(minutes=5)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = proof.evidence_of([*sorted(named), "no.such"], town.municipality, later, TODAY)
    kept = found[KEY]
    assert kept is not None
    assert (kept.count, kept.counted_at) == (1, NOW)
    assert found["no.such"] is None
    assert len(asked) == 1


def test_what_is_missing_is_asked_and_kept_for_the_next(town: Town) -> None:
    town.case("На улице Гагарина яма.", now=NOW)
    assert told(town) == 1
    assert KeptEvidence.objects.get(key=KEY).count == 1


def test_what_was_counted_long_ago_is_asked_anew(town: Town) -> None:
    assert told(town) == 0
    town.case("На улице Гагарина яма.", now=NOW)
    assert told(town, NOW + timedelta(minutes=59)) == 0
    assert told(town, NOW + timedelta(minutes=60)) == 1


def test_one_key_is_asked_at_this_very_moment_with_its_rows(town: Town) -> None:
    assert told(town) == 0
    case = town.case("На улице Гагарина яма.", now=NOW)
    found = proof.ask_anew(KEY, town.municipality, NOW, TODAY)
    assert found is not None
    assert [row for one in found.rows for row, _ in one.newest(50)] == [case]
    assert told(town) == 1


def test_what_no_duty_names_is_kept_no_more(town: Town) -> None:
    KeptEvidence.objects.create(municipality=town.municipality, key="gone", count=1, counted_at=NOW)
    proof.count_ahead(town.municipality, NOW, TODAY)
    assert not KeptEvidence.objects.filter(key="gone").exists()


def test_the_day_of_the_last_record_is_the_towns_own(town: Town) -> None:
    """Late in the evening by UTC it is tomorrow in the town, and the duty of tomorrow is done."""
    late = datetime.fromisoformat("2026-10-19T22:30:00+00:00")
    town.case("На улице Гагарина яма.", now=late)
    asked = proof.ask_anew(KEY, town.municipality, NOW, TODAY)
    kept = proof.evidence_of([KEY], town.municipality, NOW, TODAY)[KEY]
    for found in (asked, kept):
        assert found is not None and found.last_at == late and found.last_at.date() == TODAY
