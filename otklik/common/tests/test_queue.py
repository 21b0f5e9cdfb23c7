"""The queue of a town and its lines: two who want the same wait for each other, all others go on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction

from otklik.common.models import Municipality
from otklik.common.queue import hold_line, hold_town

# What PostgreSQL takes on the town for a new row that names it.
FOREIGN_KEY = "FOR KEY SHARE"
ANOTHER_IN_THE_QUEUE = "FOR NO KEY UPDATE"


def waits(take: Callable[[], object]) -> bool:
    """Whether another connection would have to wait for what this takes."""

    def run() -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
                take()
        except OperationalError:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def town_row(lock: str) -> Callable[[], object]:
    """Take the row of the town by this lock."""

    def take() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM common_municipality {lock}")

    return take


def made(key: str) -> Municipality:
    return Municipality.objects.create(key=key, name="Город", short_name="Город", region="Область")


def test_it_keeps_out_the_next_in_the_queue_and_no_new_row_of_the_town(committed: str) -> None:
    town = made("queue")
    with transaction.atomic():
        hold_town(town.pk)
        assert waits(town_row(ANOTHER_IN_THE_QUEUE))
        assert not waits(town_row(FOREIGN_KEY))
    assert not waits(town_row(ANOTHER_IN_THE_QUEUE))


def test_it_keeps_out_the_next_of_the_same_line_and_nobody_of_another(committed: str) -> None:
    town, other = made("line"), made("other")
    with transaction.atomic():
        hold_line(Municipality, town)
        assert waits(lambda: hold_line(Municipality, town))
        assert not waits(lambda: hold_line(Municipality, other)), "another town"
        assert not waits(lambda: hold_line(ContentType, town)), "another kind of rows"
        assert not waits(lambda: hold_town(town.pk)), "the queue of the town itself"
    assert not waits(lambda: hold_line(Municipality, town))
