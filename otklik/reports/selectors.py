"""Questions about reports: those kept, the document ready for any medium, what the charter asks for and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from otklik.accounts.selectors import Rights
from otklik.charter.schema.office import Report as CharterReport
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import NBSP, clock, table_day
from otklik.reports.composing import form_of
from otklik.reports.forms import FORMS, Form
from otklik.reports.models import Report
from otklik.reports.parts import Document, document_from
from otklik.reports.periods import Slot, slots
from otklik.reports.phrases import listed
from otklik.reports.services import digest_of, may_confirm
from otklik.topics.models import Block

MONTHLY = "monthly"
LAW_TITLE = "Сведения по Указу № 171"
LAW_ADDRESSEE = "Администрация Президента, через ССТУ.РФ"
Kept = dict[tuple[str, str, date, date], Report]
CADENCE_WORDS = {
    "daily": "каждый день",
    "weekly": "каждую неделю",
    "twice_a_month": "два раза в месяц",
    "monthly": "каждый месяц",
    "quarterly": "каждый квартал",
    "yearly": "каждый год",
    "on_request": "по запросу",
    "as_needed": "по мере надобности",
    "not_stated": "срок в положении не назван",
}


@dataclass(frozen=True)
class Duty:
    """A paper the centre owes: by the charter or by law, with its nearest periods."""

    key: str
    title: str
    addressee: str
    cadence: str
    form: Form | None
    slots: tuple["DueSlot", ...]
    is_of_channel: bool = False


@dataclass(frozen=True)
class DueSlot:
    """A period of a duty: when due, and the newest report that answers it."""

    slot: Slot
    report: Report | None
    is_waited_for: bool
    is_late: bool


@dataclass(frozen=True)
class BlockPart:
    """A block of a report: who has confirmed it, whether the viewer may."""

    key: str
    title: str
    confirmed: str
    may_confirm: bool


def reports_of(municipality: Municipality) -> QuerySet[Report]:
    """Every report of the municipality, the newest period first."""
    return Report.objects.filter(municipality=municipality).select_related("municipality")


def without_documents(municipality: Municipality) -> QuerySet[Report]:
    """The same for lists: a document weighs a hundred times its row."""
    return reports_of(municipality).defer("document", "basis", "additions")


def document_of(report: Report) -> Document:
    """The document with its number, day, confirmations, signature. Raises ValueError when a frozen one was altered."""
    if report.digest and report.digest != digest_of(report):
        raise ValueError(f"report {report.pk} is not what was frozen")
    return replace(
        document_from(report.document),
        number=str(report.number or ""),
        day=_day(report),
        confirmed=_confirmed(report),
        signature=_signature(report),
        foot=_foot(report),
    )


def duties_of(municipality: Municipality, today: date) -> list[Duty]:
    """Papers by the charter in its order, then the monthly figures of Указ 171, which every body owes."""
    kept = {
        (one.form, one.charter_key, one.since, one.until): one
        for one in without_documents(municipality).order_by("composed_at")
    }
    made = [_duty(one, kept, today) for one in charter_of(municipality).reports.values()]
    law, key = FORMS["ukaz171"], ""
    nearest = _answered(law, key, slots(MONTHLY, [], today), kept, today)
    return [*made, Duty(key, LAW_TITLE, LAW_ADDRESSEE, CADENCE_WORDS[MONTHLY], law, nearest)]


def blocks_of(report: Report, rights: Rights) -> list[BlockPart]:
    """Blocks that check their part; none for a form without blocks."""
    if not FORMS[report.form].by_blocks:
        return []
    done = {one.block_key: one for one in report.confirmations.all()}
    return [
        BlockPart(
            block.key,
            block.title,
            f"{done[block.key].by_title}, {_moment(report, done[block.key].at)}" if block.key in done else "",
            block.key not in done and report.state in ("draft", "frozen") and may_confirm(rights, block.key),
        )
        for block in Block.objects.filter(municipality=report.municipality)
    ]


def today_in(municipality: Municipality) -> date:
    """The local day."""
    return timezone.localdate(timezone=ZoneInfo(municipality.time_zone))


def _duty(asked: CharterReport, kept: Kept, today: date) -> Duty:
    form = form_of(asked)
    nearest = _answered(form, asked.key, slots(asked.cadence, asked.days, today), kept, today) if form else ()
    cadence = CADENCE_WORDS[asked.cadence]
    return Duty(asked.key, asked.title, asked.addressee, cadence, form, nearest, bool(asked.channel))


def _answered(form: Form, key: str, nearest: Sequence[Slot], kept: Kept, today: date) -> tuple[DueSlot, ...]:
    made = []
    for slot in nearest:
        report = kept.get((form.key, key, slot.period.since, slot.period.until))
        is_done = report is not None and report.state in ("approved", "sent")
        made.append(DueSlot(slot, report, not is_done, not is_done and slot.due < today))
    return tuple(made)


def _day(report: Report) -> str:
    return table_day(report.frozen_at.astimezone(_zone(report)).date()) if report.frozen_at else ""


def _confirmed(report: Report) -> tuple[str, ...]:
    blocks = [f"«{one.block_title}»" for one in report.confirmations.all()]
    return (f"Данные подтвердили блоки: {listed(blocks)}.",) if blocks else ()


def _signature(report: Report) -> tuple[str, ...]:
    if report.approved_at is None:
        return ()
    return (f"Подписано в{NBSP}системе: {report.signer_title}", _moment(report, report.approved_at))


def _foot(report: Report) -> str:
    if report.frozen_at is None:
        return f"Проект, данные на{NBSP}{_moment(report, report.composed_at)}. Личных данных нет."
    version = report.basis.get("form_version", "")
    return (
        f"№{NBSP}{report.number}, данные заморожены {_moment(report, report.frozen_at)}, форма {report.form}, "
        f"версия {version}, отпечаток {report.digest[:12]}. Личных данных нет."
    )


def _moment(report: Report, at: datetime) -> str:
    local = at.astimezone(_zone(report))
    return f"{table_day(local.date())} в{NBSP}{clock(local)}"


def _zone(report: Report) -> ZoneInfo:
    return ZoneInfo(report.municipality.time_zone)


def period_of(report: Report) -> Period:
    return Period(report.since, report.until)
