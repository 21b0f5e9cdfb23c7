"""The list of timers: each names a function that exists."""

import pytest
from django.db import connection
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from otklik.config.schedule import TIMERS, Timer, drop_old_jobs


@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.task)
def test_every_timer_has_its_function_and_is_registered(timer: Timer) -> None:
    assert callable(import_string(timer.task))
    assert timer.name in app.tasks


def test_no_function_is_timed_twice() -> None:
    assert len({timer.task for timer in TIMERS}) == len(TIMERS)


@pytest.mark.django_db
def test_it_forgets_only_old_finished_jobs() -> None:
    with connection.cursor() as cursor:
        for status, age in (("failed", 20), ("failed", 2), ("todo", 20)):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('q', %s, '{}', 'todo')"
                " RETURNING id",
                [f"{status}-{age}"],
            )
            job = cursor.fetchone()[0]
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - make_interval(days => %s) WHERE job_id = %s",
                [age, job],
            )
        assert drop_old_jobs() == 1
        cursor.execute("SELECT task_name FROM procrastinate_jobs ORDER BY 1")
        assert cursor.fetchall() == [("failed-2",), ("todo-20",)]
