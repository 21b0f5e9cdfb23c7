"""Jobs of a worker that was killed: their timers must not wait for it for ever.

A job in work holds the lock of its timer. The library forgets a worker that gives no sign of life for half a minute
and leaves its jobs as they were; here they are ended, and the next tick of the clock makes new ones.
"""

import logging
import threading
import time

from django.db import DatabaseError, connection

EVERY_SECONDS = 10.0
SILENT_SECONDS = 30
FORGET = "DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => %s)"
RELEASE = "UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'doing' AND worker_id IS NULL"
log = logging.getLogger(__name__)


def release_lost_jobs() -> int:
    """End jobs whose worker is gone; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [SILENT_SECONDS])
        cursor.execute(RELEASE)
        return int(cursor.rowcount)


def watch_lost_jobs() -> None:
    """Look again and again beside the worker, till the process ends."""
    threading.Thread(target=_watch, name="lost-jobs", daemon=True).start()


def _watch() -> None:
    while True:
        try:
            released = release_lost_jobs()
            if released:
                log.warning("released %s jobs of a lost worker", released)
        except DatabaseError as error:
            # The server of the database was restarted: the next look is on a new line.
            log.warning("lost jobs: %s", type(error).__name__)
        finally:
            connection.close()
        time.sleep(EVERY_SECONDS)
