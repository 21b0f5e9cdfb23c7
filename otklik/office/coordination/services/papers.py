"""Deeds of method notes and of papers that blocks visa."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from otklik.accounts.models import Holding, Role, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.common.words import table_day
from otklik.language.official import official_text
from otklik.office.coordination.models import (
    Attachment,
    MethodNote,
    MethodReading,
    MethodText,
    Visa,
    VisaSheet,
)
from otklik.office.coordination.services.common import TITLE, allowed, day_of, tell
from otklik.office.coordination.words import method_address, visa_address
from otklik.topics.models import Block

TEXT_LIMIT = 20000
MAKES_METHODS = "Методические материалы выпускает руководитель центра или координатор."
METHOD_MAKERS = ("office.organise", "office.chair", "analytics.targets")
"""The head, the curator and the coordinator: the charters give them the methods."""


@dataclass(frozen=True)
class MethodWords:
    """A method note as it is made."""

    title: str
    theme: str
    text: str
    audience: Sequence[str] = ()


@carries_out("MIH-1.1.5.1", "MIH-1.4.7", "MIH-1.4.7.1", "MIH-4.1.2.2")
def issue_method(
    town: Municipality, said: MethodWords, files: Sequence[StoredFile], by: User, now: datetime
) -> MethodNote:
    """Issue a note as version 1 and tell those it is for."""
    allowed(by, town, MAKES_METHODS, *METHOD_MAKERS)
    if said.theme not in dict(MethodNote.THEMES):
        raise Refused("Выберите, о чём материал.")
    known = set(Role.objects.filter(municipality=town).values_list("key", flat=True))
    if unknown := set(said.audience) - known:
        raise Refused(f"Нет ролей: {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        note = MethodNote.objects.create(
            municipality=town,
            title=official_text("Название", said.title, 200),
            theme=said.theme,
            audience=list(said.audience),
        )
        _new_version(note, said.text, "", files, by, now)
    record(note, "coordination.method_issued", by, town, title=note.title)
    return note


def renew_method(
    note: MethodNote, text: str, why: str, files: Sequence[StoredFile], by: User, now: datetime
) -> MethodText:
    """A new version: everybody reads anew."""
    town = note.municipality
    allowed(by, town, MAKES_METHODS, *METHOD_MAKERS)
    with transaction.atomic():
        note = (
            MethodNote.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=note.pk)
        )
        if note.withdrawn_at:
            raise Refused("Материал снят: выпустите новый.")
        version = _new_version(note, text, official_text("Что изменилось", why, 300), files, by, now)
    record(note, "coordination.method_renewed", by, town, why=version.why, title=note.title)
    return version


def withdraw_method(note: MethodNote, by: User, now: datetime) -> None:
    """The note is in force no more; its versions and readings stay."""
    allowed(by, note.municipality, MAKES_METHODS, *METHOD_MAKERS)
    if not MethodNote.objects.filter(pk=note.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise Refused("Материал уже снят. Обновите страницу.")
    record(note, "coordination.method_withdrawn", by, note.municipality, title=note.title)


def read_method(note: MethodNote, by: User, now: datetime) -> MethodReading:
    """«Ознакомлен»: the newest version, once."""
    version = note.versions.order_by("-number").first()
    if version is None or not MethodNote.objects.filter(pk=note.pk, withdrawn_at=None).exists():
        raise Refused("Материал снят: знакомиться не с чем.")
    title = rights_of(by, note.municipality).title[:TITLE]
    try:
        with transaction.atomic():
            reading = MethodReading.objects.create(
                municipality=note.municipality, version=version, user=by, title=title, at=now
            )
    except IntegrityError as twice:
        raise Refused("Вы уже отметили, что ознакомлены с этой версией.") from twice
    record(note, "coordination.method_read", by, note.municipality, title=note.title)
    return reading


def readers_of(note: MethodNote, on: date) -> list[User]:
    """Working people the note is for: holders of its roles, everybody when it names none."""
    held = Holding.objects.filter(municipality=note.municipality, since__lte=on).exclude(until__lt=on)
    if note.audience:
        held = held.filter(role__key__in=note.audience)
    return list(User.objects.filter(is_active=True, holdings__in=held).distinct().order_by("pk"))


def send_round(
    town: Municipality, title: str, text: str, due: date, blocks: Sequence[str], by: User, now: datetime
) -> VisaSheet:
    """Send a paper round the blocks until a day."""
    rights = allowed(
        by, town, "Документ направляет тот, кто организует работу.", "office.organise", "office.chair"
    )
    if due < day_of(now, town):
        raise Refused(f"Срок {table_day(due)} уже прошёл: выберите день позже.")
    found = list(Block.objects.filter(municipality=town, key__in=blocks))
    if not found:
        raise Refused("Выберите блоки, чьи визы нужны.")
    with transaction.atomic():
        sheet = VisaSheet.objects.create(
            municipality=town,
            number=next_number(VisaSheet, town),
            title=official_text("Документ", title, 300),
            text=official_text("Содержание", text, TEXT_LIMIT),
            due=due,
            asked_at=now,
            asked_by=by,
            asked_title=rights.title[:TITLE],
        )
        for block in found:
            _ask_visa(sheet, block.key, block.title)
    record(sheet, "coordination.sent_round", by, town, title=str(sheet), details={"blocks": list(blocks)})
    return sheet


@carries_out("BOR-2.4.б")
def put_visa(visa: Visa, decision: str, words: str, by: User, now: datetime) -> Visa:
    """The block's word about the edition in force: a person who holds a role of the block."""
    town = visa.municipality
    rights = allowed(by, town, "Визу ставит руководитель блока.", "accounts.name_specialists")
    if visa.block_key not in rights.block_keys:
        raise Refused(f"Визу за «{visa.block_title}» ставит руководитель этого блока.")
    if decision not in dict(Visa.DECISIONS):
        raise Refused("Выберите: согласовано или замечания.")
    said = official_text("Замечания", words, 1000, must=decision == "remarks")
    with transaction.atomic():
        sheet = VisaSheet.objects.select_for_update(of=("self",)).get(pk=visa.sheet_id)
        if sheet.edition != visa.edition:
            raise Refused(f"Документ уже в редакции {sheet.edition}: прочитайте её.")
        changed = Visa.objects.filter(pk=visa.pk, decision="").update(
            decision=decision, words=said, at=now, by=by, title=rights.title[:TITLE]
        )
        if not changed:
            raise Refused("Виза уже стоит. Новую редакцию визируют заново.")
    visa.refresh_from_db()
    record(visa, "coordination.visa_put", by, town, why=said[:300], title=f"{sheet}, «{visa.block_title}»")
    if not sheet.visas.filter(edition=sheet.edition, decision="").exists():
        leave_notice(town, f"{sheet}: высказались все блоки", visa_address(sheet), user=sheet.asked_by)
    return visa


