"""The cast of stories of campaigns: Демянск keeps a chat and names an officer, loaded once for a file."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from otklik.charter.selectors import forget_remembered
from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from otklik.risks.campaigns.tests.cast import Cast
from tests.town import Town, build_town


@pytest.fixture(scope="module")
def demyansk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Loaded in a transaction that is never committed."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield build_town("demyansk")
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def cast(demyansk: Town, db: None) -> Cast:
    """Nobody in the town yet; what a test writes is taken back."""
    set_scope(Municipality.objects.values_list("id", flat=True))
    forget_remembered()
    return Cast(Town(demyansk.municipality))
