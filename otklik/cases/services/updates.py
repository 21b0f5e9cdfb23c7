"""News of items that live in outer systems: a newer export moves status, answer and score as added moves."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from otklik.cases.models import Case
from otklik.cases.services.answers import mark_placed
from otklik.cases.services.clocks import NEAREST, stop_clocks
from otklik.cases.services.moving import trace
from otklik.cases.states import OPEN_STATES
from otklik.channels.incoming import moment_in
from otklik.channels.models import ImportRun, RawUpdate
from otklik.common.models import Municipality


def apply_updates(municipality: Municipality, now: datetime, run: ImportRun | None = None) -> int:
    """Take every waiting update into its case; safe to run twice. Returns how many cases changed."""
    waiting = RawUpdate.objects.filter(municipality=municipality, taken=False, raw__case__isnull=False)
    if run is not None:
        waiting = waiting.filter(raw__run__channel=run.channel)
    changed = 0
    for update in waiting.select_related("raw__case__channel", "raw__case__municipality").order_by("id"):
        case, is_placed = _confirm_placed(update, now)
        changed += _apply(case, update.payload.get("outside", {}), now) or is_placed
        update.taken = True
        update.save(update_fields=["taken"])
    return changed


def _confirm_placed(update: RawUpdate, now: datetime) -> tuple[Case, bool]:
    """An export that shows our answer proves that it is placed: its link, else the export itself, is the proof.

    An answer that stood there from the beginning is not ours.
    """
    case, first = update.raw.case, update.raw.payload.get("outside", {})
    outside = update.payload.get("outside", {})
    if case.state == "placing":  # an earlier update of this very pass may have confirmed it
        case.refresh_from_db(fields=["state", "answered_at"])
    answer = outside.get("answer") or ""
    is_ours = bool(answer) and answer != first.get("answer")
    if case.state != "placing" or not (is_ours or outside.get("is_closed")):
        return case, False
    link = str(update.payload.get("link") or "")
    zone = ZoneInfo(case.municipality.time_zone)
    return mark_placed(case, link or f"выгрузка от {now.astimezone(zone):%d.%m.%Y}", None, now), True


def _apply(case: Case, outside: dict[str, Any], now: datetime) -> int:
    fields: dict[str, Any] = {}
    if outside.get("status") and outside["status"] != case.outer_status:
        fields["outer_status"] = str(outside["status"])[:200]
    due_at = moment_in(outside.get("plan_at"))
    if due_at and due_at != case.outer_due_at:
        fields["outer_due_at"] = due_at
    if outside.get("score") and outside["score"] != case.score:
        fields["score"] = outside["score"]
    ended = bool(outside.get("is_closed")) and case.state in OPEN_STATES
    if ended:
        fields |= {
            "state": "closed",
            "closed_at": now,
            "answered_at": case.answered_at or now,
            "needs_triage": False,
        }
    if not fields:
        return 0
    for name, value in fields.items():
        setattr(case, name, value)
    changed = [*fields, "changed_at"]
    if ended:
        stop_clocks(case, now, "закрыто во внешней системе")
        changed += NEAREST
    case.save(update_fields=changed)
    trace(
        case, "outer_update", "cases.outer_updated", None, now, "новая выгрузка", {"fields": sorted(fields)}
    )
    return 1
