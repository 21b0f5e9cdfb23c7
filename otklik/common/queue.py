"""One at a time within a town: the municipality's row is the queue where those who must not meet wait for each other.

The lock is FOR NO KEY UPDATE: rows of the town that others insert meanwhile only share its key, and do not wait.
"""

from django.db.models import Max, Model

from otklik.common.models import Municipality


def hold_town(municipality_id: int) -> None:
    """Take the town's place in the queue till the end of the transaction."""
    Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality_id)


def next_number(model: type[Model], town: Municipality) -> int:
    """The number after the last one of the town's rows; the queue is held, so that two never take the same."""
    hold_town(town.pk)
    last: int | None = model._default_manager.filter(municipality=town).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
