"""The registry of evidence refuses what nobody could find later."""

from datetime import date

import pytest

from otklik.charter.evidence import Evidence, answered_keys, evidence_for, evidence_keys, proves
from otklik.common.models import Municipality
from otklik.common.period import Period

DAY = date(2026, 1, 1)


def nothing(municipality: Municipality, period: Period) -> Evidence:
    return Evidence(0)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no evidence key"):
        proves("cases.imagined")(nothing)


def test_a_key_is_answered_once() -> None:
    with pytest.raises(ValueError, match="already answered"):
        proves("charter.acts")(nothing)


def test_answered_keys_stand_in_the_catalogue() -> None:
    assert "charter.acts" in answered_keys()
    assert answered_keys() <= set(evidence_keys())


def test_a_key_nobody_answers_gives_no_evidence() -> None:
    open_keys = set(evidence_keys()) - answered_keys()
    for key in open_keys:
        assert evidence_for(key, Municipality(), Period(DAY, DAY)) is None
