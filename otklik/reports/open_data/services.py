"""Sets are opened by a person and issued by the timer: once a month, the last twelve whole months anew.

Figures of a month may still grow by late answers, so an issue holds all twelve months and replaces nothing: earlier
issues stay at their addresses.
"""

from datetime import date, datetime, timedelta

from otklik.accounts.models import User
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.outreach.models import DatasetIssue, OpenDataset
from otklik.outreach.selectors import datasets_of, newest_issues, smallest_of
from otklik.outreach.services import Passport, issue_dataset, open_dataset
from otklik.reports.open_data.sets import READY, compose

MONTHS = 12
FIRST, MONTHLY = "первый выпуск", "добавлен месяц, прежние уточнены"


def open_ready(
    town: Municipality, key: str, passport: Passport, by: User, now: datetime, today: date
) -> OpenDataset:
    """Open one of the ready sets and publish its first issue at once. Raises Refused."""
    if key not in READY:
        raise Refused("Такого набора нет: выберите из списка.")
    dataset = open_dataset(town, key, passport, by, now)
    issue(dataset, today, now, by)
    return dataset


def issue(dataset: OpenDataset, today: date, now: datetime, by: User | None = None) -> DatasetIssue | None:
    """Publish the set up to the last whole month; None when nothing is new in it. Raises Refused."""
    town = dataset.municipality
    if dataset.key not in READY:
        raise Refused("Этот набор больше не составляется: прежние версии остались на портале.")
    made = compose(READY[dataset.key], town, months_before(today), smallest_of(town, today))
    change = MONTHLY if dataset.first_issued_on else FIRST
    return issue_dataset(dataset, made, change, now, by)


def issue_due(town: Municipality, today: date, now: datetime) -> int:
    """Publish every open set that has no issue of the last whole month; returns how many were published."""
    wanted = [one for one in datasets_of(town).filter(is_on=True).order_by("key") if one.key in READY]
    newest = newest_issues(wanted)
    until = months_before(today).until
    due = [one for one in wanted if one.pk not in newest or newest[one.pk].until < until]
    return sum(issue(one, today, now) is not None for one in due)


def months_before(today: date) -> Period:
    """The last twelve whole months."""
    until = today.replace(day=1) - timedelta(days=1)
    whole = until.year * 12 + until.month - MONTHS
    return Period(date(whole // 12, whole % 12 + 1, 1), until)


def next_day(until: date) -> date:
    """When the issue after this one is expected: the first of the month after the next."""
    whole = until.year * 12 + until.month + 1
    return date(whole // 12, whole % 12 + 1, 1)
