"""Which municipalities the current transaction may see: the second wall behind the `…_for(user)` doors.

PostgreSQL policies read the setting `otklik.scope`; it lives and dies with the transaction, so a pooled
connection never carries somebody's scope to the next request.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from otklik.common.models import Municipality


def set_scope(municipality_ids: Iterable[int]) -> None:
    """Let the running transaction see rows of these municipalities only; an empty list sees none."""
    value = ",".join(str(int(key)) for key in municipality_ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('otklik.scope', %s, true)", [value])


def _current_scope() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('otklik.scope', true), '')")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@contextmanager
def within(*municipality_ids: int) -> Iterator[None]:
    """Run the block in a transaction that sees these municipalities, then give the outer scope back."""
    if not connection.in_atomic_block:
        with transaction.atomic():
            set_scope(municipality_ids)
            yield
        return
    with transaction.atomic():
        before = _current_scope()
        set_scope(municipality_ids)
        yield
        set_scope(int(key) for key in before.split(",") if key)


@contextmanager
def within_all() -> Iterator[None]:
    """The scope of the installation's own work: timers, one-shot commands, verification."""
    with within(*Municipality.objects.values_list("id", flat=True)):
        yield
