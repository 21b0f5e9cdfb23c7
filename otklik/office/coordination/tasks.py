"""Timers of coordination: a draft of the next plan, lines about what is due. Each may run twice."""

from datetime import timedelta

from django.utils import timezone

from otklik.accounts.services import leave_notice, leave_once
from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality
from otklik.common.periods import say_period
from otklik.common.today import today_in
from otklik.common.words import table_day
from otklik.office.coordination.models import InquiryPart, WorkPlan
from otklik.office.coordination.norms import DRAFT_DAYS, remind_days
from otklik.office.coordination.rules import plan_period
from otklik.office.coordination.selectors import late_or_soon
from otklik.office.coordination.services.common import people_in, people_on
from otklik.office.coordination.services.plans import draft_plan
from otklik.office.coordination.words import inquiry_address, plan_address


def draft_next_plans() -> int:
    """Draft the plan of the next quarter where it begins soon and nobody has; returns how many."""
    return everywhere(_draft_next_plan)


def remind() -> int:
    """Leave the lines about plan items and answers that are due or late and are not left yet; returns how many."""
    return everywhere(lambda town: _remind_of_items(town) + _remind_of_requests(town))


def _draft_next_plan(town: Municipality) -> bool:
    today = today_in(town)
    period = plan_period(today, 1)
    is_early = today + timedelta(days=DRAFT_DAYS) < period.since
    same = WorkPlan.objects.filter(municipality=town, since=period.since, until=period.until)
    if is_early or same.exists():
        return False
    plan = draft_plan(town, period, None, timezone.now())
    text = f"Проект плана на {say_period(period)} готов: назовите ответственных"
    leave_notice(town, text, plan_address(plan), permission="office.organise")
    return True


def _remind_of_items(town: Municipality) -> int:
    today, left = today_in(town), 0
    for item in late_or_soon(town, today, remind_days(town)):
        words = (
            f"просрочено, срок был {table_day(item.due)}"
            if item.due < today
            else f"срок {table_day(item.due)}"
        )
        text, link = f"План: {item.text[:200]}, {words}", plan_address(item.plan)
        people = people_on([item.post], today) if item.post else []
        left += sum(leave_once(town, text, link, user=user) for user in people)
        if not people:
            left += leave_once(town, text, link, "office.organise")
    return left


def _remind_of_requests(town: Municipality) -> int:
    today = today_in(town)
    last = today + timedelta(days=remind_days(town))
    rows = InquiryPart.objects.filter(municipality=town, answered_at=None, due__lte=last)
    left = 0
    for part in rows.filter(inquiry__closed_at=None, inquiry__withdrawn_at=None).select_related(
        "inquiry", "body"
    ):
        words = (
            f"просрочен, срок был {table_day(part.due)}"
            if part.due < today
            else f"нужен до {table_day(part.due)}"
        )
        text, link = f"{part.inquiry}, {part.body.short_name}: ответ {words}", inquiry_address(part.inquiry)
        if part.body.is_external:
            left += leave_once(town, text, link, "office.organise")
        else:
            left += sum(leave_once(town, text, link, user=user) for user in people_in(part.body, today))
    return left
