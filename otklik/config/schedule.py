"""All timers of the installation in one list; cron lines are in UTC, a task takes nothing and may run twice.

The worker alone imports a task's module, so language models never load in web processes.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.module_loading import import_string
from procrastinate import App

QUEUE = "timers"


@dataclass(frozen=True)
class Timer:
    """When (a cron line) and which function without arguments."""

    cron: str
    task: str

    @property
    def name(self) -> str:
        return f"timer:{self.task}"


TIMERS: tuple[Timer, ...] = (
    Timer("* * * * * */5", "otklik.channels.tasks.read_feeds"),
    Timer("* * * * * */2", "otklik.cases.tasks.take_in"),
    Timer("* * * * * */2", "otklik.channels.tasks.talk"),
    Timer("* * * * * */3", "otklik.cases.tasks.answer_bots"),
    Timer("* * * * * */3", "otklik.satisfaction.tasks.take_bot_scores"),
    Timer("* * * * * */10", "otklik.channels.tasks.send_waiting"),
    Timer("* * * * * */10", "otklik.channels.tasks.take_in_files"),
    Timer("* * * * * */5", "otklik.channels.tasks.fetch_media"),
    Timer("*/5 * * * *", "otklik.channels.tasks.watch"),
    Timer("5 * * * *", "otklik.cases.tasks.warn"),
    Timer("* * * * *", "otklik.risks.tasks.mind_clocks"),
    Timer("* * * * * */5", "otklik.risks.chat.tasks.take_chat"),
    Timer("*/3 * * * *", "otklik.risks.tasks.look_around"),
    Timer("*/10 * * * *", "otklik.charter.tasks.count_evidence"),
    Timer("*/15 * * * *", "otklik.analytics.tasks.correct_facts"),
    Timer("5-59/15 * * * *", "otklik.analytics.criteria.tasks.look_by_criteria"),
    Timer("25 * * * *", "otklik.problems.tasks.propose_problems"),
    Timer("*/5 * * * *", "otklik.quality.tasks.read_answers"),
    Timer("* * * * * */15", "otklik.outreach.content.tasks.place"),
    Timer("*/10 * * * *", "otklik.outreach.content.tasks.count_reach"),
    Timer("2-59/5 * * * *", "otklik.outreach.polls.tasks.keep_dates"),
    Timer("4-59/10 * * * *", "otklik.outreach.polls.tasks.stir"),
    Timer("3-59/5 * * * *", "otklik.outreach.polls.tasks.read"),
    Timer("0 6 * * *", "otklik.satisfaction.tasks.ask_after_answer"),
    Timer("20 * * * *", "otklik.satisfaction.tasks.take_outer_scores"),
    Timer("30 2 * * *", "otklik.analytics.rating.tasks.freeze_past"),
    Timer("40 2 * * *", "otklik.problems.fast_track.tasks.find_recurring"),
    Timer("50 2 * * 1", "otklik.problems.fast_track.tasks.measure_gains"),
    Timer("3-59/10 * * * *", "otklik.outreach.tasks.check_pages"),
    Timer("55 2 * * *", "otklik.problems.asking.tasks.find"),
    Timer("45 2 * * *", "otklik.risks.campaigns.tasks.propose_campaigns"),
    Timer("7-59/10 * * * *", "otklik.risks.campaigns.tasks.settle_steps"),
    Timer("55 2 * * *", "otklik.risks.campaigns.tasks.count_effects"),
    Timer("15 5 * * *", "otklik.problems.roadmaps.tasks.remind_of_measures"),
    Timer("40 2 * * *", "otklik.problems.roadmaps.tasks.count_effects"),
    Timer("* * * * * */5", "otklik.reports.tasks.compose_waiting"),
    Timer("* * * * * */30", "otklik.reports.tasks.settle_sent"),
    Timer("*/10 * * * *", "otklik.reports.tasks.hand_tables"),
    Timer("0 3 * * *", "otklik.reports.tasks.order_drafts"),
    Timer("0 5 * * *", "otklik.reports.tasks.remind"),
    Timer("35 3 * * *", "otklik.reports.open_data.tasks.publish"),
    Timer("10 5 * * *", "otklik.office.errands.tasks.remind"),
    Timer("10 3 * * *", "otklik.office.coordination.tasks.draft_next_plans"),
    Timer("10 5 * * *", "otklik.office.coordination.tasks.remind"),
    Timer("20 23 * * *", "otklik.accounts.tasks.forget"),
    Timer("30 23 * * *", "otklik.cases.tasks.forget"),
    Timer("40 23 * * *", "otklik.channels.tasks.forget"),
    Timer("50 23 * * *", "otklik.satisfaction.tasks.forget"),
    Timer("55 23 * * *", "otklik.office.tasks.forget"),
    Timer("56 23 * * *", "otklik.outreach.tasks.forget"),
    Timer("57 23 * * *", "otklik.outreach.polls.tasks.forget"),
    Timer("58 23 * * *", "otklik.risks.tasks.forget"),
)


def register(app: App) -> None:
    """Procrastinate's hook. One run of a timer at a time, at most one waiting: a slow day makes no queue."""
    for timer in TIMERS:
        _register_one(app, timer)


def _register_one(app: App, timer: Timer) -> None:
    @app.periodic(cron=timer.cron)
    @app.task(name=timer.name, queue=QUEUE, lock=timer.name, queueing_lock=timer.name)
    def run(timestamp: int) -> None:
        import_string(timer.task)()


def drop_old_jobs() -> int:
    """Forget finished jobs of more than two weeks ago; returns how many. Good ones the worker drops itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs AS job WHERE status NOT IN ('todo', 'doing') AND now() - interval '14 days'"
            " > (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id)"
        )
        return int(cursor.rowcount)
