"""Each capability in each charter that names it: people of the charter do the deed, its clauses are kept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from otklik.charter.evidence import answered_keys, evidence_for
from otklik.charter.files import preset_folders, read_preset
from otklik.charter.selectors import clauses_of, forget_remembered
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import set_scope
from otklik.common.today import today_in
from otklik.config.demo.town import make_people
from tests.charter.centre import Centre
from tests.charter.told import TALES, Tale
from tests.town import Town, build_town

# Each deed is told of the first charter that names it in every run, of the others in the long one.
PAIRS = [
    pytest.param(preset, tale, marks=pytest.mark.slow if place else (), id=f"{preset}-{tale.name}")
    for tale in TALES
    for place, preset in enumerate(sorted(tale.clauses))
]


@pytest.fixture(scope="module")
def towns(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Municipality]]:
    """Towns of presets with their people, each loaded when first asked for, in a transaction never committed."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield {}
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def centre(
    towns: dict[str, Municipality], preset: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Centre]:
    """The centre of a preset as it is before anything was done; what a scenario does is taken back."""
    with django_db_blocker.unblock():
        if preset not in towns:
            towns[preset] = build_town(preset).municipality
            make_people(towns[preset], timezone.localdate() - timedelta(days=2))
        set_scope(Municipality.objects.values_list("id", flat=True))
        inner = transaction.atomic()
        inner.__enter__()
        yield Centre(Town(towns[preset]), timezone.now() - timedelta(minutes=5))
        transaction.set_rollback(True)
        inner.__exit__(None, None, None)
        forget_remembered()


@pytest.mark.parametrize(("preset", "tale"), PAIRS)
def test_the_deed_keeps_its_clauses(centre: Centre, preset: str, tale: Tale) -> None:
    clauses = tale.clauses[preset]
    if tale.clears:
        tale.clears(centre)
    before = counts(centre, clauses)
    tale.scenario(centre)
    after = counts(centre, clauses)
    assert [one for one in clauses if after[one] <= before[one]] == []


def test_every_capability_of_every_charter_is_told() -> None:
    """A clause whose key no package answers yet is not asked for."""
    for preset, folder in preset_folders().items():
        asked = {one.capability for one in read_preset(folder).clauses if one.evidence in answered_keys()}
        told = {tale.capability for tale in TALES if preset in tale.clauses}
        assert asked - told == set(), preset


def test_the_clauses_named_are_of_the_capability() -> None:
    for preset, folder in preset_folders().items():
        known = {one.id: one.capability for one in read_preset(folder).clauses}
        named = [(one, tale.capability) for tale in TALES for one in tale.clauses.get(preset, ())]
        assert [pair for pair in named if known.get(pair[0]) != pair[1]] == []


def counts(centre: Centre, clauses: tuple[str, ...]) -> dict[str, int]:
    """How many records prove each clause over the last month."""
    today = today_in(centre.whose)
    keys = dict(
        clauses_of(centre.whose).filter(clause_id__in=clauses).values_list("clause_id", "evidence_key")
    )
    days = Period(today - timedelta(days=30), today)
    found = {clause: evidence_for(key, centre.whose, days) for clause, key in keys.items()}
    return {clause: one.count for clause, one in found.items() if one is not None}
