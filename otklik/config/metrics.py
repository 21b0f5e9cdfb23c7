"""The few figures that show trouble early: work that waits, work that failed, messages nobody could read."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.models import Count, Q
from procrastinate.contrib.django.models import ProcrastinateJob
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from otklik.channels.models import Outgoing, RawMessage
from otklik.common.scope import within_all


def gauges() -> bytes:
    """All gauges in Prometheus's text form; with the database down, that alone is told."""
    registry = CollectorRegistry()
    up = Gauge("otklik_database_up", "Whether the database answers", registry=registry)
    try:
        for measure in MEASURES:
            measure(registry)
        up.set(1)
    except DatabaseError:
        up.set(0)
    return generate_latest(registry)


def _jobs(registry: CollectorRegistry) -> None:
    gauge = Gauge("otklik_jobs", "Background jobs by state", ["state"], registry=registry)
    for state, count in ProcrastinateJob.objects.values_list("status").annotate(Count("id")):
        gauge.labels(state).set(count)


def _messages(registry: CollectorRegistry) -> None:
    raw = Gauge("otklik_raw_messages", "Raw messages not yet cases", ["state"], registry=registry)
    outgoing = Gauge("otklik_outgoing_waiting", "Answers and notices waiting to be sent", registry=registry)
    with within_all():
        waiting = RawMessage.objects.filter(state__in=["new", "failed"])
        counts = waiting.aggregate(
            new=Count("id", filter=Q(state="new")), failed=Count("id", filter=Q(state="failed"))
        )
        outgoing.set(Outgoing.objects.filter(state="waiting").count())
    for state, count in counts.items():
        raw.labels(state).set(count)


def _size(registry: CollectorRegistry) -> None:
    gauge = Gauge("otklik_database_bytes", "Size of the database on disk", registry=registry)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        row = cursor.fetchone()
    gauge.set(row[0] if row else 0)


MEASURES: tuple[Callable[[CollectorRegistry], None], ...] = (_jobs, _messages, _size)
