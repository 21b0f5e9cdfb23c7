"""By which clauses of the charter a paper is made: the numbers stand in its first lines and on the list of duties."""

from otklik.charter.models import Clause
from otklik.common.models import Municipality
from otklik.common.words import NBSP
from otklik.reports.phrases import listed

PROOFS = {
    "note": ("reports.note", "reports.verified"),
    "summary": ("reports.verified",),
    "decision_support": ("reports.decision_support",),
    "recipients_work": ("reports.leader_review",),
    "quarterly": ("reports.quarterly",),
    "block": ("reports.block",),
    "planning": ("reports.planning",),
    "region_projects": ("reports.region_projects", "reports.region_data"),
    "block_projects": ("reports.block",),
    "region_request": ("office.requests_region",),
    "pos": ("reports.pos",),
    "incident": ("reports.incident",),
    "auto_analysis": ("reports.auto_result",),
}
"""Reports that charters name -> keys of the evidence their clauses ask for."""


def clauses_of(town: Municipality, *charter_keys: str) -> dict[str, list[str]]:
    """Numbers of the clauses as the act writes them, by report; none for a paper the charter does not ask for."""
    wanted = {key: PROOFS.get(key, ()) for key in charter_keys}
    proofs = {proof for keys in wanted.values() for proof in keys}
    rows = Clause.objects.filter(municipality=town, evidence_key__in=proofs).order_by("position")
    found = [(one.evidence_key, _number(one.clause_id)) for one in rows]
    return {
        key: _shortest([number for proof, number in found if proof in keys]) for key, keys in wanted.items()
    }


def _shortest(found: list[str]) -> list[str]:
    """A sentence of a clause that is named itself adds nothing."""
    return [one for one in found if not any(one.startswith(f"{other}.") for other in found)]


def ground_of(town: Municipality, charter_key: str) -> str:
    """«Основание: пункты 3.2.д и 3.2.е положения о центре.»; empty for a paper the charter does not ask for."""
    found = clauses_of(town, charter_key)[charter_key]
    if not found:
        return ""
    word = "пункт" if len(found) == 1 else "пункты"
    return f"Основание: {word}{NBSP}{listed(found)} положения о{NBSP}центре."


def _number(clause_id: str) -> str:
    """«3.2.а» of «BOR-3.2.а»."""
    return clause_id.partition("-")[2] or clause_id
