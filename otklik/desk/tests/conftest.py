"""A small town behind the desk's door, and a browser-like client for each of its people."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from otklik.accounts.models import User
from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from tests.town import Town, build_town

TEXT = "На улице Советской не горят три фонаря у перехода. Когда восстановят освещение? Звоните 8 (816) 642-15-40."


@pytest.fixture(scope="module")
def two_towns(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Town, Town]]:
    """Two presets loaded once for a file of tests, in a transaction that is never committed."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield build_town("borovichi"), build_town("bogotol")
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def town(two_towns: tuple[Town, Town], db: None) -> Town:
    """The first town with nobody in it yet."""
    _see_everything()
    return Town(two_towns[0].municipality)


@pytest.fixture
def other_town(two_towns: tuple[Town, Town], town: Town) -> Town:
    return Town(two_towns[1].municipality)


def _see_everything() -> None:
    """Tests look at rows from outside a request, over both towns."""
    set_scope(Municipality.objects.values_list("id", flat=True))


@pytest.fixture
def enter() -> Callable[[User], Client]:
    """Sign a person in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def case(town: Town) -> Case:
    """A message that came yesterday, assigned to Boris's body."""
    return assigned_case(town)


def assigned_case(town: Town, text: str = TEXT) -> Case:
    """A case in the first body's hands, whatever the rules thought of it."""
    case = town.case(text, now=timezone.now() - timedelta(days=1))
    from_machine = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=from_machine.pk).update(state="assigned", body=town.bodies[0], needs_triage=False)
    return Case.objects.get(pk=case.pk)
