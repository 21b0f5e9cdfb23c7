"""Papers the worker composes: those due by the charter, ordered ahead, and those too big for a person to wait for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.analytics.selectors import sums
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before
from otklik.common.scope import within
from otklik.common.today import today_in
from otklik.reports.about import find_about
from otklik.reports.composing import Order, Told, sections_of
from otklik.reports.forms import FORMS
from otklik.reports.models import Composition
from otklik.reports.periods import in_words
from otklik.reports.selectors import duties_of
from otklik.reports.services import address_of, compose_report, named

BIG = 50_000
"""Cards of both compared periods above which a person is shown progress instead of a page that does not come."""
LEASE = timedelta(minutes=15)
TOO_LONG = "Составление оборвалось. Закажите отчёт ещё раз."


def is_big(town: Municipality, period: Period) -> bool:
    """Whether the paper of these days is left to the worker."""
    both = Period(before(period).since, period.until)
    return sums([town.pk], both, (), None, ("received",))[()]["received"] > BIG


def order_composition(town: Municipality, order: Order, by: User | None, now: datetime) -> Composition:
    """Put a paper into the queue. Raises Refused when the same one is waiting there."""
    asked = {
        "municipality": town,
        "form": order.form.key,
        "charter_key": order.charter_key,
        "about_kind": order.about.kind,
        "about_key": order.about.key,
        "since": order.period.since,
        "until": order.period.until,
    }
    if Composition.objects.filter(**asked, state__in=["waiting", "running"]).exists():
        raise Refused("Этот отчёт уже составляется: подождите, он появится в списке.")
    total = len(sections_of(town, order))
    return Composition.objects.create(**asked, by=by, asked_at=now, total=total)


def order_due(town: Municipality, now: datetime) -> int:
    """Order drafts of the newest ended period of every duty that has none yet; returns how many."""
    ordered = 0
    for duty in duties_of(town, today_in(town)):
        for one in duty.slots[:1]:
            if duty.form is None or duty.form.about or one.report is not None:
                continue
            own = Composition.objects.filter(
                municipality=town, form=duty.form.key, charter_key=duty.key, since=one.slot.period.since
            )
            # A draft a person has dropped is not made again behind his back.
            if not own.filter(until=one.slot.period.until).exists():
                order_composition(town, Order(duty.form, one.slot.period, duty.key), None, now)
                ordered += 1
    return ordered


def compose_next(town: Municipality, now: datetime) -> bool:
    """Compose the oldest waiting paper of the municipality; False when nothing waits. Call outside a transaction."""
    with within(town.pk):
        taken = _claim(town, now)
    if taken is None:
        return False
    try:
        with within(town.pk), _progress(taken) as told:
            _compose(taken, now, told)
    except Refused as refusal:
        _end(taken, "failed", str(refusal))
    except Exception:
        _end(taken, "failed", TOO_LONG)
        raise
    return True


def _claim(town: Municipality, now: datetime) -> Composition | None:
    cut = Q(state="running", started_at__lt=now - LEASE)
    waiting = Composition.objects.filter(Q(state="waiting") | cut, municipality=town)
    rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("municipality")
    taken = rows.order_by("asked_at").first()
    if taken is not None:
        taken.state, taken.started_at, taken.done = "running", now, 0
        taken.save(update_fields=["state", "started_at", "done"])
    return taken


def _compose(taken: Composition, now: datetime, told: Told) -> None:
    town, by = taken.municipality, taken.by
    about = find_about(town, taken.about_kind, taken.about_key)
    order = Order(FORMS[taken.form], Period(taken.since, taken.until), taken.charter_key, about)
    report = compose_report(town, order, by, now, told=told)
    taken.state, taken.report, taken.done = "done", report, taken.total
    taken.save(update_fields=["state", "report", "done"])
    if by is None:
        text = f"{named(report)}: проект составлен по расписанию, проверьте"
        leave_notice(town, text, address_of(report), permission="reports.compose")
    else:
        leave_notice(town, f"{named(report)}: проект составлен", address_of(report), user=by)


def _end(taken: Composition, state: str, error: str) -> None:
    with within(taken.municipality_id):
        Composition.objects.filter(pk=taken.pk).update(state=state, error=error[:300])


@contextmanager
def _progress(taken: Composition) -> Iterator[Told]:
    """Writes how far the paper has come by a connection of its own: the composing one has not committed yet."""
    beside = connections.create_connection(DEFAULT_DB_ALIAS)

    def tell(done: int, total: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute("SELECT set_config('otklik.scope', %s, false)", [str(taken.municipality_id)])
            cursor.execute(
                "UPDATE reports_composition SET done = %s, total = %s WHERE id = %s", [done, total, taken.pk]
            )

    try:
        yield tell
    finally:
        beside.close()


def words_of(one: Composition) -> str:
    """«Аналитическая записка за октябрь 2026 года»."""
    return f"{FORMS[one.form].heading} за {in_words(Period(one.since, one.until))}"
