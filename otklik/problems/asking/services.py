"""Deeds of the queue of questions to residents: find what to ask, take a question into a draft, refuse it.

Each look is safe to repeat: an open question gets fresh figures, one decided upon is not found again for a window.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import Entry, record, record_many
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.common.words import count
from otklik.outreach.polls.models import Poll
from otklik.problems.asking.models import Candidate
from otklik.problems.asking.rules import Rank, form_for, is_worth, rank, title_of
from otklik.problems.asking.selectors import Found, find_signs, thresholds_of, window_of

PAGE = "/polls/queue/"
QUESTIONS = ("вопрос", "вопроса", "вопросов")


@carries_out("BOR-1.1.3.е.1", "MIH-1.1.7.6.1")
@transaction.atomic
def find_questions(municipality: Municipality, now: datetime) -> list[Candidate]:
    """Look at the last window and bring the queue up to date; returns new questions.

    A charter without forms of asking has no queue.
    """
    today = day_in(municipality, now)
    forms = charter_of(municipality, today).polls.forms
    if not forms:
        return []
    asked, rows = thresholds_of(municipality, today), Candidate.objects.filter(municipality=municipality)
    standing = {one.seed: one for one in rows.select_for_update().filter(state="open")}
    lately = rows.filter(
        state__in=["taken", "refused"], decided_at__gt=now - timedelta(days=asked.window_days)
    )
    decided = set(lately.values_list("seed", flat=True))
    window = window_of(today, asked)
    made = []
    for one in find_signs(municipality, window, asked):
        if one.seed in decided or not is_worth(one.signs, asked):
            continue
        values = _values(one, rank(one.signs, asked), form_for(one.signs, forms), window, now)
        kept = standing.pop(one.seed, None)
        if kept is None:
            made.append(Candidate.objects.create(municipality=municipality, seed=one.seed, at=now, **values))
        else:
            Candidate.objects.filter(pk=kept.pk).update(**values)
    for gone in standing.values():
        Candidate.objects.filter(pk=gone.pk).update(state="gone", counted_at=now)
    entries = [Entry(one, "asking.found", None, one.reason) for one in made]
    record_many([*entries, *(Entry(one, "asking.gone", None) for one in standing.values())], municipality)
    if made:
        text = f"Стоит спросить жителей: {count(len(made), *QUESTIONS)}"
        leave_notice(municipality, text, PAGE, permission="outreach.polls")
    return made


def _values(one: Found, told: Rank, form: str, window: Period, now: datetime) -> dict[str, Any]:
    place = str(one.settlement) if one.settlement else ""
    return {
        "title": title_of(one.title, place, form),
        "form": form,
        "topic": one.topic,
        "settlement": one.settlement,
        "problem": one.problem,
        "sources": list(told.sources),
        "priority": told.priority,
        "sureness": told.sureness,
        "reason": told.reason,
        "figures": {
            "cases": one.signs.cases,
            "past": one.signs.past,
            "weeks": one.signs.weeks,
            "parts": told.parts,
            "places": [
                [key, name, cases] for key, (name, cases) in zip(one.places, one.signs.places, strict=True)
            ],
        },
        "since": window.since,
        "until": window.until,
        "counted_at": now,
    }


def take(candidate: Candidate, poll: Poll, by: User, now: datetime) -> Candidate:
    """Write down that the question went into a draft."""
    decided = _decide(candidate, by, now, state="taken", poll=poll)
    record(decided, "asking.taken", by, decided.municipality, why=decided.title, details={"poll": poll.pk})
    return decided


def refuse(candidate: Candidate, words: str, by: User, now: datetime) -> Candidate:
    """Say once why residents will not be asked; the question is not found again for a window."""
    said = words.strip()[:500]
    if not said:
        raise Refused("Напишите, почему не спрашиваем: причина останется в очереди и в журнале.")
    decided = _decide(candidate, by, now, state="refused", words=said)
    record(decided, "asking.refused", by, decided.municipality, why=said[:300])
    return decided


def _decide(candidate: Candidate, by: User, now: datetime, **values: object) -> Candidate:
    title = rights_of(by, candidate.municipality).title[:200]
    changed = Candidate.objects.filter(pk=candidate.pk, state="open").update(
        decided_by=by, decided_title=title, decided_at=now, **values
    )
    if not changed:
        raise Refused("По этому вопросу решение уже есть. Обновите страницу.")
    candidate.refresh_from_db()
    return candidate
