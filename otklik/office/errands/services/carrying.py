"""Deeds with an errand given: take, note, report, ask for more time, accept, send back, extend, remove."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.office.errands import rules
from otklik.office.errands.models import Errand, ErrandFile, ErrandMove
from otklik.office.errands.selectors import errands_of, parties_of
from otklik.office.errands.services.keeping import day_of, keep
from otklik.office.errands.services.telling import page_of, short, tell


@carries_out("BOG-III.4.3.1", "BOR-2.3.а", "DEM-3.3.1", "LOV-3.3.1", "MIH-4.1.2.1")
def act(
    errand: Errand, deed: str, by: User, now: datetime, words: str = "", files: Sequence[StoredFile] = ()
) -> Errand:
    """Do one of `rules.DEEDS` that moves no date: take, note, report, accept, send_back, refuse, remove.

    Raises Refused by the rules; of two people who act at once the second sees the errand as the first left it.
    """
    with transaction.atomic():
        held, rights = _locked(errand), rights_of(by, errand.municipality)
        rule = rules.check_deed(deed, held.state, parties_of(held, by, rights), words)
        if deed == "refuse" and held.asked_due_on is None:
            raise Refused("Просьбы о продлении нет: отвечать не на что.")
        _move(held, deed, rule.leads_to, now)
        move = keep(held, deed, by, rights, now, words)
        _attach(move, files)
        record(held, f"errands.{deed}", by, held.municipality, why=f"№ {held.number}. {words.strip()}"[:300])
        _tell_of(held, deed, words)
    return held


def ask_more_time(errand: Errand, new: date, words: str, by: User, now: datetime) -> Errand:
    """Ask the controller to move the date; asked before it passes and with a reason. Raises Refused."""
    with transaction.atomic():
        held, rights = _locked(errand), rights_of(by, errand.municipality)
        rules.check_deed("ask", held.state, parties_of(held, by, rights), words)
        if held.asked_due_on is not None:
            raise Refused("О продлении уже попросили: дождитесь решения контролёра.")
        rules.check_asking(held.due_on, new, day_of(held.municipality, now))
        held.asked_due_on = new
        held.save(update_fields=["asked_due_on"])
        keep(held, "ask", by, rights, now, words, held.due_on, new)
        record(held, "errands.ask", by, held.municipality, why=f"№ {held.number}. {words.strip()}"[:300])
        _tell_of(held, "ask", words)
    return held


def extend(errand: Errand, new: date, words: str, by: User, now: datetime) -> Errand:
    """Move the date, asked or not: the controller's decision with its ground; every former date stays in history."""
    with transaction.atomic():
        held, rights = _locked(errand), rights_of(by, errand.municipality)
        rules.check_deed("extend", held.state, parties_of(held, by, rights), words)
        today, was = day_of(held.municipality, now), held.due_on
        rules.check_new_date(was, new, today)
        held.was_late = held.was_late or today > was
        held.due_on, held.asked_due_on, held.extensions = new, None, held.extensions + 1
        held.save(update_fields=["due_on", "asked_due_on", "extensions", "was_late"])
        keep(held, "extend", by, rights, now, words, was, new)
        details = {"was": was.isoformat(), "now": new.isoformat()}
        why = f"№ {held.number}. {words.strip()}"[:300]
        record(held, "errands.extend", by, held.municipality, why=why, details=details)
        _tell_of(held, "extend", words)
    return held


def _locked(errand: Errand) -> Errand:
    rows = errands_of(errand.municipality).select_for_update(of=("self",))
    return rows.select_related("municipality", "post__body", "controller__body").get(pk=errand.pk)


def _move(held: Errand, deed: str, leads_to: str, now: datetime) -> None:
    if leads_to:
        held.state = leads_to
    if deed == "report":
        held.reported_at = now
    if deed in ("report", "refuse"):
        held.asked_due_on = None
    if deed == "send_back":
        held.returns += 1
    if held.state not in rules.OPEN:
        held.closed_at, held.asked_due_on = now, None
    held.save(update_fields=["state", "reported_at", "asked_due_on", "returns", "closed_at"])


def _attach(move: ErrandMove, files: Sequence[StoredFile]) -> None:
    rows = [ErrandFile(municipality=move.municipality, move=move, file=one) for one in files]
    ErrandFile.objects.bulk_create(rows)


TOLD: dict[str, tuple[str, str]] = {
    "report": ("controller", "Отчёт об исполнении ждёт приёмки"),
    "ask": ("controller", "Просят продлить срок"),
    "accept": ("responsible", "Исполнение принято"),
    "send_back": ("responsible", "Отчёт возвращён"),
    "extend": ("responsible", "Срок продлён"),
    "refuse": ("responsible", "В продлении отказано"),
    "remove": ("responsible", "Снято с контроля"),
}


def _tell_of(errand: Errand, deed: str, words: str) -> None:
    if deed not in TOLD:
        return
    whom, head = TOLD[deed]
    said = f"{head}: поручение № {errand.number} «{errand.text}»"
    if whom == "responsible":
        tell(errand, [errand.post], said)
    elif errand.controller is not None:
        tell(errand, [errand.controller], said)
    else:
        leave_notice(errand.municipality, short(said), page_of(errand), user=errand.given_by)
