"""The timer's word about clocks of risks: soon, late, said higher up. It reminds and never moves a card.

Called by `tasks.mind_clocks`; every word is said once for each clock.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F

from otklik.accounts.services import leave_once
from otklik.audit.services import record
from otklik.common.models import Municipality
from otklik.common.words import moment_words
from otklik.risks.chat.rules import by_words
from otklik.risks.models import Risk, RiskClock, RiskNudge
from otklik.risks.reaching import MEASURED
from otklik.risks.rules import nudge_of
from otklik.risks.selectors import WORKS, is_kept, levels_of, page_of
from otklik.risks.telling import tell_above, tell_workers
from otklik.risks.words import CLOCKS, OPEN_STATES

GRACE = timedelta(hours=1)


def mind(municipality: Municipality, now: datetime) -> int:
    """Say what the clocks ask for at this moment; returns how many words were said. Exercises are reminded too."""
    if not is_kept(municipality):
        return 0
    rows = RiskClock.objects.filter(
        municipality=municipality, stopped_at=None, round=F("risk__round"), risk__state__in=OPEN_STATES
    ).select_related("risk__municipality", "risk__post__body")
    said = 0
    for clock in rows.prefetch_related("nudges").order_by("due_at", "pk"):
        kind = nudge_of(clock.start_at, clock.due_at, now)
        told = {one.kind for one in clock.nudges.all()}
        if not kind or kind in told or (clock.key == "watch" and kind == "soon"):
            continue
        if _is_first(clock, kind, now):
            _say(clock, kind, now)
            said += 1
    return said + _ask_for_reach(municipality, now)


def _is_first(clock: RiskClock, kind: str, now: datetime) -> bool:
    return RiskNudge.objects.get_or_create(
        municipality=clock.municipality, clock=clock, kind=kind, defaults={"at": now}
    )[1]


def _say(clock: RiskClock, kind: str, now: datetime) -> None:
    risk = clock.risk
    zone = ZoneInfo(risk.municipality.time_zone)
    due_at, today = clock.due_at.astimezone(zone), now.astimezone(zone)
    due = moment_words(due_at, today)
    if clock.key == "watch":
        said = f"Риск {risk}: часы наблюдения прошли {due}. Запишите, что видно, и решите"
        (tell_above if kind == "escalated" else tell_workers)(risk, said)
        return
    what = CLOCKS[clock.key]
    if kind == "soon":
        tell_workers(risk, f"Риск {risk}: {what} {by_words(due_at, today)}. {risk.title}")
    elif kind == "late":
        tell_workers(risk, f"Риск {risk}: срок «{what}» прошёл {due}. {risk.title}")
    else:
        _escalate(risk, what, due)


def _escalate(risk: Risk, what: str, due: str) -> None:
    """Those above hear of it, with whom the charter's level names: outsiders are told by a person."""
    level = levels_of(risk.municipality).get(risk.level_key)
    whom = f" Уровень {level.title}: сообщите — {', '.join(level.escalate_to)}." if level else ""
    said = f"Риск {risk}: «{what}» не сделано, срок прошёл {due}.{whom}"
    tell_above(risk, said)
    record(risk, "risks.escalated", None, risk.municipality, why=said[:300])


def _ask_for_reach(municipality: Municipality, now: datetime) -> int:
    """Remind once that the reach is to be measured again, where no network tells it."""
    said = 0
    rows = Risk.objects.filter(
        municipality=municipality, state__in=OPEN_STATES, began_at__gte=now - timedelta(days=2)
    )
    for risk in rows.prefetch_related("reach").select_related("municipality"):
        marks = {one.mark for one in risk.reach.all() if one.round == risk.round}
        for mark, after in MEASURED.items():
            if mark not in marks and risk.began_at + after <= now < risk.began_at + after + GRACE:
                hours = int(after.total_seconds() // 3600)
                words = f"Риск {risk}: прошло {hours} ч, измерьте охват снова"
                said += leave_once(municipality, words, page_of(risk), permission=WORKS)
    return said
