"""`otklik worker`: background work only, for a second process or a second host."""

import sys

import click
from django.core.management import call_command
from django.utils.module_loading import import_string

from otklik.channels.services import reading
from otklik.common.everywhere import let_go_of_lost
from otklik.config.cli.failures import tell_failure
from otklik.config.lost_jobs import watch_lost_jobs
from otklik.config.schedule import TIMERS, Timer
from otklik.topics import services as topics


@click.command("worker")
@click.option(
    "--concurrency", default=4, show_default=True, type=click.IntRange(1, 64), help="Сколько дел вести сразу."
)
@click.option(
    "--once", is_flag=True, help="Сделать всё, что ждёт, и выйти; код выхода 1, если что-то не вышло."
)
def command(concurrency: int, once: bool) -> None:
    """Выполнять фоновые дела: приём, отправку, напоминания о сроках."""
    words = ["worker", f"--concurrency={concurrency}", "--shutdown-graceful-timeout=20"]
    # Several at once by default: an hour's counting must not hold up the reading of channels.
    words.append("--delete-jobs=successful")  # a timer each minute would soon be millions of rows
    failed = []
    if once:
        # Timers fill the queue by the clock only; what waits now must not wait for their next minute.
        failed = [timer for timer in TIMERS if not _is_done(timer)]
    else:
        watch_lost_jobs()
        topics.warm()  # the first message must not wait half a minute for the models
        reading.warm()
    call_command("procrastinate", *words, *(["--one-shot"] if once else []))
    if failed:
        sys.exit(1)


def _is_done(timer: Timer) -> bool:
    """Run it here and now; what fails is named and holds back no other timer."""
    try:
        import_string(timer.task)()
    except Exception as error:
        click.echo(f"{timer.task}: {tell_failure(error, 'дело остановилось')}", err=True)
        let_go_of_lost()
        return False
    return True
