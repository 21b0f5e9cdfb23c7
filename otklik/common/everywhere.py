"""How a timer walks the municipalities: what breaks in one holds back no other, and still marks the timer failed.

Called by `tasks.py` of every package; a host of a region has dozens of towns on one worker.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.db import close_old_connections, connection

from otklik.common.models import Municipality
from otklik.common.scope import within

Deed = Callable[[Municipality], int]
log = logging.getLogger(__name__)


def everywhere(deed: Deed) -> int:
    """Do the deed in each municipality, each in a transaction that sees it alone; returns the sum.

    A town where the deed broke keeps nothing of it. The first exception is raised after all have had their turn.
    """
    return _in_turn(deed, lambda town: within(town.pk))


def everywhere_in_steps(deed: Deed) -> int:
    """The same for a deed that opens its own transactions, one a step: it sends, takes files in, registers.

    Steps taken before it broke stay. Call outside a transaction.
    """
    return _in_turn(deed, lambda town: nullcontext())


def _in_turn(deed: Deed, around: Callable[[Municipality], AbstractContextManager[None]]) -> int:
    name = f"{deed.__module__}.{deed.__qualname__}"
    done = 0
    first: Exception | None = None
    for town in Municipality.objects.order_by("id"):
        try:
            with around(town):
                done += deed(town)
        except Exception as error:
            # Neither message nor values: both may hold what a citizen wrote.
            log.error("%s in %s: %s", name, town.key, type(error).__name__)
            first = first or error
            let_go_of_lost()
    if first is not None:
        raise first
    return done


def let_go_of_lost() -> None:
    """A connection the server has dropped must not fail what runs next; inside a transaction it is not ours."""
    if not connection.in_atomic_block:
        close_old_connections()
