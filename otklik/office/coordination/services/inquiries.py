"""Deeds of requests sent out (МИХ 3.1, БОГ III.5.1): ask bodies, answer, return, assemble, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Body, User
from otklik.accounts.selectors import Rights, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.cases.models import Case
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.common.words import table_day
from otklik.language.official import official_text
from otklik.office.coordination.models import INQUIRY_KINDS, Attachment, Inquiry, InquiryPart
from otklik.office.coordination.services.common import TITLE, allowed, day_of
from otklik.office.coordination.words import inquiry_address

RESULT_LIMIT = 20000
ASKS = "Запрашивает материалы тот, кому положение дало право поручений."


@dataclass(frozen=True)
class Asked:
    """What is asked, of whom, until when; `parts` may say to a body what exactly it is asked for."""

    kind: str
    title: str
    text: str
    due: date
    bodies: Sequence[Body]
    parts: Sequence[str] = ()
    case: Case | None = None


@carries_out("BOG-III.5.1", "MIH-3.1", "MIH-3.1.1", "MIH-3.1.2")
def ask(town: Municipality, asked: Asked, by: User, now: datetime) -> Inquiry:
    """Send the request to every body at once. Raises Refused."""
    rights = allowed(by, town, ASKS, "office.errands")
    if asked.kind not in dict(INQUIRY_KINDS):
        raise Refused("Выберите, что запрашиваете: документы, статистику, справку.")
    if not asked.bodies:
        raise Refused("Выберите хотя бы один орган: спросить некого.")
    if asked.due <= day_of(now, town):
        raise Refused(f"Срок {table_day(asked.due)} не оставляет времени на ответ: выберите день позже.")
    with transaction.atomic():
        inquiry = Inquiry.objects.create(
            municipality=town,
            number=next_number(Inquiry, town),
            kind=asked.kind,
            title=official_text("О чём", asked.title, 300),
            text=official_text("Что просим", asked.text),
            case=asked.case,
            due=asked.due,
            asked_at=now,
            asked_by=by,
            asked_title=rights.title[:TITLE],
        )
        for place, body in enumerate(asked.bodies):
            said = asked.parts[place] if place < len(asked.parts) else ""
            part = InquiryPart.objects.create(
                municipality=town,
                inquiry=inquiry,
                body=body,
                text=official_text(body.short_name, said, 1000, must=False),
                due=asked.due,
            )
            _tell_body(part, f"{inquiry}: {inquiry.title}, ответ нужен до {table_day(part.due)}")
    bodies = [body.key for body in asked.bodies]
    record(inquiry, "coordination.inquiry_asked", by, town, title=str(inquiry), details={"bodies": bodies})
    return inquiry


def note_letter(part: InquiryPart, number: str, day: date | None, by: User) -> InquiryPart:
    """A body outside was written to by letter: its number and day."""
    allowed(by, part.municipality, ASKS, "office.errands")
    said = official_text("Номер письма", number, 60)
    part.letter_number, part.letter_day = said, day
    part.save(update_fields=["letter_number", "letter_day"])
    record(part, "coordination.letter_noted", by, part.municipality, title=str(part))
    return part


def answer_part(
    part: InquiryPart, words: str, files: Sequence[StoredFile], by: User, now: datetime
) -> InquiryPart:
    """The body answers; for a body outside whoever asked writes its answer down."""
    town = part.municipality
    rights = rights_of(by, town)
    if not may_answer(rights, part):
        raise Refused(f"За «{part.body.short_name}» отвечают его сотрудники.")
    with transaction.atomic():
        part = _open(part)
        if part.answered_at:
            raise Refused("Ответ уже получен. Если его надо исправить, попросите вернуть часть.")
        part.answer = official_text("Ответ", words)
        part.answered_at, part.answered_by, part.returned_why = now, by, ""
        part.answered_title = rights.title[:TITLE]
        part.save(update_fields=["answer", "answered_at", "answered_by", "answered_title", "returned_why"])
        Attachment.objects.bulk_create(
            [Attachment(municipality=town, file=file, part=part, added_at=now, added_by=by) for file in files]
        )
    record(part, "coordination.part_answered", by, town, title=str(part), details={"files": len(files)})
    _tell_if_all(part.inquiry)
    return part


def return_part(part: InquiryPart, why: str, by: User) -> InquiryPart:
    """Send an answer back with what is missing in it."""
    town = part.municipality
    allowed(by, town, ASKS, "office.errands")
    said = official_text("Чего не хватает", why, 300)
    with transaction.atomic():
        part = _open(part)
        if not part.answered_at:
            raise Refused("Ответа ещё нет: возвращать нечего.")
        part.answered_at, part.returned_why = None, said
        part.save(update_fields=["answered_at", "returned_why"])
    record(part, "coordination.part_returned", by, town, why=said, title=str(part))
    _tell_body(part, f"{part.inquiry}: ответ вернули, {said}")
    return part


def assemble(inquiry: Inquiry, words: str, by: User, now: datetime) -> Inquiry:
    """Close the request with its result. Raises Refused naming the bodies that have not answered."""
    town = inquiry.municipality
    allowed(by, town, ASKS, "office.errands")
    with transaction.atomic():
        inquiry = _locked(inquiry)
        waited = [
            part.body.short_name for part in inquiry.parts.select_related("body") if not part.answered_at
        ]
        if waited:
            raise Refused(f"Ещё не ответили: {', '.join(waited)}. Дождитесь или снимите запрос.")
        inquiry.result = official_text("Итог", words, RESULT_LIMIT)
        inquiry.closed_at, inquiry.closed_by = now, by
        inquiry.save(update_fields=["result", "closed_at", "closed_by"])
    record(inquiry, "coordination.inquiry_closed", by, town, title=str(inquiry))
    return inquiry


def withdraw(inquiry: Inquiry, why: str, by: User, now: datetime) -> Inquiry:
    """Nobody asks any more; the request stays in the list with its reason."""
    town = inquiry.municipality
    allowed(by, town, ASKS, "office.errands")
    said = official_text("Почему", why, 300)
    with transaction.atomic():
        inquiry = _locked(inquiry)
        inquiry.withdrawn_at, inquiry.withdrawn_why = now, said
        inquiry.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record(inquiry, "coordination.inquiry_withdrawn", by, town, why=said, title=str(inquiry))
    for part in inquiry.parts.select_related("body"):
        _tell_body(part, f"{inquiry} снят: {said}")
    return inquiry


def may_answer(rights: Rights, part: InquiryPart) -> bool:
    """People of the body; for one without accounts, whoever may ask."""
    return part.body_id in rights.body_ids or (
        part.body.is_external and "office.errands" in rights.permissions
    )


def proposed_result(inquiry: Inquiry) -> str:
    """The answers one under another, each under its body: what a person makes the result of."""
    parts = inquiry.parts.select_related("body").order_by("body__short_name", "pk")
    return "\n\n".join(f"{part.body.short_name}\n{part.answer}" for part in parts if part.answer)


def _locked(inquiry: Inquiry) -> Inquiry:
    """The request held until the deed ends. Raises Refused once it is over."""
    found = Inquiry.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=inquiry.pk)
    if found.withdrawn_at:
        raise Refused(f"Запрос снят: {found.withdrawn_why}")
    if found.closed_at:
        raise Refused("Запрос собран и закрыт. Если нужно ещё, отправьте новый.")
    return found


def _open(part: InquiryPart) -> InquiryPart:
    inquiry = _locked(part.inquiry)
    found = InquiryPart.objects.select_related("body", "municipality").get(pk=part.pk)
    found.inquiry = inquiry
    return found


def _tell_body(part: InquiryPart, said: str) -> None:
    """People of the body, or, for a body outside, whoever writes letters to it."""
    link = inquiry_address(part.inquiry)
    if part.body.is_external:
        text = f"{said} ({part.body.short_name}: направьте письмом)"
        leave_notice(part.municipality, text[:300], link, permission="office.organise")
        return
    leave_notice(part.municipality, said[:300], link, body=part.body)


def _tell_if_all(inquiry: Inquiry) -> None:
    if not inquiry.parts.filter(answered_at=None).exists():
        text = f"{inquiry}: ответили все, соберите итог до {table_day(inquiry.due)}"
        leave_notice(inquiry.municipality, text, inquiry_address(inquiry), user=inquiry.asked_by)
