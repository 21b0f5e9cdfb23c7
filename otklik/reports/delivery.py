"""How a signed paper leaves: a letter with its files through the queue of outgoing, or handed over by a person.

Every way is kept. A report is «отправлен» when the letter has really left, or when a person says how it was given.
"""

from collections.abc import Sequence
from datetime import datetime

from otklik.accounts.models import User
from otklik.accounts.services import leave_once
from otklik.audit.services import record
from otklik.channels.adapters.email.adapter import is_address
from otklik.channels.files import store_file
from otklik.channels.services import channel_of_kind, make_outgoing
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.words import tie
from otklik.language.personal import find_personal
from otklik.reports.files import file_of
from otklik.reports.models import Dispatch, Report
from otklik.reports.selectors import document_of
from otklik.reports.services import WHY_LIMIT, address_of, check_state, lock, named

ATTACHED = ("pdf", "docx", "xlsx")
KIND = "report"
NO_WAY = "Письмо с отчётом не ушло: {}. Исправьте и отправьте снова или отметьте, как передан отчёт."


def send_by_mail(report: Report, recipient: str, forms: Sequence[str], by: User, now: datetime) -> Dispatch:
    """Put the letter into the queue; the report is sent when it leaves. Raises Refused.

    The same paper to the same address waits or leaves once.
    """
    lock(report)
    check_state(report, "approved", "sent")
    address, chosen = recipient.strip(), [one for one in ATTACHED if one in forms]
    if not is_address(address):
        raise Refused(f"«{address[:60]}» — не адрес почты. Напишите ящик, куда отправить отчёт.")
    if not chosen:
        raise Refused("Выберите, какие файлы приложить: PDF, DOCX или XLSX.")
    if _is_on_its_way(report, address):
        raise Refused(f"На {address} этот отчёт уже отправлен или ждёт отправки.")
    drawn = [file_of(report, one) for one in chosen]
    files = [store_file(content, name, report.municipality) for name, content in drawn]
    document = document_of(report)
    outgoing = make_outgoing(
        channel=channel_of_kind(report.municipality, "email"),
        kind=KIND,
        about=f"report-{report.pk}",
        recipient=address,
        subject=f"{named(report)}. {document.centre}"[:300],
        body=_letter(report, document.centre),
        key=f"report:{report.pk}:{address}:{report.dispatches.count() + 1}"[:120],
        files=files,
        now=now,
    )
    dispatch = Dispatch.objects.create(
        municipality=report.municipality,
        report=report,
        outgoing=outgoing,
        recipient=address,
        by=by,
        at=now,
    )
    record(report, "reports.mailed", by, report.municipality, title=named(report))
    return dispatch


def mark_sent(report: Report, how: str, by: User, now: datetime, number: str = "") -> Report:
    """Write down how the signed paper was given: by СЭД, by hand, its number there."""
    lock(report)
    check_state(report, "approved", "sent")
    said = how.strip()
    if not said or len(said) > WHY_LIMIT:
        raise Refused("Напишите, как отправлен отчёт: СЭД, почта, на руки — и номер, если он есть.")
    if find_personal(said):
        raise Refused("Напишите, куда передан отчёт, без личных данных: орган, должность, номер.")
    Dispatch.objects.create(
        municipality=report.municipality,
        report=report,
        recipient=said,
        number=number.strip()[:100],
        by=by,
        at=now,
    )
    _sent(report, said if not number.strip() else f"{said}, № {number.strip()}"[:WHY_LIMIT], by, now)
    return report


def settle(municipality: Municipality) -> int:
    """Reports whose letter has left become sent, a letter that cannot leave is told of; returns how many changed."""
    changed = 0
    waiting = Dispatch.objects.filter(municipality=municipality, outgoing__isnull=False)
    for one in waiting.filter(report__state="approved").select_related("report", "outgoing", "by"):
        letter = one.outgoing
        if letter is None:
            continue
        if letter.state == "sent" and letter.sent_at:
            lock(one.report)
            if one.report.state == "approved":
                _sent(one.report, f"почта, {one.recipient}", one.by, letter.sent_at)
                changed += 1
        elif letter.state in ("dead", "by_hand"):
            changed += _tell(one.report, letter.error)
    return changed


def _sent(report: Report, how: str, by: User, now: datetime) -> None:
    """The first way makes the report sent, others are only kept."""
    if report.state == "approved":
        report.state, report.sent_at, report.sent_by, report.sent_how = "sent", now, by, how[:WHY_LIMIT]
        report.save(update_fields=["state", "sent_at", "sent_by", "sent_how"])
    record(report, "reports.sent", by, report.municipality, why=how, title=named(report))


def _tell(report: Report, error: str) -> int:
    text = f"{named(report)}. {NO_WAY.format(error.rstrip('.') or 'почта не настроена')}"
    return leave_once(report.municipality, text, address_of(report), "reports.verify")


def _is_on_its_way(report: Report, address: str) -> bool:
    mailed = report.dispatches.filter(recipient__iexact=address, outgoing__isnull=False)
    return mailed.exclude(outgoing__state__in=["dead", "by_hand"]).exists()


def _letter(report: Report, centre: str) -> str:
    lines = [
        f"{named(report)}.",
        "",
        "Документ во вложении. Личных данных в нём нет.",
        "",
        f"{report.signer_title}, {centre}",
    ]
    return tie("\n".join(lines))
