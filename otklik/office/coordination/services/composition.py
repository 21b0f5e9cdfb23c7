"""Deeds of the composition: an act with its number and day, and the appointments it begins and ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from otklik.accounts.models import Holding, User
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.language.official import official_text
from otklik.office.coordination.models import Attachment, CompositionAct, CompositionLine
from otklik.office.coordination.services.common import allowed, day_of


@dataclass(frozen=True)
class ActWords:
    """The act and what it changes: ids of appointments it begins and of those it ends."""

    kind: str
    number: str
    day: date
    since: date
    title: str
    begun: Sequence[int] = ()
    ended: Sequence[int] = ()


def note_act(
    town: Municipality, said: ActWords, files: Sequence[StoredFile], by: User, now: datetime
) -> CompositionAct:
    """Write the act down with its changes. Raises Refused for an act twice or a change that has an act already."""
    allowed(by, town, "Состав ведёт тот, кому дано это право.", "accounts.manage")
    if said.day > day_of(now, town):
        raise Refused("Акт ещё не принят: его дата впереди.")
    begun = _holdings(town, said.begun, "begun")
    ended = _holdings(town, said.ended, "ended")
    if not begun and not ended:
        raise Refused("Отметьте, кого акт назначает и с кого снимает роль.")
    try:
        with transaction.atomic():
            act = CompositionAct.objects.create(
                municipality=town,
                kind=official_text("Вид акта", said.kind, 60),
                number=official_text("Номер", said.number, 40),
                day=said.day,
                since=said.since,
                title=official_text("О чём", said.title, 300),
                at=now,
                by=by,
            )
            lines = [(one, "begun") for one in begun] + [(one, "ended") for one in ended]
            for holding, what in lines:
                CompositionLine.objects.create(municipality=town, act=act, holding=holding, what=what)
            for file in files:
                Attachment.objects.create(municipality=town, file=file, act=act, added_at=now, added_by=by)
    except IntegrityError as twice:
        raise Refused(
            "Такой акт уже записан или у одного из изменений акт уже есть. Обновите страницу."
        ) from twice
    details = {"begun": len(begun), "ended": len(ended)}
    record(act, "coordination.composition_changed", by, town, title=str(act), details=details)
    return act


def _holdings(town: Municipality, ids: Sequence[int], what: str) -> list[Holding]:
    found = list(Holding.objects.filter(municipality=town, pk__in=ids))
    if what == "ended" and any(one.until is None for one in found):
        raise Refused("Роль ещё не снята: снимите её в «Составе и ролях», потом назовите акт.")
    return found
