"""Two towns and the things of one, made once for the file: each test takes back what it has written."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from tests.rights.things import Things, make_things
from tests.town import Town, build_town


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Town, Town, Things]]:
    """Loaded in a transaction that is never committed."""
    files = str(tmp_path_factory.mktemp("files"))
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=files),
        transaction.atomic(),
    ):
        town = build_town("borovichi")
        things = make_things(town)
        yield Town(town.municipality), build_town("lovozero"), things
        transaction.set_rollback(True)


@pytest.fixture
def town(world: tuple[Town, Town, Things], db: None) -> Town:
    set_scope(Municipality.objects.values_list("id", flat=True))
    return Town(world[0].municipality)


@pytest.fixture
def other_town(world: tuple[Town, Town, Things], town: Town) -> Town:
    return Town(world[1].municipality)


@pytest.fixture
def things(world: tuple[Town, Town, Things], town: Town) -> Things:
    return world[2]
