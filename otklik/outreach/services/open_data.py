"""Sets of open data: a set is opened with its passport, issues are kept as they were published.

What stands in an issue is composed above, from daily facts; this package keeps it and knows no cases.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.audit.services import record
from otklik.channels.adapters.email.adapter import is_address
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.outreach.models import DatasetIssue, OpenDataset
from otklik.outreach.services.guard import said, speaker


@dataclass(frozen=True)
class Passport:
    """Words of a set's passport that a person answers for; phone and mail are of the post, not of a person."""

    title: str
    description: str
    keywords: str = ""
    owner_number: str = ""
    responsible_post: Post | None = None
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Issue:
    """A table to be published: its period, its columns (name, meaning, kind), its text as CSV."""

    since: date
    until: date
    columns: Sequence[tuple[str, str, str]]
    csv: str
    rows: int
    hidden: int = 0


@transaction.atomic
def open_dataset(
    municipality: Municipality, key: str, passport: Passport, by: User, now: datetime
) -> OpenDataset:
    """Decide to publish a set. Raises Refused for one that is open already."""
    speaker(by, municipality)
    if OpenDataset.objects.filter(municipality=municipality, key=key).exists():
        raise Refused("Этот набор уже открыт: правьте его паспорт.")
    made = OpenDataset.objects.create(municipality=municipality, key=key, **_checked(passport))
    record(made, "outreach.dataset_opened", by, municipality)
    return made


@transaction.atomic
def change_dataset(dataset: OpenDataset, passport: Passport, by: User) -> OpenDataset:
    """Change the words of the passport. Raises Refused."""
    speaker(by, dataset.municipality)
    fields = _checked(passport)
    for name, value in fields.items():
        setattr(dataset, name, value)
    dataset.save(update_fields=list(fields))
    record(dataset, "outreach.dataset_changed", by, dataset.municipality)
    return dataset


def _checked(passport: Passport) -> dict[str, object]:
    number = passport.owner_number.strip()
    if number and not (number.isdecimal() and len(number) in (10, 12)):
        raise Refused("ИНН владельца — 10 или 12 цифр.")
    if passport.mail.strip() and not is_address(passport.mail.strip()):
        raise Refused("Почта записана не так: нужен ящик вида open@example.ru.")
    return {
        "title": said(passport.title, 200, "Название набора"),
        "description": said(passport.description, 2000, "Описание набора"),
        "keywords": said(passport.keywords, 300, "Ключевые слова", must=False),
        "owner_number": number,
        "responsible_post": passport.responsible_post,
        "phone": passport.phone.strip()[:60],
        "mail": passport.mail.strip(),
    }


@transaction.atomic
def switch_dataset(dataset: OpenDataset, is_on: bool, by: User) -> OpenDataset:
    """Publish the set again or stop; issues published before stay where they are."""
    speaker(by, dataset.municipality)
    dataset.is_on = is_on
    dataset.save(update_fields=["is_on"])
    code = "outreach.dataset_opened" if is_on else "outreach.dataset_closed"
    record(dataset, code, by, dataset.municipality)
    return dataset


@carries_out("DEM-2.2.13")
@transaction.atomic
def issue_dataset(
    dataset: OpenDataset, issue: Issue, change: str, now: datetime, by: User | None = None
) -> DatasetIssue | None:
    """Publish an issue (DEM-2.2.13); None when the newest one holds the very same table of the same days."""
    held = OpenDataset.objects.select_for_update().get(pk=dataset.pk)
    digest = hashlib.sha256(issue.csv.encode()).hexdigest()
    newest = DatasetIssue.objects.filter(dataset=held).order_by("-number").first()
    if newest and (newest.sha256, newest.since, newest.until) == (digest, issue.since, issue.until):
        return None
    columns = [list(one) for one in issue.columns]
    today = day_in(held.municipality, now)
    same_shape = newest is not None and newest.columns == columns
    made = DatasetIssue.objects.create(
        municipality=held.municipality,
        dataset=held,
        number=newest.number + 1 if newest else 1,
        at=now,
        since=issue.since,
        until=issue.until,
        change=change[:300],
        columns=columns,
        structure_on=newest.structure_on if newest and same_shape else today,
        rows=issue.rows,
        hidden=issue.hidden,
        csv=issue.csv,
        sha256=digest,
    )
    if held.first_issued_on is None:
        OpenDataset.objects.filter(pk=held.pk).update(first_issued_on=today)
    details = {"number": made.number, "rows": made.rows, "sha256": digest}
    record(made, "outreach.dataset_issued", by, held.municipality, title=held.title, details=details)
    return made
