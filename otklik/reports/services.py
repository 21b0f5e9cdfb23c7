"""Deeds of a report: compose -> confirm by blocks -> freeze -> approve -> send. A frozen document never changes.

Called by the desk and the command line; calls `composing`, notices, the journal. Rights are asked by the callers'
doors except where a block decides.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Max

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.language.personal import find_personal
from otklik.reports.composing import Order, basis_of, compose
from otklik.reports.forms import FORMS, Form
from otklik.reports.models import STATES, Report, ReportConfirmation
from otklik.reports.parts import Document
from otklik.reports.periods import in_words
from otklik.topics.models import Block

TEXT_LIMIT, HOW_LIMIT = 4000, 300
FIRST = {"frozen": "Сначала заморозьте цифры отчёта.", "approved": "Сначала подпишите отчёт."}


def compose_report(
    town: Municipality,
    order: Order,
    by: User | None,
    now: datetime,
    additions: Mapping[str, str] | None = None,
) -> Report:
    """Keep a draft of the paper. Raises Refused for a period that has not begun or personal data in the words."""
    if order.period.since > now.astimezone(ZoneInfo(town.time_zone)).date():
        raise Refused(f"Период ещё не начался: {in_words(order.period)}.")
    typed = _checked(order.form, additions or {})
    document = compose(town, order, now, typed)
    report = Report.objects.create(
        municipality=town,
        form=order.form.key,
        charter_key=order.charter_key,
        title=document.heading,
        since=order.period.since,
        until=order.period.until,
        additions=typed,
        document=document.to_data(),
        basis=basis_of(town, order),
        composed_at=now,
        composed_by=by,
    )
    record(report, "reports.composed", by, town, title=_named(report))
    return report


def recompose(report: Report, additions: Mapping[str, str], by: User, now: datetime) -> Report:
    """The draft again: today's figures, other words. Blocks that had confirmed the old one confirm anew."""
    _check_state(report, "draft")
    order = order_of(report)
    report.additions = _checked(order.form, additions)
    _write(report, order, now)
    report.save()
    report.confirmations.all().delete()
    record(report, "reports.recomposed", by, report.municipality, title=_named(report))
    return report


def drop_draft(report: Report, by: User) -> None:
    """Take a draft away; what has been frozen stays for good."""
    _check_state(report, "draft")
    record(report, "reports.dropped", by, report.municipality, title=_named(report))
    report.delete()


def confirm_block(report: Report, block_key: str, by: User, now: datetime) -> ReportConfirmation:
    """The block's head says the figures of the block are right."""
    _check_state(report, "draft", "frozen")
    rights = rights_of(by, report.municipality)
    block = Block.objects.filter(municipality=report.municipality, key=block_key).first()
    if block is None or not FORMS[report.form].by_blocks:
        raise Refused("В этом отчёте нет такого блока.")
    if not may_confirm(rights, block_key):
        raise Refused(f"Часть «{block.title}» подтверждает руководитель блока или тот, кто проверяет отчёты.")
    if report.confirmations.filter(block_key=block_key).exists():
        raise Refused(f"Часть «{block.title}» уже подтверждена.")
    confirmation = ReportConfirmation.objects.create(
        municipality=report.municipality,
        report=report,
        block_key=block_key,
        block_title=block.title,
        by=by,
        by_title=rights.title,
        at=now,
    )
    record(
        report,
        "reports.confirmed",
        by,
        report.municipality,
        title=_named(report),
        details={"block": block_key},
    )
    return confirmation


def freeze(report: Report, by: User | None, now: datetime) -> Report:
    """Fix the figures of this moment under a number. Raises Refused before the period has ended."""
    _check_state(report, "draft")
    if report.until >= now.astimezone(ZoneInfo(report.municipality.time_zone)).date():
        raise Refused("Период ещё не закончился: заморозить отчёт можно на следующий день.")
    _write(report, order_of(report), now)
    kept = Report.objects.filter(municipality=report.municipality, form=report.form)
    report.number = (kept.aggregate(last=Max("number"))["last"] or 0) + 1
    report.digest = digest_of(report)
    report.state, report.frozen_at, report.frozen_by = "frozen", now, by
    report.save()
    details = {"digest": report.digest, "number": report.number}
    record(report, "reports.frozen", by, report.municipality, title=_named(report), details=details)
    return report


def approve(report: Report, by: User, now: datetime) -> Report:
    """Sign a frozen paper by one's post."""
    _check_state(report, "frozen")
    report.state, report.approved_at, report.approved_by = "approved", now, by
    report.signer_title = rights_of(by, report.municipality).title
    report.save()
    leave_notice(
        report.municipality,
        f"{_named(report)}: подписано",
        address_of(report),
        permission="reports.view",
    )
    record(report, "reports.approved", by, report.municipality, title=_named(report))
    return report


def mark_sent(report: Report, how: str, by: User, now: datetime) -> Report:
    """Write down how the signed paper left: by СЭД, by hand, its number there."""
    _check_state(report, "approved")
    said = how.strip()
    if not said or len(said) > HOW_LIMIT:
        raise Refused("Напишите, как отправлен отчёт: СЭД, почта, на руки — и номер, если он есть.")
    report.state, report.sent_at, report.sent_by, report.sent_how = "sent", now, by, said
    report.save()
    record(report, "reports.sent", by, report.municipality, why=said, title=_named(report))
    return report


def may_confirm(rights: Rights, block_key: str) -> bool:
    """The head of the block, or whoever verifies reports."""
    return block_key in rights.block_keys or "reports.verify" in rights.permissions


def order_of(report: Report) -> Order:
    """What the report was composed by."""
    return Order(FORMS[report.form], Period(report.since, report.until), report.charter_key)


def digest_of(report: Report) -> str:
    """SHA-256 of the document and its basis: a frozen paper proves by it that it is what was signed."""
    line = json.dumps([report.document, report.basis], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(line.encode()).hexdigest()


def address_of(report: Report) -> str:
    """Where the paper is read on the desk."""
    return f"/reports/{report.pk}/"


def _write(report: Report, order: Order, now: datetime) -> None:
    document: Document = compose(report.municipality, order, now, report.additions)
    report.document = document.to_data()
    report.basis = basis_of(report.municipality, order)
    report.composed_at = now


def _checked(form: Form, additions: Mapping[str, str]) -> dict[str, str]:
    """What may be added to this form. Raises Refused for personal data: a report speaks of posts."""
    typed = {key: additions.get(key, "").strip() for key in form.typed}
    for key, text in typed.items():
        if len(text) > TEXT_LIMIT:
            raise Refused(f"«{form.typed[key]}»: больше {TEXT_LIMIT} знаков, сократите.")
        if find_personal(text):
            raise Refused(
                f"«{form.typed[key]}»: в тексте есть личные данные. "
                "В отчёте называют должности, места и номера карточек."
            )
    return {key: text for key, text in typed.items() if text}


def _check_state(report: Report, *states: str) -> None:
    """Raises Refused that says what stands before, or that it is too late."""
    if report.state in states:
        return
    order = list(dict(STATES))
    if order.index(report.state) < order.index(states[0]):
        raise Refused(FIRST[states[0]])
    raise Refused(f"Отчёт уже {report.get_state_display()}: обновите страницу.")


def _named(report: Report) -> str:
    return f"{report} за {in_words(Period(report.since, report.until))}"
