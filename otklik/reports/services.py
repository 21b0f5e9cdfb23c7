"""Deeds of a report: compose -> confirm by blocks -> freeze -> approve. A frozen document never changes.

Called by the desk, the worker and the command line; calls `composing`, notices, the journal. Rights are asked by the
callers' doors except where a block decides. What leaves the house is in `delivery`.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.queue import next_number
from otklik.language.personal import find_personal
from otklik.reports.about import find_about
from otklik.reports.composing import Order, Told, basis_of, compose
from otklik.reports.forms import FORMS, Form
from otklik.reports.models import STATES, Report, ReportConfirmation
from otklik.reports.parts import Document
from otklik.reports.periods import in_words
from otklik.reports.phrases import listed
from otklik.reports.templating import version_of
from otklik.topics.models import Block

TEXT_LIMIT, WHY_LIMIT, TITLE_LIMIT = 4000, 300, 200
FIRST = {"frozen": "Сначала заморозьте цифры отчёта.", "approved": "Сначала подпишите отчёт."}


def compose_report(
    town: Municipality,
    order: Order,
    by: User | None,
    now: datetime,
    additions: Mapping[str, str] | None = None,
    told: Told | None = None,
) -> Report:
    """Keep a draft of the paper. Raises Refused for a period that has not begun or personal data in the words."""
    typed = _checked(order.form, additions or {})
    document = compose(town, order, now, typed, told=told)
    report = Report.objects.create(
        municipality=town,
        form=order.form.key,
        charter_key=order.charter_key,
        about_kind=order.about.kind,
        about_key=order.about.key,
        title=_title(order, document),
        since=order.period.since,
        until=order.period.until,
        additions=typed,
        document=document.to_data(),
        basis=basis_of(town, order),
        composed_at=now,
        composed_by=by,
    )
    record(report, "reports.composed", by, town, title=named(report))
    return report


def recompose(report: Report, additions: Mapping[str, str], by: User, now: datetime) -> Report:
    """The draft again: today's figures, other words. Blocks that had confirmed the old one confirm anew."""
    _lock(report, "draft")
    report.additions = _checked(FORMS[report.form], additions)
    report.confirmations.update(at=None)
    _write(report, now)
    report.save()
    record(report, "reports.recomposed", by, report.municipality, title=named(report))
    return report


def drop_draft(report: Report, by: User) -> None:
    """Take a draft away; what has been frozen stays for good."""
    _lock(report, "draft")
    record(report, "reports.dropped", by, report.municipality, title=named(report))
    report.delete()


@carries_out("BOG-III.4.7.4", "MIH-4.1.3.4", "MIH-4.1.3.5")
def confirm_block(
    report: Report, block_key: str, by: User, now: datetime, text: str | None = None
) -> ReportConfirmation:
    """The block's head says the figures of the block are right and, in a draft, adds what the block has done.

    Without `text` the words of the block stay as they are.
    """
    _lock(report, "draft", "frozen")
    block, rights = _block(report, block_key), rights_of(by, report.municipality)
    if not may_confirm(rights, block_key):
        raise Refused(f"Часть «{block.title}» подтверждает руководитель блока или тот, кто проверяет отчёты.")
    kept = report.confirmations.filter(block_key=block_key).first()
    words = kept.text if kept and text is None else checked_text(f"«{block.title}»", text or "")
    is_new = words != (kept.text if kept else "")
    if is_new and report.state != "draft":
        raise Refused("Отчёт заморожен: дописать нельзя, можно только подтвердить.")
    if kept and kept.at and not is_new:
        raise Refused(f"Часть «{block.title}» уже подтверждена.")
    confirmation, _ = ReportConfirmation.objects.update_or_create(
        municipality=report.municipality,
        report=report,
        block_key=block_key,
        defaults={
            "block_title": block.title,
            "text": words,
            "by": by,
            "by_title": rights.title,
            "at": now,
        },
    )
    if is_new:
        _write(report, now)
        report.save()
    details = {"block": block_key, "with_words": is_new}
    record(report, "reports.confirmed", by, report.municipality, title=named(report), details=details)
    return confirmation


def freeze(report: Report, by: User | None, now: datetime) -> Report:
    """Fix the figures of this moment under a number. Raises Refused before the period has ended.

    Of two people who freeze at once the second is refused; numbers of a form follow one another without gaps.
    """
    _lock(report, "draft")
    if report.until >= now.astimezone(ZoneInfo(report.municipality.time_zone)).date():
        raise Refused("Период ещё не закончился: заморозить отчёт можно на следующий день.")
    _write(report, now)
    report.basis["template"] = version_of(report.municipality, report.form)
    report.number = next_number(Report, report.municipality, form=report.form)
    report.digest = digest_of(report)
    report.state, report.frozen_at, report.frozen_by = "frozen", now, by
    report.save()
    details = {"digest": report.digest, "number": report.number}
    record(report, "reports.frozen", by, report.municipality, title=named(report), details=details)
    return report


