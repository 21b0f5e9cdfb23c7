"""How a problem comes onto the list: proposed with reasons by the machine or a package, or raised by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from otklik.accounts.models import Body, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.cases.models import Case
from otklik.charter.carrying import carries_out
from otklik.common import words as say
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.places.cells import cell_of
from otklik.places.models import Settlement
from otklik.problems.gathering import Member
from otklik.problems.models import OuterIndicator, Problem, ProblemCase
from otklik.problems.rules import MANAGE, keeps, number_of
from otklik.problems.services.locking import held_alive, save
from otklik.problems.words import LIVE_STATES, SOURCES
from otklik.topics.models import Topic
from otklik.topics.selectors import block_of_topic

PAGE = "/problems/"
GROWN = "; теперь всего "
NEXT_NUMBER = """
INSERT INTO problems_problemcounter (municipality_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT ON CONSTRAINT problem_counter DO UPDATE SET last = problems_problemcounter.last + 1 RETURNING last
"""


@dataclass(frozen=True)
class Proposal:
    """A problem as its source sees it. `seed` names the same finding again: it is not proposed twice while a
    problem of it stands. `cases` are keys of cases with the reason of each."""

    source: str
    title: str
    reason: str
    since: date
    until: date | None = None
    gist: str = ""
    sureness: float = 1.0
    seed: str = ""
    ground: str = ""
    ground_link: str = ""
    cases: Mapping[int, Member] = field(default_factory=dict)
    topic: Topic | None = None
    block_key: str = ""
    body: Body | None = None
    settlement: Settlement | None = None
    place_text: str = ""
    point: tuple[float, float] | None = None
    indicator: OuterIndicator | None = None
    outer_ref: str = ""
    fast_track: bool = False


@dataclass(frozen=True)
class ProblemText:
    """What a person writes of a problem."""

    title: str
    gist: str
    block_key: str
    topic: Topic | None = None
    settlement: Settlement | None = None
    place_text: str = ""
    outer_ref: str = ""
    fast_track: bool = False
    indicator: OuterIndicator | None = None


@carries_out(
    "BOG-II.2.2.1", "BOG-II.2.2.5", "DEM-2.2.5.1", "DEM-2.2.5.5", "LOV-2.2.2.1", "LOV-2.2.2.3", "MIH-2.2.2.1"
)
@transaction.atomic
def propose(municipality: Municipality, proposal: Proposal, now: datetime) -> Problem | None:
    """Put a proposed problem on the list; None when a live problem of the same seed stands already."""
    same = Problem.objects.filter(municipality=municipality, seed=proposal.seed, state__in=LIVE_STATES)
    if proposal.seed and same.exists():
        return None
    made = _make(municipality, proposal, "proposed", None, now)
    _join(made, proposal.cases, "proposed", None, now)
    said = f"Предложена проблема {made.number}: {made.title}"
    leave_notice(municipality, said[:300], f"{PAGE}{made.number}/", permission=MANAGE)
    record(made, "problems.proposed", None, municipality, why=proposal.reason[:500])
    return made


@carries_out("DEM-2.2.1.3", "BOG-III.4.7.3", "BOG-II.2.2.2", "DEM-2.2.5.2", "LOV-2.2.2.2", "MIH-2.2.2.2")
@transaction.atomic
def raise_problem(
    municipality: Municipality,
    proposal: Proposal,
    by: User,
    now: datetime,
) -> Problem:
    """A person raises a problem by hand: it stands on the list at once."""
    rights = rights_of(by, municipality)
    if not keeps(rights.permissions, rights.block_keys, _block_key(municipality, proposal)):
        raise Refused("Проблему заводит руководитель её блока или центр. Выберите свой блок.")
    made = _make(municipality, proposal, "confirmed", by, now)
    _join(made, proposal.cases, "confirmed", by, now)
    record(made, "problems.raised", by, municipality, why=made.title)
    return made


def change(problem: Problem, text: ProblemText, version: int, by: User, now: datetime) -> Problem:
    """Say the problem better: the old words stay in the journal."""
    fresh = held_alive(problem, by)
    if version != fresh.version:
        raise changed_meanwhile("проблему")
    _check_words(text.title, fresh.source)
    values = {
        "title": text.title.strip(),
        "gist": text.gist.strip(),
        "block_key": text.block_key,
        "topic": text.topic,
        "settlement": text.settlement,
        "place_text": text.place_text.strip()[:300],
        "outer_ref": text.outer_ref.strip()[:120],
        "fast_track": text.fast_track,
        "indicator": text.indicator,
    }
    changed = {
        name: [str(getattr(fresh, name) or ""), str(value or "")]
        for name, value in values.items()
        if getattr(fresh, name) != value
    }
    if not changed:
        return fresh
    for name in changed:
        setattr(fresh, name, values[name])
    save(fresh, *changed)
    record(fresh, "problems.changed", by, fresh.municipality, why=fresh.title, details=changed)
    return fresh


@transaction.atomic
def grow(problem: Problem, cases: Mapping[int, Member], now: datetime) -> int:
    """Propose further cases for a problem that stands; those struck out before never come back."""
    fresh = held_alive(problem, None)
    added = _join(fresh, cases, "proposed", None, now)
    if added:
        if fresh.state == "proposed":
            _tell_growth(fresh)
        numbers = list(Case.objects.filter(pk__in=added).order_by("pk").values_list("number", flat=True))
        said = f"К проблеме {fresh.number} предложены карточки: {', '.join(numbers[:5])}"
        leave_notice(fresh.municipality, said[:300], f"{PAGE}{fresh.number}/", permission=MANAGE)
        record(fresh, "problems.grown", None, fresh.municipality, details={"cases": numbers})
    return len(added)


def _tell_growth(problem: Problem) -> None:
    """The reason a person decides by says how many cases there are by now."""
    whole = problem.links.exclude(state="struck").count()
    tail = f"{GROWN}{say.count(whole, 'карточка', 'карточки', 'карточек')}"
    problem.reason = problem.reason.partition(GROWN)[0][: 500 - len(tail)] + tail
    problem.save(update_fields=["reason", "changed_at"])


def _make(
    municipality: Municipality, proposal: Proposal, state: str, by: User | None, now: datetime
) -> Problem:
    _check_words(proposal.title, proposal.source)
    lat, lon = proposal.point or (None, None)
    return Problem.objects.create(
        municipality=municipality,
        number=_next_number(municipality, now),
        title=proposal.title.strip()[:200],
        gist=proposal.gist.strip(),
        source=proposal.source,
        ground=proposal.ground[:300],
        ground_link=proposal.ground_link[:500],
        reason=proposal.reason[:500],
        sureness=proposal.sureness,
        seed=proposal.seed[:120],
        block_key=_block_key(municipality, proposal),
        topic=proposal.topic,
        settlement=proposal.settlement,
        place_text=proposal.place_text.strip()[:300],
        lat=lat,
        lon=lon,
        h3=cell_of(*proposal.point) if proposal.point else "",
        since=proposal.since,
        until=proposal.until,
        state=state,
        body=proposal.body,
        fast_track=proposal.fast_track,
        indicator=proposal.indicator,
        outer_ref=proposal.outer_ref[:120],
        raised_by=by,
        raised_at=now,
        confirmed_by=by,
        confirmed_at=now if by else None,
    )


def _block_key(municipality: Municipality, proposal: Proposal) -> str:
    if proposal.block_key or proposal.topic is None:
        return proposal.block_key
    block = block_of_topic(municipality, proposal.topic)
    return block.key if block else ""


def _check_words(title: str, source: str) -> None:
    if not title.strip() or len(title.strip()) > 200:
        raise Refused("Назовите проблему: от одного до 200 знаков.")
    if source not in dict(SOURCES):
        raise Refused("Выберите из списка, откуда проблема известна.")


def _next_number(municipality: Municipality, now: datetime) -> str:
    year = now.astimezone(ZoneInfo(municipality.time_zone)).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [municipality.pk, year])
        row = cursor.fetchone()
    return number_of(year, int(row[0]) if row else 1)


def _join(
    problem: Problem, cases: Mapping[int, Member], state: str, by: User | None, now: datetime
) -> list[int]:
    """Write links to cases that have none to this problem; a case agreed to another problem is left there."""
    known = set(problem.links.values_list("case_id", flat=True))
    elsewhere = set(
        ProblemCase.objects.filter(case_id__in=cases.keys(), state="confirmed").values_list(
            "case_id", flat=True
        )
    )
    new = sorted(cases.keys() - known - elsewhere)
    ProblemCase.objects.bulk_create(_links(problem, {pk: cases[pk] for pk in new}, state, by, now))
    return new


def _links(
    problem: Problem, cases: Mapping[int, Member], state: str, by: User | None, now: datetime
) -> Iterable[ProblemCase]:
    return [
        ProblemCase(
            municipality=problem.municipality,
            problem=problem,
            case_id=pk,
            state=state,
            sureness=one.sureness,
            reason=one.reason[:300],
            by=by,
            at=now,
        )
        for pk, one in cases.items()
    ]
