"""`otklik worker`: background work only, for a second process or a second host."""

import click
from django.core.management import call_command
from django.utils.module_loading import import_string

from otklik.config.lost_jobs import watch_lost_jobs
from otklik.config.schedule import TIMERS
from otklik.topics.services import warm


@click.command("worker")
@click.option(
    "--concurrency", default=4, show_default=True, type=click.IntRange(1, 64), help="Сколько дел вести сразу."
)
@click.option("--once", is_flag=True, help="Сделать всё, что ждёт, и выйти.")
def command(concurrency: int, once: bool) -> None:
    """Выполнять фоновые дела: приём, отправку, напоминания о сроках."""
    words = ["worker", f"--concurrency={concurrency}", "--shutdown-graceful-timeout=20"]
    # Several at once by default: an hour's counting must not hold up the reading of channels.
    words.append("--delete-jobs=successful")  # a timer each minute would soon be millions of rows
    if once:
        # Timers fill the queue by the clock only; what waits now must not wait for their next minute.
        for timer in TIMERS:
            import_string(timer.task)()
    else:
        watch_lost_jobs()
        warm()  # the first message must not wait half a minute for the models
    call_command("procrastinate", *words, *(["--one-shot"] if once else []))
