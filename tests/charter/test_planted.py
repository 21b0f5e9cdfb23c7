"""Each answered key of evidence: a record comes and its state changes, the record goes and the state comes back.

One town, each planter inside a savepoint of its own, so that no query can pass by returning a constant.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from otklik.charter.evidence import Evidence, answered_keys, evidence_for, evidence_keys
from otklik.charter.selectors import forget_remembered
from otklik.charter.state import State, state_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import set_scope
from otklik.common.today import today_in
from tests.charter.planters import PLANTERS, Ground, Planted
from tests.town import SINCE, Town, build_town

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


def test_a_planted_record_changes_the_state_and_its_removal_brings_it_back() -> None:
    town = build_town(TOWN)
    wrong = [words for planted in grouped() for words in faults_of(planted, town)]
    assert wrong == [], "\n".join(wrong)


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
                bare = {key for key, one in with_it.items() if one.rows and not shown(one)}
        except (Refused, IntegrityError) as refusal:
            return [f"{planted.name}: {refusal}"]
        after = found(keys, whose)
    told = {key: fault(key, before[key], with_it[key], after[key]) for key in keys}
    told |= {key: told[key] or "no records behind the figure" for key in bare}
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
    days = Period(min(SINCE, today - timedelta(days=30)), today)
    asked = {key: evidence_for(key, municipality, days) for key in keys}
    assert None not in asked.values()
    return {key: one for key, one in asked.items() if one is not None}


def shown(evidence: Evidence) -> bool:
    """Whether there is a record behind the figure: asked while it stands."""
    return any(one.rows.exists() for one in evidence.rows)


def state(key: str, evidence: Evidence) -> State:
    return state_of("", evidence, evidence_keys()[key].is_fact, timezone.localdate())


def fault(key: str, before: Evidence, with_it: Evidence, after: Evidence) -> str:
    """What is wrong with a key, in words; empty when it saw its record come and go.

    What loading a town has left already (rules in the journal, a charter's own names) has to grow by the record.
    """
    if with_it.count <= before.count:
        return f"not seen: {before.count} -> {with_it.count}"
    if not before.count and state(key, with_it) == state(key, before):
        return f"the state stays {state(key, before)}"
    if after.count != before.count:
        return f"not taken back: {before.count} -> {after.count}"
    return ""
