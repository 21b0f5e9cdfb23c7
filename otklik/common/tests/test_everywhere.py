"""A timer in several towns: each has its turn in the order of ids, whatever became of those before it."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from otklik.common.everywhere import everywhere, everywhere_in_steps
from otklik.common.models import Municipality

Walk = Callable[[Callable[[Municipality], int]], int]
OLD, NEW = "Как было", "Как стало"
SECRET = "слова жителя"


@pytest.fixture
def keys(committed: str) -> Iterator[list[str]]:
    """Towns whose names go against their ids; how each but the last breaks is in its key."""
    keys = ["rule", "query", "connection", "whole"]
    for name, key in zip("ГВБА", keys, strict=True):
        Municipality.objects.create(key=key, name=name, short_name=OLD, region="Край")
    yield keys


def ask(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def break_as_told(town: Municipality) -> None:
    if town.key == "rule":
        raise ValueError(SECRET)
    if town.key == "query":
        ask("SELECT 1 / 0")
    if town.key == "connection":
        ask("SELECT pg_terminate_backend(pg_backend_pid())")


def rename(town: Municipality) -> None:
    Municipality.objects.filter(pk=town.pk).update(short_name=NEW)


@pytest.mark.parametrize(
    ("walk", "is_one_transaction", "kept"),
    [(everywhere, True, [OLD, OLD, OLD, NEW]), (everywhere_in_steps, False, [NEW, NEW, NEW, NEW])],
)
def test_it_goes_on_after_a_town_that_broke_and_raises_the_first_error(
    walk: Walk, is_one_transaction: bool, kept: list[str], keys: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    def deed(town: Municipality) -> int:
        scope = ask("SELECT coalesce(current_setting('otklik.scope', true), '')")
        assert (connection.in_atomic_block, scope) == (is_one_transaction, str(town.pk) * is_one_transaction)
        seen.append(town.key)
        rename(town)
        break_as_told(town)
        return 1

    with pytest.raises(ValueError, match=SECRET):
        walk(deed)

    assert seen == keys
    assert list(Municipality.objects.order_by("id").values_list("short_name", flat=True)) == kept
    said = [record.getMessage().rpartition(".deed ")[2] for record in caplog.records]
    assert said == ["in rule: ValueError", "in query: DataError", "in connection: OperationalError"]
    assert SECRET not in caplog.text and __name__ in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("walk", [everywhere, everywhere_in_steps])
def test_it_sums_what_was_done(walk: Walk) -> None:
    assert walk(lambda town: 1) == 0
    for key in ("one", "two"):
        Municipality.objects.create(key=key, name=key, short_name=key, region="Край")
    assert walk(lambda town: len(town.key)) == 6
