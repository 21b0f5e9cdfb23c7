"""A poll opens on its first day, may be prolonged, and closes after its last: by dates or by a person with a reason."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice, leave_once
from otklik.audit.services import record
from otklik.channels.forget import erase_letters
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.common.words import full_day
from otklik.outreach.polls import rules
from otklik.outreach.polls.marks import new_key
from otklik.outreach.polls.models import CodeSent, Poll
from otklik.outreach.polls.services.box import open_box
from otklik.outreach.polls.services.guard import check_right, hold_box, locked, page_of
from otklik.outreach.polls.services.signs import find_signs


def open_poll(poll: Poll, by: User | None, now: datetime) -> Poll:
    """Let people in. Raises Refused before approval, before the first day and after the last."""
    check_right(by, poll.municipality)
    with transaction.atomic():
        held = locked(poll)
        leads_to = rules.check_deed("open", held.state)
        today = day_in(held.municipality, now)
        if held.opens_on is None or held.closes_on is None:
            raise Refused("Назовите первый и последний день.")
        if today < held.opens_on:
            raise Refused(f"Опрос открывается {full_day(held.opens_on)}: раньше голоса не принимаем.")
        if today > held.closes_on:
            raise Refused(f"Последний день был {full_day(held.closes_on)}: составьте опрос с новым сроком.")
        held.state, held.opened_at, held.voter_key = leads_to, now, new_key()
        held.save(update_fields=["state", "opened_at", "voter_key"])
        record(held, "polls.opened", by, held.municipality, why=f"№ {held.number}. {held.title}"[:300])
    return held


def prolong(poll: Poll, closes_on: date, why: str, by: User, now: datetime) -> Poll:
    """Move the last day ahead while the poll runs. Raises Refused for an earlier day (nobody's turn is cut) and
    for a term no draft may have."""
    check_right(by, poll.municipality)
    said = rules.check_verdict(why, 500, "Напишите, почему продлён: слова останутся в журнале.")
    with transaction.atomic():
        held = locked(poll)
        if held.state != "open" or held.closes_on is None:
            raise Refused("Продлить можно идущий опрос.")
        if closes_on <= held.closes_on:
            raise Refused(f"Новый последний день должен быть позже {full_day(held.closes_on)}.")
        if wrong := rules.lacks_of_days(held.opens_on, closes_on, day_in(held.municipality, now)):
            raise Refused(wrong[0])
        was, held.closes_on = held.closes_on, closes_on
        held.save(update_fields=["closes_on"])
        details = {"was": was.isoformat(), "now": closes_on.isoformat()}
        record(held, "polls.prolonged", by, held.municipality, why=said[:300], details=details)
    return held


def close(poll: Poll, by: User | None, now: datetime, why: str = "") -> Poll:
    """Shut the box and open it: envelopes become ballots, signs of fraud are looked for in what they say.

    A person closes it before its time only with a reason. Letters with codes and hashes of addresses are erased.
    """
    check_right(by, poll.municipality)
    with transaction.atomic():
        hold_box(poll.pk, alone=True)
        held = locked(poll)
        held.state = rules.check_deed("close", held.state)
        if held.is_within(day_in(held.municipality, now)) and not why.strip():
            raise Refused("До последнего дня закрывают с причиной: её увидят участники.")
        held.closed_at, held.closed_why = now, why.strip()[:500]
        held.save(update_fields=["state", "closed_at", "closed_why"])
        counted = open_box(held)
        CodeSent.objects.filter(poll=held).delete()
        erase_letters([f"poll:{held.pk}"], held.municipality)
        find_signs(held, now)
        words = f"№ {held.number}. {held.closed_why}".strip()[:300]
        record(held, "polls.closed", by, held.municipality, why=words, details={"ballots": counted})
        leave_notice(
            held.municipality, f"Подведите итоги: {held.title}"[:300], page_of(held), user=held.author
        )
    return held


def run_due(municipality: Municipality, now: datetime) -> int:
    """Open what begins today and close what has ended; returns how many were moved.

    One that cannot be moved keeps no other waiting: its author is told why, once.
    """
    today = day_in(municipality, now)
    # What runs in ПОС begins with its address and ends with its results.
    rows = Poll.objects.filter(municipality=municipality).exclude(place="pos")
    rows = rows.select_related("municipality", "author")
    ended = list(rows.filter(state="open", closes_on__lt=today))
    begun = list(rows.filter(state="approved", opens_on__lte=today, closes_on__gte=today))
    return sum(
        [_by_date(close, one, now) for one in ended] + [_by_date(open_poll, one, now) for one in begun]
    )


def _by_date(deed: Callable[[Poll, User | None, datetime], Poll], poll: Poll, now: datetime) -> bool:
    try:
        deed(poll, None, now)
    except Refused as refusal:
        leave_once(poll.municipality, f"Опрос № {poll.number}. {refusal}", page_of(poll), user=poll.author)
        return False
    return True
