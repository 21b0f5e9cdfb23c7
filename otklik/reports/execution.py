"""How the charter is carried out: every duty with its state, by its evidence, its cadence and papers not handed in.

Called by the page «Исполнение» and by the paper of the same name, so both say one thing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from otklik.charter.evidence import Evidence, evidence_keys
from otklik.charter.models import Clause
from otklik.charter.selectors import charter_of
from otklik.charter.state import GAPS, STATES, State, state_of
from otklik.common.models import Municipality
from otklik.common.words import NBSP
from otklik.deadlines.selectors import calendar_of
from otklik.reports.grounds import PROOFS
from otklik.reports.models import Report
from otklik.reports.norms import waits_of
from otklik.reports.periods import slots

DONE = ("approved", "sent")
SECTIONS = {"ACT": "Акт", "COMP": "Состав", "RISK": "Порядок работы с рисками"}
WHOLE_CENTRE = "весь центр"


@dataclass(frozen=True)
class DutyState:
    """A duty, what proves it, its state, and where it stands in the act."""

    clause: Clause
    evidence: Evidence | None
    state: State

    @property
    def number(self) -> str:
        """«3.2.а» of «BOR-3.2.а»."""
        return self.clause.clause_id.partition("-")[2] or self.clause.clause_id

    @property
    def section(self) -> str:
        """The first step of the number: «3», «ACT»."""
        return re.split(r"[.-]", self.number)[0]

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def is_gap(self) -> bool:
        return self.state in GAPS

    @property
    def cadence(self) -> str:
        return self.clause.cadence or "по необходимости"


def section_title(section: str) -> str:
    """«Раздел 3», «Акт»."""
    return SECTIONS.get(section, f"Раздел{NBSP}{section}")


def states_of(
    town: Municipality, clauses: Iterable[Clause], found: Mapping[str, Evidence | None], today: date
) -> list[DutyState]:
    """The state of each duty by the evidence found for its key."""
    late, known = late_keys(town, today), evidence_keys()
    workday_before = calendar_of(town).previous_working_day
    return [
        DutyState(
            one,
            found.get(one.evidence_key),
            state_of(
                one.cadence,
                found.get(one.evidence_key),
                one.evidence_key in known and known[one.evidence_key].is_fact,
                today,
                workday_before,
                one.evidence_key in late,
            ),
        )
        for one in clauses
    ]


def late_keys(town: Municipality, today: date) -> set[str]:
    """Keys of evidence whose paper was due by the charter and is not signed."""
    asked, waits = charter_of(town, today).reports.values(), waits_of(town)
    owed = [
        (one.key, slot.period.since, slot.period.until)
        for one in asked
        for slot in slots(one.cadence, one.days, waits, today)
        if slot.due < today and one.key in PROOFS
    ]
    if not owed:
        return set()
    kept = Report.objects.filter(municipality=town, state__in=DONE, charter_key__in={key for key, *_ in owed})
    signed = set(kept.values_list("charter_key", "since", "until"))
    return {PROOFS[one[0]][0] for one in owed if one not in signed}


def counts_of(rows: Sequence[DutyState]) -> dict[State, int]:
    """How many duties are in each state, in the order of urgency."""
    return {state: sum(row.state == state for row in rows) for state in STATES}


def gaps_first(rows: Iterable[DutyState]) -> list[DutyState]:
    """Gaps alone: overdue before never done, each in the order of the act."""
    order = list(STATES)
    return sorted((row for row in rows if row.is_gap), key=lambda row: order.index(row.state))


def role_title(town: Municipality, role: str, today: date) -> str:
    """Whose duty it is, in the words of the charter."""
    named = charter_of(town, today).roles.get(role)
    return named.title if named else WHOLE_CENTRE
