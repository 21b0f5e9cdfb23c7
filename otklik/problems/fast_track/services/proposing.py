"""What the flow proposes to speed up, and what a person says to it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.problems.fast_track.models import Mechanism, Proposal
from otklik.problems.fast_track.selectors import recurring, thresholds_of

PAGE = "/fast-track/"

TEXT_LIMIT = 500


@carries_out("BOR-1.2.ж.1", "BOR-3.2.в.1", "DEM-2.4.2", "MIH-3.2.6.1")
def propose(municipality: Municipality, now: datetime) -> list[Proposal]:
    """Write down topics that come back; returns new proposals.

    A waiting proposal gets fresh figures. One refused is not repeated within the window, a topic with a mechanism
    is not proposed.
    """
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    kept = Mechanism.objects.filter(municipality=municipality).exclude(state="stopped")
    busy = set(kept.values_list("topics", flat=True))
    late = now - timedelta(days=thresholds_of(municipality, today).window_days)
    refused = Proposal.objects.filter(municipality=municipality, state="refused", decided_at__gte=late)
    busy |= set(refused.values_list("topic", flat=True))
    made = []
    for one in recurring(municipality, today):
        if one.topic.pk in busy:
            continue
        values: dict[str, Any] = {
            "body_id": one.body_id,
            "since": one.period.since,
            "until": one.period.until,
            "reason": one.reason,
            "figures": asdict(one.flow),
        }
        waiting = Proposal.objects.filter(municipality=municipality, topic=one.topic, state="open")
        if not waiting.update(**values):
            made.append(Proposal.objects.create(municipality=municipality, topic=one.topic, at=now, **values))
    for proposal in made:
        record(proposal, "fast_track.proposed", None, municipality, why=proposal.reason)
    if made:
        text = f"Темы повторяются, можно ускорить ответы: {len(made)}"
        leave_notice(municipality, text, PAGE, permission="problems.manage")
    return made


def refuse_proposal(proposal: Proposal, words: str, by: User, now: datetime) -> Proposal:
    """Say once why a topic will not be sped up."""
    said = words.strip()[:TEXT_LIMIT]
    if not said:
        raise Refused("Напишите, почему ускорять не нужно: причина останется в журнале.")
    decide_on(proposal, by, now, state="refused", words=said)
    record(proposal, "fast_track.refused", by, proposal.municipality, why=said)
    return proposal


def decide_on(proposal: Proposal, by: User, now: datetime, **values: object) -> None:
    changed = Proposal.objects.filter(pk=proposal.pk, state="open").update(
        decided_by=by, decided_at=now, **values
    )
    if not changed:
        raise Refused("По этой теме решение уже есть. Обновите страницу.")
    proposal.refresh_from_db()
