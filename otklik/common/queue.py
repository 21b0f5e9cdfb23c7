"""One at a time within a town: the municipality's row is the queue where those who must not meet wait for each other.

The lock is FOR NO KEY UPDATE: rows of the town that others insert meanwhile only share its key, and do not wait.
Whoever only numbers rows of one kind stands in the line of that kind, so that an errand never waits for a poll.
"""

from typing import Any

from django.db import connection
from django.db.models import Max, Model

from otklik.common.models import Municipality


def hold_town(municipality_id: int) -> None:
    """Take the town's place in the queue till the end of the transaction."""
    Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality_id)


def hold_line(model: type[Model], town: Municipality) -> None:
    """Take the place among those who add rows of this kind in the town till the end of the transaction."""
    with connection.cursor() as cursor:
        line = f"{model._meta.db_table}:{town.pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [line])


def next_number(model: type[Model], town: Municipality, **within: Any) -> int:
    """The number after the last one of the town's rows, or of those of a year or a form where these begin anew.

    The line is held, so that two never take the same.
    """
    hold_line(model, town)
    rows = model._default_manager.filter(municipality=town, **within)
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
