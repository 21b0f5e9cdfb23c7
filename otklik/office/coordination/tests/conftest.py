"""A town built once for a file of tests; each test begins with it as it was built."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from tests.town import Town, build_town


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """A preset loaded in a transaction that is never committed."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield build_town()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def town(built: Town, db: None) -> Town:
    """The town with nobody in it yet."""
    set_scope(Municipality.objects.values_list("id", flat=True))
    return Town(built.municipality)