def new_edition(sheet: VisaSheet, text: str, due: date, by: User, now: datetime) -> VisaSheet:
    """The changed paper goes round again: to every block, for what was agreed was another text."""
    town = sheet.municipality
    allowed(
        by, town, "Новую редакцию направляет тот, кто организует работу.", "office.organise", "office.chair"
    )
    if due < day_of(now, town):
        raise Refused(f"Срок {table_day(due)} уже прошёл: выберите день позже.")
    with transaction.atomic():
        sheet = (
            VisaSheet.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=sheet.pk)
        )
        said = official_text("Содержание", text, TEXT_LIMIT)
        if said == sheet.text:
            raise Refused("Текст тот же: новой редакции не нужно.")
        blocks = list(sheet.visas.filter(edition=sheet.edition).values_list("block_key", "block_title"))
        sheet.text, sheet.due, sheet.edition = said, due, sheet.edition + 1
        sheet.save(update_fields=["text", "due", "edition"])
        for key, title in blocks:
            _ask_visa(sheet, key, title)
    record(sheet, "coordination.sent_round", by, town, title=str(sheet), details={"edition": sheet.edition})
    return sheet


def heads_of(town: Municipality, block_key: str, on: date) -> list[User]:
    """Working people who head the block on the day."""
    held = Holding.objects.filter(municipality=town, block_key=block_key, since__lte=on).exclude(until__lt=on)
    headed = held.filter(role__permissions__contains=["accounts.name_specialists"])
    return list(User.objects.filter(is_active=True, holdings__in=headed).distinct().order_by("pk"))


def _ask_visa(sheet: VisaSheet, block_key: str, block_title: str) -> None:
    town = sheet.municipality
    Visa.objects.create(
        municipality=town, sheet=sheet, edition=sheet.edition, block_key=block_key, block_title=block_title
    )
    text = f"{sheet}: «{sheet.title}», виза блока «{block_title}» до {table_day(sheet.due)}"
    tell(town, heads_of(town, block_key, day_of(timezone.now(), town)), text, visa_address(sheet))


def _new_version(
    note: MethodNote, text: str, why: str, files: Sequence[StoredFile], by: User, now: datetime
) -> MethodText:
    town, last = note.municipality, note.versions.order_by("-number").first()
    version = MethodText.objects.create(
        municipality=town,
        note=note,
        number=last.number + 1 if last else 1,
        text=official_text("Текст", text, TEXT_LIMIT),
        why=why,
        at=now,
        by=by,
        title=rights_of(by, town).title[:TITLE],
    )
    Attachment.objects.bulk_create(
        [
            Attachment(municipality=town, file=file, method=version, added_at=now, added_by=by)
            for file in files
        ]
    )
    readers = [one for one in readers_of(note, day_of(now, town)) if one != by]
    tell(town, readers, f"Материал «{note.title}»: прочитайте и отметьте", method_address(note))
    return version
