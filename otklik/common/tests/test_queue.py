"""The queue of a town: two who take a number wait for each other, whoever writes anything else of the town does not."""

from concurrent.futures import ThreadPoolExecutor

from django.db import OperationalError, connection, transaction

from otklik.common.models import Municipality
from otklik.common.queue import hold_town

# What PostgreSQL takes on the town for a new row that names it.
FOREIGN_KEY = "FOR KEY SHARE"
ANOTHER_IN_THE_QUEUE = "FOR NO KEY UPDATE"


def waits(lock: str) -> bool:
    """Whether another connection would have to wait for this lock on the town."""

    def take() -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM common_municipality {lock} NOWAIT")
        except OperationalError:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(take).result()


def test_it_keeps_out_the_next_in_the_queue_and_no_new_row_of_the_town(committed: str) -> None:
    town = Municipality.objects.create(key="queue", name="Город", short_name="Город", region="Область")
    with transaction.atomic():
        hold_town(town.pk)
        assert waits(ANOTHER_IN_THE_QUEUE)
        assert not waits(FOREIGN_KEY)
    assert not waits(ANOTHER_IN_THE_QUEUE)
