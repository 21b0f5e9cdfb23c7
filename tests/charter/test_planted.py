"""Each answered key of evidence: a record comes and its state changes, the record goes and the state comes back.

One town, each planter inside a savepoint of its own, so that no query can pass by returning a constant.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from otklik.charter.evidence import Evidence, answered_keys, evidence_for, evidence_keys
from otklik.charter.selectors import forget_remembered
from otklik.charter.state import State, state_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import set_scope
from otklik.common.today import today_in
from tests.charter.planters import PLANTERS, Ground, Planted
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
TOWN = "bogotol"
Found = dict[str, Evidence]


@pytest.fixture(scope="module")
def kept() -> set[str]:
    """Every key some planter proves."""
    return {key for one in PLANTERS for key in one.keys}


def test_every_answered_key_has_a_planter_and_only_one(kept: set[str]) -> None:
    assert sorted(answered_keys() - kept) == [], "write a planter into tests/charter/planters"
    assert sorted(kept - answered_keys()) == [], "nothing answers these keys any more"
    named = [key for one in PLANTERS for key in one.keys]
    assert len(named) == len(set(named))


def test_a_planted_record_changes_the_state_and_its_removal_brings_it_back(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    town = build_town(TOWN)
    assert [words for planted in grouped() for words in faults_of(planted, town)] == []


def faults_of(planted: Planted, town: Town) -> list[str]:
    """What is wrong with the keys of a planter, each by its name."""
    keys, whose = planted.keys, town.municipality
    with undone():
        if planted.bare is not None:
            planted.bare(ground(town))
        before = found(keys, whose)
        try:
            with undone():
                planted.plant(ground(town))
                with_it = found(keys, whose)
        except (Refused, IntegrityError) as refusal:
            return [f"{planted.name}: {refusal}"]
        after = found(keys, whose)
    told = {key: fault(key, planted, before[key], with_it[key], after[key]) for key in keys}
    return [f"{key} ({planted.name}): {words}" for key, words in told.items() if words]


def grouped() -> Iterable[Planted]:
    """Planters with all their keys at once: a planter marked several times is planted once."""
    by_plant: dict[Callable[[Ground], None], Planted] = {}
    for one in PLANTERS:
        first = by_plant.get(one.plant, one)
        keys = one.keys if first is one else (*first.keys, *one.keys)
        by_plant[one.plant] = Planted(keys, one.plant, one.bare or first.bare, one.only_grows)
    return by_plant.values()


def ground(town: Town) -> Ground:
    return Ground(Town(town.municipality), timezone.now() - timedelta(minutes=5))


class undone:  # noqa: N801  # reads as a word of the test
    """What happens inside is taken back."""

    def __init__(self) -> None:
        self.block = transaction.atomic()

    def __enter__(self) -> None:
        self.block.__enter__()

    def __exit__(self, *error: object) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        forget_remembered()
        set_scope(Municipality.objects.values_list("id", flat=True))


def found(keys: Iterable[str], municipality: Municipality) -> Found:
    today = today_in(municipality)
    asked = {key: evidence_for(key, municipality, Period(today - timedelta(days=30), today)) for key in keys}
    assert None not in asked.values()
    return {key: one for key, one in asked.items() if one is not None}


def state(key: str, evidence: Evidence) -> State:
    return state_of("", evidence, evidence_keys()[key].is_fact, timezone.localdate())


def fault(key: str, planted: Planted, before: Evidence, with_it: Evidence, after: Evidence) -> str:
    """What is wrong with a key, in words; empty when it saw its record come and go."""
    if before.count and not planted.only_grows:
        return f"the bare ground has {before.count}"
    if with_it.count <= before.count:
        return f"not seen: {before.count} -> {with_it.count}"
    if not planted.only_grows and state(key, with_it) == state(key, before):
        return f"the state stays {state(key, before)}"
    shown = sum(one.rows.count() for one in with_it.rows)
    if with_it.rows and not shown:
        return "no records behind the figure"
    if after.count != before.count:
        return f"not taken back: {before.count} -> {after.count}"
    return ""
