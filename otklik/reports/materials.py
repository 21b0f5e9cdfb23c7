"""Материалы по запросу ЦУР: a request with its term -> parts of blocks -> confirmed by their heads -> one paper.

The paper then walks as every report does: freeze, sign, send. Called by the desk; rights of a block are asked here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max

from otklik.accounts.models import Holding, User
from otklik.accounts.selectors import Rights, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import today_in
from otklik.common.words import table_day
from otklik.reports.about import About
from otklik.reports.composing import Order
from otklik.reports.forms import FORMS
from otklik.reports.models import MaterialRequest, Report, RequestPart
from otklik.reports.norms import part_days
from otklik.reports.phrases import listed
from otklik.reports.services import WHY_LIMIT, checked_text, compose_report, may_confirm
from otklik.topics.models import Block

SENDER_LIMIT, NUMBER_LIMIT = 200, 60
CHARTER_KEY = "region_request"


@dataclass(frozen=True)
class Asked:
    """What the letter says: from whom, its number and day, what is asked, for which days, until when, of whom."""

    sender: str
    text: str
    period: Period
    due: date
    blocks: Sequence[str]
    outer_number: str = ""
    outer_day: date | None = None
    charter_key: str = ""


def take_request(town: Municipality, asked: Asked, by: User, now: datetime) -> MaterialRequest:
    """Write the request down and ask the blocks for their parts. Raises Refused."""
    today = now.astimezone(ZoneInfo(town.time_zone)).date()
    if asked.due < today:
        raise Refused(f"Срок {table_day(asked.due)} уже прошёл: проверьте дату.")
    blocks = list(Block.objects.filter(municipality=town, key__in=asked.blocks))
    if not blocks:
        raise Refused("Выберите хотя бы один блок: материалы собирают из частей блоков.")
    sender, text = checked_text("От кого", asked.sender), checked_text("Что просят", asked.text)
    if not sender or not text:
        raise Refused("Напишите, кто запросил материалы и что именно просят.")
    last = MaterialRequest.objects.filter(municipality=town).aggregate(last=Max("number"))["last"]
    request = MaterialRequest.objects.create(
        municipality=town,
        number=(last or 0) + 1,
        charter_key=asked.charter_key,
        sender=sender[:SENDER_LIMIT],
        outer_number=checked_text("Номер письма", asked.outer_number)[:NUMBER_LIMIT],
        outer_day=asked.outer_day,
        text=text,
        since=asked.period.since,
        until=asked.period.until,
        due=asked.due,
        taken_at=now,
        taken_by=by,
    )
    due = max(today, asked.due - timedelta(days=part_days(town)))
    for block in blocks:
        part = RequestPart.objects.create(
            municipality=town, request=request, block_key=block.key, block_title=block.title, due=due
        )
        _ask(part)
    record(request, "reports.request_taken", by, town, title=str(request), details={"due": str(asked.due)})
    return request


def fill_part(part: RequestPart, text: str, by: User, now: datetime) -> RequestPart:
    """The block's people write the part; a part written anew is confirmed anew."""
    rights = _check_open(part, by)
    words = checked_text(f"«{part.block_title}»", text)
    if not words:
        raise Refused("Часть пуста: напишите сведения или то, что их нет.")
    part.text, part.filled_at, part.filled_by = words, now, by
    part.filled_title, part.returned_why = rights.title, ""
    part.confirmed_at, part.confirmed_by, part.confirmed_title = None, None, ""
    part.save()
    record(part, "reports.part_filled", by, part.municipality, title=_named(part))
    return part


def confirm_part(part: RequestPart, by: User, now: datetime) -> RequestPart:
    """The head of the block stands by the part."""
    rights = _check_open(part, by)
    if not may_confirm_part(rights, part.block_key):
        raise Refused(f"Часть «{part.block_title}» подтверждает руководитель блока.")
    if not part.filled_at:
        raise Refused("Сначала заполните часть: подтверждать нечего.")
    if part.confirmed_at:
        raise Refused(f"Часть «{part.block_title}» уже подтверждена.")
    part.confirmed_at, part.confirmed_by, part.confirmed_title = now, by, rights.title
    part.save()
    record(part, "reports.part_confirmed", by, part.municipality, title=_named(part))
    _tell_if_all(part.request)
    return part


