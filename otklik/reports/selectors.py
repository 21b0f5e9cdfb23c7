"""Questions about reports: those kept, the document ready for any medium, what the charter asks for and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from otklik.accounts.selectors import Rights
from otklik.analytics.figures import Sums
from otklik.charter.schema.office import CADENCE_WORDS, Cadence
from otklik.charter.schema.office import Report as CharterReport
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import NBSP, clock, table_day
from otklik.reports.composing import form_of
from otklik.reports.forms import FORMS, Form
from otklik.reports.grounds import clauses_of
from otklik.reports.models import Report, ReportConfirmation
from otklik.reports.norms import waits_of
from otklik.reports.parts import Document, document_from
from otklik.reports.periods import Slot, slots
from otklik.reports.phrases import listed
from otklik.reports.services import digest_of, may_confirm
from otklik.reports.source import Pair, Source
from otklik.topics.models import Block

MONTHLY: Cadence = "monthly"
LAW_TITLE = "Сведения по Указу № 171"
LAW_ADDRESSEE = "Администрация Президента, через ССТУ.РФ"
Kept = dict[tuple[str, str, date, date], Report]


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
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class DueSlot:
    """A period of a duty: when due, and the newest report that answers it."""

    slot: Slot
    report: Report | None
    is_waited_for: bool
    is_late: bool


@dataclass(frozen=True)
class BlockPart:
    """A block of a report: its figures, what it has added, who has confirmed it, whether the viewer may."""

    key: str
    title: str
    text: str
    confirmed: str
    may_confirm: bool
    may_write: bool
    now: Sums
    was: Sums
    link: str


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
    waits = waits_of(municipality)
    kept = {
        (one.form, one.charter_key, one.since, one.until): one
        for one in without_documents(municipality).order_by("composed_at")
    }
    asked = charter_of(municipality).reports
    grounds = clauses_of(municipality, *asked)
    made = [_duty(one, kept, waits, today, grounds[key]) for key, one in asked.items()]
    law, none = FORMS["ukaz171"], ""
    nearest = _answered(law, none, slots(MONTHLY, [], waits, today), kept, today)
    return [*made, Duty(none, LAW_TITLE, LAW_ADDRESSEE, CADENCE_WORDS[MONTHLY], law, nearest)]


def blocks_of(report: Report, rights: Rights) -> list[BlockPart]:
    """Blocks that check their part; none for a form without blocks."""
    if not FORMS[report.form].by_blocks:
        return []
    done = {one.block_key: one for one in report.confirmations.all()}
    source = Source(report.municipality, period_of(report), report.composed_at)
    figures = source.pairs("block")
    is_open = report.state in ("draft", "frozen")
    return [
        _block_part(
            report, block, done.get(block.key), is_open and may_confirm(rights, block.key), source, figures
        )
        for block in Block.objects.filter(municipality=report.municipality)
    ]


def _block_part(
    report: Report,
    block: Block,
    said: ReportConfirmation | None,
    is_his: bool,
    source: Source,
    figures: Mapping[tuple[Any, ...], Pair],
) -> BlockPart:
    confirmed = f"{said.by_title}, {_moment(report, said.at)}" if said and said.at else ""
    pair = figures.get((block.key,), Pair())
    return BlockPart(
        block.key,
        block.title,
        said.text if said else "",
        confirmed,
        is_his and not confirmed,
        is_his and report.state == "draft",
        pair.now,
        pair.was,
        source.link(block=block.key),
    )


def late_slots(duties: Sequence[Duty]) -> list[tuple[Duty, DueSlot]]:
    """What should have been handed in by now, the longest waited for first."""
    found = [(duty, one) for duty in duties for one in duty.slots if one.is_late]
    return sorted(found, key=lambda one: one[1].slot.due)


def _duty(
    asked: CharterReport, kept: Kept, waits: Mapping[str, int], today: date, clauses: Sequence[str]
) -> Duty:
    form = form_of(asked)
    days = slots(asked.cadence, asked.days, waits, today)
    nearest = _answered(form, asked.key, days, kept, today) if form else ()
    cadence, is_of_channel = CADENCE_WORDS[asked.cadence], bool(asked.channel)
    return Duty(
        asked.key, asked.title, asked.addressee, cadence, form, nearest, is_of_channel, tuple(clauses)
    )


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
    blocks = [f"«{one.block_title}»" for one in report.confirmations.all() if one.at]
    said = (f"Данные подтвердили блоки: {listed(blocks)}.",) if blocks else ()
    if not report.unconfirmed_why:
        return said
    who = "Остальные блоки данных" if blocks else "Блоки данных"
    return (*said, f"{who} не{NBSP}подтвердили: {report.unconfirmed_why.rstrip('.')}.")


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
