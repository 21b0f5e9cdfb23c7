"""Исполнение Положения: duties with their states, gaps first; one duty with what proves it; the cadence calendar."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.charter.evidence import evidence_keys
from otklik.charter.models import Clause
from otklik.charter.proof import ask_anew, evidence_of
from otklik.charter.selectors import acts_of, clauses_of
from otklik.charter.state import STATES
from otklik.common.periods import write_period, year_of
from otklik.common.today import today_in
from otklik.desk.deed_words import deed_links
from otklik.desk.duties import (
    CUTS,
    SIGNS,
    Part,
    bar_of,
    days_of,
    parts_of,
    proofs_of,
    strip_of,
)
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.reports.execution import DutyState, counts_of, gaps_first, role_title, states_of
from otklik.reports.material_state import lines_of
from otklik.reports.periods import in_words
from otklik.reports.selectors import duties_of, late_slots

GAPS, MINE = "gaps", "mine"


@require_safe
@needs("charter.view")
def duties(request: DeskRequest) -> HttpResponse:
    """Every duty with its state, gaps first; cut by section, by role or by capability."""
    return page_or_part(request, "charter/duties", _screen(request))


@require_safe
@needs("charter.view")
def duty(request: DeskRequest, clause_id: str) -> HttpResponse:
    """One duty beside the list: the strip of its year and up to fifty records that prove it, asked at this moment."""
    clause = get_object_or_404(Clause, municipality=request.municipality, clause_id=clause_id)
    return page_or_part(request, "charter/duties", {**_screen(request), **_one(request, clause)})


@require_safe
@needs("charter.view")
def cadence(request: DeskRequest) -> HttpResponse:
    """Duties that come again and again: the strip of each, then papers by their days, then what waits for its day."""
    town, today = request.municipality, today_in(request.municipality)
    rows = _rows(request)
    timed = [_strip(request, row) for row in rows if row.clause.cadence]
    context = {
        "strips": [one for one in timed if one["boxes"]],
        "papers": [
            {"duty": one, "slots": [(slot, in_words(slot.slot.period)) for slot in one.slots]}
            for one in duties_of(town, today)
            if one.slots
        ],
        "others": [one["row"] for one in timed if not one["boxes"]],
        "signs": SIGNS,
        **_late(request),
    }
    return page_or_part(request, "charter/cadence", context)


def _rows(request: DeskRequest) -> list[DutyState]:
    town, today = request.municipality, today_in(request.municipality)
    clauses = list(clauses_of(town))
    found = evidence_of((one.evidence_key for one in clauses), town, timezone.now(), today)
    return states_of(town, clauses, found, today)


def _screen(request: DeskRequest) -> dict[str, Any]:
    town, today = request.municipality, today_in(request.municipality)
    rows = _rows(request)
    cut = request.GET.get("by", "section")
    cut = cut if cut in CUTS else "section"
    parts = parts_of(rows, cut, town, today)
    mine = [row for row in rows if row.clause.actor in request.rights.role_keys]
    counts = counts_of(rows)
    chosen = request.GET.get("part", "")
    return {
        "acts": list(acts_of(town)),
        "total": len(rows),
        "proved": counts["done"] + counts["fact"],
        "counts": counts,
        "legend": [(state, words, counts[state], SIGNS[state]) for state, words in STATES.items()],
        "bar": bar_of(counts),
        "cuts": CUTS,
        "cut": cut,
        "parts": parts,
        "gaps": gaps_first(rows),
        "mine": mine,
        "chosen": chosen,
        "groups": _shown(rows, parts, mine, chosen, request.GET.get("state", "")),
        "signs": SIGNS,
        "year": write_period(year_of(today.year)),
        "may_report": may(request, "reports.compose"),
        "may_confirm": may(request, "charter.confirm"),
        "roles": {row.clause.actor: role_title(town, row.clause.actor, today) for row in rows},
        **_late(request),
    }


def _shown(
    rows: list[DutyState], parts: list[Part], mine: list[DutyState], chosen: str, state: str
) -> list[Part]:
    """Groups of the list: what was chosen on the left, else gaps and after them every part without its gaps."""
    if state in STATES:
        return [Part(state, STATES[state].capitalize(), [row for row in rows if row.state == state])]
    gaps = Part(GAPS, "Пробелы", gaps_first(rows))
    if chosen == GAPS:
        return [gaps]
    if chosen == MINE:
        return [Part(MINE, "Мои обязанности", mine)]
    if chosen:
        return [part for part in parts if part.key == chosen]
    kept = [Part(part.key, part.title, [row for row in part.rows if not row.is_gap]) for part in parts]
    return [part for part in (gaps, *kept) if part.rows]


def _one(request: DeskRequest, clause: Clause) -> dict[str, Any]:
    town, today = request.municipality, today_in(request.municipality)
    found = ask_anew(clause.evidence_key, town, timezone.now(), today)
    row = states_of(town, [clause], {clause.evidence_key: found}, today)[0]
    key = evidence_keys().get(clause.evidence_key)
    return {
        "one": row,
        "boxes": strip_of(row, days_of(found, ZoneInfo(town.time_zone)), today),
        "proofs": proofs_of(found),
        "means": key.title if key else "",
        "whose": role_title(town, clause.actor, today),
        "deeds": deed_links(clause.clause_id),
        "back": reverse("desk:charter"),
    }


def _strip(request: DeskRequest, row: DutyState) -> dict[str, Any]:
    town, today = request.municipality, today_in(request.municipality)
    found = ask_anew(row.clause.evidence_key, town, timezone.now(), today) if row.evidence else None
    return {"row": row, "boxes": strip_of(row, days_of(found, ZoneInfo(town.time_zone)), today)}


def _late(request: DeskRequest) -> dict[str, Any]:
    """Papers and materials whose day has passed: a clause with a cadence is not done while they wait."""
    town = request.municipality
    today = today_in(town)
    papers = late_slots(duties_of(town, today))
    return {
        "late_papers": [
            {"duty": duty, "words": in_words(one.slot.period), "due": one.slot.due} for duty, one in papers
        ],
        "late_requests": [line.request for line in lines_of(town, today) if line.is_late],
        "may_see_reports": may(request, "reports.view", "reports.compose"),
    }
