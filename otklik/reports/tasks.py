"""Timers of reports: papers composed ahead, letters that have left, lines about what is due. Each may run twice."""

from datetime import date

from django.utils import timezone

from otklik.accounts.services import leave_once
from otklik.common.everywhere import everywhere, everywhere_in_steps
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.today import today_in
from otklik.common.words import table_day
from otklik.reports.delivery import settle
from otklik.reports.drafting import compose_next, order_due
from otklik.reports.handover.services import hand_over_due, make_due
from otklik.reports.material_state import lines_of
from otklik.reports.materials import address_of_request, heads_of
from otklik.reports.models import RequestPart
from otklik.reports.norms import drafts_itself, remind_days
from otklik.reports.periods import in_words
from otklik.reports.selectors import DueSlot, Duty, duties_of

PAGE = "/reports/"
MOST_AT_ONCE = 20


def compose_waiting() -> int:
    """Compose what is ordered, municipality by municipality; returns how many papers were tried."""
    return everywhere_in_steps(_compose_waiting)


def settle_sent() -> int:
    """Reports whose letters have left become sent; returns how many."""
    return everywhere(settle)


def order_drafts() -> int:
    """Order drafts of papers whose period has ended, where the charter's parameter lets; returns how many."""
    return everywhere(_order_drafts)


def remind() -> int:
    """Leave the lines about papers, requests and parts that are due or late and are not left yet."""
    return everywhere(_remind)


def hand_tables() -> int:
    """Make tables for the region that are due and leave them in their depots; returns how many left."""
    return everywhere_in_steps(_hand_tables)


def _compose_waiting(municipality: Municipality) -> int:
    for made in range(MOST_AT_ONCE):
        if not compose_next(municipality, timezone.now()):
            return made
    return MOST_AT_ONCE


def _order_drafts(municipality: Municipality) -> int:
    return order_due(municipality, timezone.now()) if drafts_itself(municipality) else 0


def _hand_tables(municipality: Municipality) -> int:
    now = timezone.now()
    with within(municipality.pk):
        make_due(municipality, now)
    return hand_over_due(municipality, now)


def _remind(municipality: Municipality) -> int:
    today, ahead, left = today_in(municipality), remind_days(municipality), 0
    for duty in duties_of(municipality, today):
        # Only the newest period: what was missed long ago stands on the screen and is not repeated.
        for one in duty.slots[:1]:
            if one.is_waited_for and (one.slot.due - today).days <= ahead:
                left += _tell(municipality, duty, one)
    return left + _remind_of_requests(municipality, today, ahead)


def _tell(municipality: Municipality, duty: Duty, one: DueSlot) -> int:
    period, due = in_words(one.slot.period), table_day(one.slot.due)
    words = f"просрочен, срок был {due}" if one.is_late else f"срок {due}"
    return leave_once(municipality, f"{duty.title} за {period}: {words}", PAGE, "reports.compose")


def _remind_of_requests(municipality: Municipality, today: date, ahead: int) -> int:
    left = 0
    for line in lines_of(municipality, today):
        request = line.request
        if not line.is_open:
            continue
        if line.days_left <= ahead:
            words = f"просрочен, срок был {table_day(request.due)}" if line.is_late else ""
            text = f"{request}: {words or f'срок {table_day(request.due)}'}, {line.words}"
            left += leave_once(municipality, text, address_of_request(request), "reports.compose")
        if line.state == "collecting":
            left += sum(_remind_of_part(part, today, ahead) for part in request.parts.all())
    return left


def _remind_of_part(part: RequestPart, today: date, ahead: int) -> int:
    if part.confirmed_at or (part.due - today).days > ahead:
        return 0
    words = "просрочена, была нужна" if part.due < today else "нужна"
    text = f"{part.request}: часть «{part.block_title}» {words} до {table_day(part.due)}"
    link, town = address_of_request(part.request), part.municipality
    return sum(leave_once(town, text, link, user=head) for head in heads_of(town, part.block_key))
