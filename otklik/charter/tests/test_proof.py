"""Evidence counted ahead: only where counting is slow, told with its moment, dropped when quick again."""

from datetime import date, datetime, timedelta

import pytest

from otklik.charter import proof
from otklik.charter.models import KeptEvidence
from tests.town import Town, build_town

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
TODAY = date(2026, 10, 20)
KEY = "cases.registered"
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def test_it_asks_anew_and_keeps_nothing_while_all_is_quick(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "QUICK_SECONDS", 60)
    assert proof.count_ahead(town.municipality, NOW, TODAY) == 0
    before = proof.evidence_of([KEY], town.municipality, NOW, TODAY)[KEY]
    town.case("На улице Гагарина яма.", now=NOW)
    after = proof.evidence_of([KEY], town.municipality, NOW, TODAY)[KEY]
    assert (before and before.count, after and after.count) == (0, 1)
    assert not KeptEvidence.objects.exists()


def test_it_tells_what_was_counted_ahead_with_its_moment(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "QUICK_SECONDS", 0)
    town.case("На улице Гагарина яма.", now=NOW)
    assert proof.count_ahead(town.municipality, NOW, TODAY) > 30
    town.case("На улице Мира не горит фонарь.", now=NOW)
    told = proof.evidence_of([KEY, "no.such"], town.municipality, NOW + timedelta(minutes=5), TODAY)
    kept = told[KEY]
    assert kept is not None
    assert (kept.count, kept.counted_at) == (1, NOW)
    assert told["no.such"] is None


def test_it_keeps_no_more_what_has_become_quick(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "QUICK_SECONDS", 0)
    proof.count_ahead(town.municipality, NOW, TODAY)
    monkeypatch.setattr(proof, "QUICK_SECONDS", 60)
    assert proof.count_ahead(town.municipality, NOW, TODAY) == 0
    assert not KeptEvidence.objects.exists()
