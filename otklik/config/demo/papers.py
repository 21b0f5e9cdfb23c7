"""Papers of a demo town: what was due is composed, confirmed and signed; what is due next waits as a draft."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from otklik.accounts.models import User
from otklik.accounts.selectors import people_with, rights_of
from otklik.analytics.rating.services import freeze
from otklik.analytics.rating.spans import MONTH, span_before, span_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.reports import services
from otklik.reports.composing import Order
from otklik.reports.delivery import mark_sent
from otklik.reports.models import Report
from otklik.reports.selectors import DueSlot, Duty, blocks_of, duties_of

SENT = "СЭД"


def make_papers(town: Municipality, now: datetime) -> int:
    """Compose and sign what was due by now, leave a draft of what is due next; returns how many papers there are."""
    freeze_rating(town, now)
    composer, signer = _one(town, "reports.compose"), _one(town, "reports.verify")
    if composer is None or signer is None:
        return 0
    for duty in duties_of(town, now.astimezone(ZoneInfo(town.time_zone)).date()):
        for slot in sorted(duty.slots, key=lambda one: one.slot.due):
            _make(town, duty, slot, (composer, signer), now)
    return Report.objects.filter(municipality=town).count()


def freeze_rating(town: Municipality, now: datetime) -> None:
    """Freeze the month that has ended by now; nothing where the charter rates nobody."""
    month = span_before(span_of(now.astimezone(ZoneInfo(town.time_zone)).date(), MONTH))
    try:
        freeze(town, month, _one(town, "analytics.rate"), now)
    except Refused:  # this charter rates nobody
        return


def _make(town: Municipality, duty: Duty, slot: DueSlot, people: tuple[User, User], now: datetime) -> None:
    composer, signer = people
    zone, period = ZoneInfo(town.time_zone), slot.slot.period
    morning = datetime.combine(period.until + timedelta(days=1), time(10), zone)
    if duty.form is None or slot.report or morning > now:
        return
    order = Order(duty.form, period, duty.key)
    report = services.compose_report(town, order, composer, morning)
    if slot.is_late:
        sign_paper(report, (composer, signer), morning)


def sign_paper(report: Report, people: Sequence[User], morning: datetime) -> None:
    """Blocks confirm their parts, the composer freezes, the signer signs, the paper leaves: all before evening."""
    composer, signer = people
    for part in blocks_of(report, rights_of(signer, report.municipality)):
        services.confirm_block(report, part.key, signer, morning + timedelta(hours=1), "")
    services.freeze(report, composer, morning + timedelta(hours=2))
    services.approve(report, signer, morning + timedelta(hours=3))
    mark_sent(report, SENT, composer, morning + timedelta(hours=4))


def _one(town: Municipality, permission: str) -> User | None:
    return people_with(permission, town).order_by("id").first()