@carries_out("BOG-II.2.2.3", "BOR-3.2.а.1", "DEM-2.2.5.3", "MIH-2.2.2.3", "MIH-3.2.9", "MIH-3.2.9.1")
def approve(report: Report, by: User, now: datetime, why: str = "") -> Report:
    """Sign a frozen paper by one's post. Without the word of some block only with a reason, which the paper shows."""
    _lock(report, "frozen")
    silent, said = unconfirmed(report), checked_text("Причина", why)[:WHY_LIMIT]
    if silent and not said:
        names = listed([f"«{one}»" for one in silent])
        raise Refused(
            f"Не подтвердили свою часть: {names}. Дождитесь их или напишите, почему подписываете без них."
        )
    report.state, report.approved_at, report.approved_by = "approved", now, by
    report.signer_title = rights_of(by, report.municipality).title
    report.unconfirmed_why = said if silent else ""
    report.save()
    leave_notice(
        report.municipality, f"{named(report)}: подписано", address_of(report), permission="reports.view"
    )
    record(report, "reports.approved", by, report.municipality, why=said, title=named(report))
    return report


def unconfirmed(report: Report) -> list[str]:
    """Titles of the blocks that have not said their word yet."""
    if not FORMS[report.form].by_blocks:
        return []
    done = report.confirmations.filter(at__isnull=False).values("block_key")
    silent = Block.objects.filter(municipality=report.municipality).exclude(key__in=done)
    return list(silent.values_list("title", flat=True))


def may_confirm(rights: Rights, block_key: str) -> bool:
    """The head of the block, or whoever verifies reports."""
    return block_key in rights.block_keys or "reports.verify" in rights.permissions


def order_of(report: Report) -> Order:
    """What the report was composed by; the thing it is about goes by its title of today."""
    about = find_about(report.municipality, report.about_kind, report.about_key)
    return Order(FORMS[report.form], Period(report.since, report.until), report.charter_key, about)


def digest_of(report: Report) -> str:
    """SHA-256 of the document and its basis: a frozen paper proves by it that it is what was signed."""
    line = json.dumps([report.document, report.basis], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(line.encode()).hexdigest()


def address_of(report: Report) -> str:
    """Where the paper is read on the desk."""
    return f"/reports/{report.pk}/"


def checked_text(label: str, text: str) -> str:
    """Words for a report, trimmed. Raises Refused when they are too long or hold personal data."""
    said = text.strip()
    if len(said) > TEXT_LIMIT:
        raise Refused(f"{label}: больше {TEXT_LIMIT} знаков, сократите.")
    if find_personal(said):
        raise Refused(
            f"{label}: в тексте есть личные данные. В отчёте называют должности, места и номера карточек."
        )
    return said


def check_state(report: Report, *states: str) -> None:
    """Raises Refused that says what stands before, or that it is too late."""
    if report.state in states:
        return
    order = list(dict(STATES))
    if order.index(report.state) < order.index(states[0]):
        raise Refused(FIRST[states[0]])
    raise Refused(f"Отчёт уже {report.get_state_display()}: обновите страницу.")


def lock(report: Report) -> None:
    """Hold the row until the deed is done: what another person has just done is seen, not overwritten."""
    report.refresh_from_db(from_queryset=Report.objects.select_for_update())


def named(report: Report) -> str:
    """«Аналитическая записка № 3 за октябрь 2026 года»."""
    return f"{report} за {in_words(Period(report.since, report.until))}"


def _title(order: Order, document: Document) -> str:
    """A paper about one thing is told from another by it."""
    whole = f"{document.heading} {document.subject}" if order.about.title else document.heading
    return whole[:TITLE_LIMIT]


def _lock(report: Report, *states: str) -> None:
    lock(report)
    check_state(report, *states)


def _block(report: Report, key: str) -> Block:
    block = Block.objects.filter(municipality=report.municipality, key=key).first()
    if block is None or not FORMS[report.form].by_blocks:
        raise Refused("В этом отчёте нет такого блока.")
    return block


def _write(report: Report, now: datetime) -> None:
    order = order_of(report)
    said = {one.block_key: one.text for one in report.confirmations.all() if one.text}
    document: Document = compose(report.municipality, order, now, report.additions, said)
    report.document = document.to_data()
    report.basis = basis_of(report.municipality, order)
    report.composed_at = now


def _checked(form: Form, additions: Mapping[str, str]) -> dict[str, str]:
    """What may be added to this form."""
    typed = {key: checked_text(f"«{label}»", additions.get(key, "")) for key, label in form.typed.items()}
    return {key: text for key, text in typed.items() if text}