def return_part(part: RequestPart, why: str, by: User) -> RequestPart:
    """Whoever assembles sends a part back with what is missing in it."""
    _check_collecting(part.request)
    reason = checked_text("Причина", why)[:WHY_LIMIT]
    if not part.filled_at:
        raise Refused("Часть ещё не заполнена: возвращать нечего.")
    if not reason:
        raise Refused("Напишите, чего не хватает в части.")
    part.filled_at, part.confirmed_at, part.returned_why = None, None, reason
    part.save()
    record(part, "reports.part_returned", by, part.municipality, why=reason, title=_named(part))
    _ask(part)
    return part


@carries_out("BOR-3.2.г", "DEM-2.4.6", "DEM-2.4.6.1", "LOV-4.2.4", "MIH-3.2.10")
def assemble(request: MaterialRequest, by: User, now: datetime) -> Report:
    """One draft of all parts. Raises Refused naming the blocks that have not confirmed theirs."""
    _check_collecting(request)
    waited = [f"«{part.block_title}»" for part in request.parts.all() if not part.confirmed_at]
    if waited:
        raise Refused(f"Не подтверждены части: {listed(waited)}. Верните или дождитесь их.")
    about = About("request", str(request.pk))
    order = Order(FORMS["materials"], Period(request.since, request.until), request.charter_key, about)
    report = compose_report(request.municipality, order, by, now)
    request.report = report
    request.save(update_fields=["report"])
    record(request, "reports.request_assembled", by, request.municipality, title=str(request))
    return report


def withdraw(request: MaterialRequest, why: str, by: User, now: datetime) -> MaterialRequest:
    """The request is asked no more; it stays in the list with its reason."""
    _check_collecting(request)
    reason = checked_text("Причина", why)[:WHY_LIMIT]
    if not reason:
        raise Refused("Напишите, почему запрос снят.")
    request.withdrawn_at, request.withdrawn_why = now, reason
    request.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record(request, "reports.request_withdrawn", by, request.municipality, why=reason, title=str(request))
    return request


def may_fill(rights: Rights, block_key: str) -> bool:
    """People of the block; whoever composes reports may write for a block that has nobody."""
    return block_key in rights.block_keys or "reports.compose" in rights.permissions


def may_confirm_part(rights: Rights, block_key: str) -> bool:
    """The head of the block, not its specialist; or whoever verifies reports."""
    return may_confirm(rights, block_key) and bool(
        {"reports.compose", "reports.verify"}.intersection(rights.permissions)
    )


def heads_of(town: Municipality, block_key: str) -> list[User]:
    """Working people of the block who may prepare reports."""
    today = today_in(town)
    held = Holding.objects.filter(municipality=town, block_key=block_key, since__lte=today)
    named = held.exclude(until__lt=today).filter(role__permissions__contains=["reports.compose"])
    return list(User.objects.filter(is_active=True, holdings__in=named).distinct())


def address_of_request(request: MaterialRequest) -> str:
    """Where the request is read on the desk."""
    return f"/reports/requests/{request.pk}/"


def _ask(part: RequestPart) -> None:
    why = f": вернули, {part.returned_why}" if part.returned_why else ""
    text = f"{part.request}: часть «{part.block_title}» нужна до {table_day(part.due)}{why}"[:300]
    link, town = address_of_request(part.request), part.municipality
    heads = heads_of(town, part.block_key)
    for head in heads:
        leave_notice(town, text, link, user=head)
    if not heads:
        leave_notice(town, text, link, permission="reports.compose")


def _tell_if_all(request: MaterialRequest) -> None:
    if not request.parts.filter(confirmed_at=None).exists():
        text = f"{request}: все части подтверждены, соберите до {table_day(request.due)}"
        leave_notice(request.municipality, text, address_of_request(request), user=request.taken_by)


def _check_open(part: RequestPart, by: User) -> Rights:
    _check_collecting(part.request)
    rights = rights_of(by, part.municipality)
    if not may_fill(rights, part.block_key):
        raise Refused(f"Часть «{part.block_title}» заполняют сотрудники этого блока.")
    return rights


def _check_collecting(request: MaterialRequest) -> None:
    """Raises Refused once the parts are in a paper or nobody asks for them."""
    if request.withdrawn_at:
        raise Refused(f"Запрос снят: {request.withdrawn_why}")
    if request.report_id:
        raise Refused("Материалы уже собраны в отчёт: удалите его проект, чтобы править части.")


def _named(part: RequestPart) -> str:
    return f"{part.request}, «{part.block_title}»"
