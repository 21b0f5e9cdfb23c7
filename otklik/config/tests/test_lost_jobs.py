"""A timer whose worker was killed runs again: its job is ended, jobs of living workers are left alone."""

import pytest
from django.db import connection

from otklik.config.lost_jobs import release_lost_jobs


@pytest.mark.django_db
def test_it_ends_jobs_of_workers_that_are_gone() -> None:
    with connection.cursor() as cursor:
        workers = []
        for age in (5, 300):
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
                " RETURNING id",
                [age],
            )
            workers.append(cursor.fetchone()[0])
        for name, worker in (("living", workers[0]), ("silent", workers[1]), ("forgotten", None)):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args) VALUES ('q', %s, %s, '{}')"
                " RETURNING id",
                [name, name],
            )
            job = cursor.fetchone()[0]
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job]
            )
        assert release_lost_jobs() == 2
        assert release_lost_jobs() == 0
        cursor.execute("SELECT task_name, status FROM procrastinate_jobs ORDER BY 1")
        assert cursor.fetchall() == [("forgotten", "failed"), ("living", "doing"), ("silent", "failed")]
