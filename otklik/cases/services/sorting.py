"""Deeds of sorting: a person's word on topic, place, kind, urgency and twins. It outweighs the machine's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.cases.models import Case, Term, Twin
from otklik.cases.services.clocks import refresh_nearest, registration_terms, stop_clocks
from otklik.cases.services.facts import facts_of
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.moving import begin, finish
from otklik.cases.states import DONE_STATES
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.language.lemmas import lemmas
from otklik.places.cells import cell_of
from otklik.places.models import Settlement
from otklik.routing.rules import Choice, choose
from otklik.topics.models import Topic

KIND_CHANGED = "изменён вид"


@dataclass(frozen=True)
class PlaceChoice:
    """The place a person names; the point is optional, and given when a person has put it."""

    settlement: Settlement | None = None
    street: str = ""
    house: str = ""
    lat: float | None = None
    lon: float | None = None
    street_kind: str = ""
    point_given: bool = False

    @property
    def cell(self) -> str:
        """The H3 cell of the point; empty without one."""
        return "" if self.lat is None or self.lon is None else cell_of(self.lat, self.lon)


@carries_out(
    "BOG-II.2.1.2", "BOR-1.1.3.а", "BOR-2.4.д", "DEM-2.2.1.1", "LOV-2.2.1.2", "MIH-1.1.7.1", "MIH-1.4.2"
)
def set_topic(case: Case, topic: Topic, by: User, now: datetime, why: str = "") -> Case:
    """Confirm or correct the topic; the block follows."""
    case = begin(case, "set_topic", by)
    known = Knowledge(case.municipality)
    fields = {
        "topic": topic,
        "topic_checked": True,
        "topic_sureness": 1.0,
        "block_key": known.block_of(topic),
        "solvable": topic.solvable,
    }
    before = case.topic.key if case.topic else ""
    finish(case, "set_topic", "cases.topic_set", by, now, why, fields, {"was": before, "is": topic.key})
    return case


def proposed_body(case: Case) -> Choice:
    """What the auto-rules say of the case as it stands now; shown in the tray beside the topic."""
    known = Knowledge(case.municipality)
    return choose(known.rules, facts_of(case, known, frozenset(lemmas(case.masked_text))))


def set_place(case: Case, place: PlaceChoice, by: User, now: datetime) -> Case:
    """Confirm or correct the place."""
    case = begin(case, "set_place", by)
    fields = {
        "settlement": place.settlement,
        "street": place.street[:160],
        "street_kind": place.street_kind[:20],
        "house": place.house[:20],
        "lat": place.lat,
        "lon": place.lon,
        "point_given": place.point_given,
        "h3": place.cell,
        "place_checked": True,
        "place_sureness": 1.0,
    }
    finish(case, "set_place", "cases.place_set", by, now, fields=fields)
    return case


def set_kind(case: Case, kind: str, by: User, now: datetime, why: str) -> Case:
    """Change the legal regime with a reason; the clocks of the old regime stop, those of the new one start
    from the same receipt."""
    if not why.strip():
        raise Refused("Напишите, почему меняете вид: от него зависят сроки по закону.")
    case = begin(case, "set_kind", by)
    if case.kind == kind:
        raise Refused("Вид уже такой.")
    stop_clocks(case, now, KIND_CHANGED)
    finish(
        case,
        "set_kind",
        "cases.kind_set",
        by,
        now,
        why,
        {"kind": kind, "kind_reason": why[:300]},
        {"is": kind},
    )
    _restart_clocks(case, KIND_CHANGED)
    return case


def _restart_clocks(case: Case, why: str) -> None:
    fresh = registration_terms(case, Knowledge(case.municipality))
    for term in fresh:
        term.case, term.why = case, why
    Term.objects.bulk_create(fresh)
    refresh_nearest(case)


def set_urgency(case: Case, urgency: str, by: User, now: datetime, why: str = "") -> Case:
    """Mark urgent or ordinary. Clocks already started keep their dates; an outer first answer is counted anew."""
    case = begin(case, "set_urgency", by)
    fields = {"urgency": urgency, "urgency_reason": (why or "отметил сотрудник")[:200]}
    finish(case, "set_urgency", "cases.urgency_set", by, now, why, fields, {"is": urgency})
    return case


def mark_outcome(case: Case, was_visited: bool, held_liable: int, by: User, now: datetime) -> Case:
    """Marks of an appeal that only a person knows (Указ 171): looked at on the spot, how many were held liable."""
    case = begin(case, "mark_outcome", by)
    fields = {"was_visited": was_visited, "held_liable": held_liable}
    finish(case, "mark_outcome", "cases.outcome_marked", by, now, "", fields, fields)
    return case


def join_case(case: Case, other: Case, by: User | None, now: datetime) -> Case:
    """Make the case a part of another one; its author stays and will get the answer to the common problem."""
    if case.pk == other.pk:
        raise Refused("Карточку нельзя присоединить к самой себе.")
    if case.municipality_id != other.municipality_id:
        raise Refused("Карточки разных муниципалитетов не соединяются.")
    if other.joined_to_id:
        raise Refused(f"Карточка {other.number} сама присоединена. Выберите главную.")
    if other.state in DONE_STATES:
        raise Refused(f"По карточке {other.number} уже ответили. Ответьте на эту отдельно.")
    case = begin(case, "join", by)
    Twin.objects.update_or_create(
        case=case,
        other=other,
        defaults={
            "municipality": case.municipality,
            "case_came_at": case.came_at,
            "other_came_at": other.came_at,
            "kind": "joined",
            "sureness": 1.0,
            "reason": "решил сотрудник" if by else "решил заявитель",
            "decision": "accepted",
            "decided_by": by,
        },
    )
    followers = Case.objects.filter(joined_to=case)
    details = {
        "to": other.number,
        "followers": list(followers.values_list("number", flat=True)),
        "was_collective": other.is_collective,
    }
    followers.update(joined_to=other)
    stop_clocks(case, now, "присоединено")
    fields = {"joined_to": other, "needs_triage": False, "is_collective": True}
    finish(case, "join", "cases.joined", by, now, fields=fields, details=details)
    Case.objects.filter(pk=other.pk).update(is_collective=True)
    return case


def part_again(case: Case, details: Mapping[str, Any]) -> None:
    """Undo of a joining: both cases and those joined to them before stand as they stood."""
    own = Case.objects.filter(municipality=case.municipality)
    own.filter(number__in=details["followers"]).update(joined_to=case)
    own.filter(number=details["to"]).update(is_collective=details["was_collective"])
    Twin.objects.filter(case=case, other__number=details["to"]).update(decision="proposed", decided_by=None)


def refuse_twin(case: Case, other: Case, by: User, now: datetime) -> None:
    """Say that the two are not alike; the pair is not proposed again."""
    changed = Twin.objects.filter(case=case, other=other).update(decision="refused", decided_by=by)
    if not changed:
        raise Refused("Такого сходства машина не предлагала.")
    record(case, "cases.twin_refused", by, case.municipality, details={"other": other.number})
