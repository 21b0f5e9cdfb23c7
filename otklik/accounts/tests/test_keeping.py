"""Rows follow a file: made, changed, left alone, in few statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.accounts.models import Body
from otklik.common.keeping import keep_rows
from tests.town import build_town

pytestmark = pytest.mark.django_db


def test_it_makes_changes_and_leaves_alone() -> None:
    town = build_town().municipality
    known = Body.objects.filter(municipality=town).order_by("id")[0]
    others = Body.objects.filter(municipality=town).exclude(pk=known.pk).order_by("id")
    before = list(others.values())
    wanted = {
        known.key: {"short_name": "Новое имя"},
        "bridges": {"name": "Управление мостов", "short_name": "Мосты", "kind": "unit"},
    }
    kept = keep_rows(Body, wanted, municipality=town)
    assert list(kept) == [known.key, "bridges"]
    assert kept["bridges"].pk and kept["bridges"].kind == "unit"
    known.refresh_from_db()
    assert (known.short_name, known.name) == ("Новое имя", kept[known.key].name)
    assert list(others.exclude(key="bridges").values()) == before


def test_it_asks_three_times_whatever_the_number_and_once_when_nothing_is_new() -> None:
    town = build_town().municipality
    wanted = {f"body-{number}": {"name": str(number), "kind": "unit"} for number in range(50)}
    with CaptureQueriesContext(connection) as first:
        keep_rows(Body, wanted, municipality=town)
    wanted["body-7"]["name"] = "иначе"
    wanted["body-51"] = {"name": "51", "kind": "unit"}
    asked = statements(lambda: keep_rows(Body, wanted, municipality=town))
    assert len(first.captured_queries) <= 4
    assert asked <= 7  # each write stands in a savepoint of its own
    assert statements(lambda: keep_rows(Body, wanted, municipality=town)) == 1


def test_it_knows_rows_by_several_fields() -> None:
    town = build_town().municipality
    found = keep_rows(Body, {("roads-2", "unit"): {"name": "Дороги"}}, ("key", "kind"), municipality=town)
    again = keep_rows(Body, {("roads-2", "unit"): {"name": "Пути"}}, ("key", "kind"), municipality=town)
    assert found[("roads-2", "unit")].pk == again[("roads-2", "unit")].pk
    assert Body.objects.get(municipality=town, key="roads-2").name == "Пути"


def statements(ask: object) -> int:
    assert callable(ask)
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen.captured_queries)
