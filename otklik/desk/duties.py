"""«Исполнение Положения» as its screen shows it: duties cut three ways, records behind one, the strip of its year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from otklik.accounts.models import Holding
from otklik.audit.models import JournalEntry
from otklik.audit.selectors import sentences
from otklik.charter.clauses import CAPABILITIES
from otklik.charter.evidence import Evidence
from otklik.charter.state import STATES, State, Stretch, stretches_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import SHORT_MONTHS, capitalised
from otklik.reports.execution import DutyState, role_title, section_title

SHOWN = 50
STRIP = timedelta(days=330)
DAILY_STRIP = timedelta(days=30)
CUTS = {"section": "По разделам", "role": "По ролям", "capability": "По способностям"}
WIDTH, GAP, HEIGHT = 600, 3, 16
SIGNS: dict[State, str] = {"late": "c-over", "never": "dashed", "done": "c-done", "fact": "paper"}


@dataclass(frozen=True)
class Part:
    """A group of duties in the list on the left: its key, title, how many gaps of how many."""

    key: str
    title: str
    rows: Sequence[DutyState]

    @property
    def gaps(self) -> int:
        return sum(row.is_gap for row in self.rows)


@dataclass(frozen=True)
class Proof:
    """One record behind a duty."""

    at: datetime | date | None
    words: str
    link: str


@dataclass(frozen=True)
class Box:
    """A stretch of the year drawn on the strip."""

    x: float
    width: float
    state: str
    words: str


def parts_of(rows: Sequence[DutyState], cut: str, town: Municipality, today: date) -> list[Part]:
    """The duties grouped by the cut, groups in the order of the act (of the catalogue for capabilities)."""
    key_of: dict[str, Callable[[DutyState], str]] = {
        "section": lambda row: row.section,
        "role": lambda row: row.clause.actor,
        "capability": lambda row: row.clause.capability,
    }
    titles: dict[str, Callable[[str], str]] = {
        "section": section_title,
        "role": lambda key: capitalised(role_title(town, key, today)),
        "capability": lambda key: capitalised(CAPABILITIES.get(key, key)),
    }
    grouped: dict[str, list[DutyState]] = {}
    for row in rows:
        grouped.setdefault(key_of[cut](row), []).append(row)
    return [Part(key or "centre", titles[cut](key), found) for key, found in grouped.items()]


def bar_of(counts: Mapping[State, int]) -> list[Box]:
    """The line of all duties: what is done, what stands, what was never done, what is overdue."""
    total, x, boxes = sum(counts.values()), 0.0, []
    for state in ("done", "fact", "never", "late"):
        if counts[state]:
            width = counts[state] / total * WIDTH
            boxes.append(Box(round(x, 1), round(max(width - GAP, 2), 1), state, STATES[state]))
            x += width
    return boxes


def strip_of(row: DutyState, days: Sequence[date], today: date) -> list[Box]:
    """Boxes of the stretches of the year; empty where the duty has no rhythm."""
    back = DAILY_STRIP if row.clause.cadence == "ежедневно" else STRIP
    stretches = stretches_of(row.clause.cadence, days, Period(today - back, today))
    if not stretches:
        return []
    width = WIDTH / len(stretches)
    return [
        Box(round(place * width, 1), round(width - GAP, 1), _state_of(one), _stretch_words(one))
        for place, one in enumerate(stretches)
    ]


def _state_of(one: Stretch) -> str:
    return "done" if one.count else "late" if one.is_over else "running"


def _stretch_words(one: Stretch) -> str:
    since, until = one.period.since, one.period.until
    days = f"{since.day} {SHORT_MONTHS[since.month - 1]}"
    if since != until:
        days += f" – {until.day} {SHORT_MONTHS[until.month - 1]}"
    said = f"записей {one.count}" if one.count else "нет записи" if one.is_over else "ещё идёт"
    return f"{days}: {said}"


def days_of(evidence: Evidence | None, zone: ZoneInfo) -> list[date]:
    """Local days of every record."""
    moments = [moment for one in evidence.rows for moment in one.moments()] if evidence else []
    return [one.astimezone(zone).date() if isinstance(one, datetime) else one for one in moments if one]


def proofs_of(evidence: Evidence | None, limit: int = SHOWN) -> list[Proof]:
    """The newest records that prove a duty, each with its address."""
    if evidence is None:
        return []
    found = [pair for one in evidence.rows for pair in one.newest(limit)]
    found.sort(key=lambda pair: str(pair[1] or ""), reverse=True)
    return [Proof(at, words_of(row), link_of(row) or evidence.link) for row, at in found[:limit]]


def words_of(row: Model) -> str:
    """What the record is, without anybody's personal data."""
    if isinstance(row, JournalEntry):
        return sentences().get(row.code, row.code)
    if isinstance(row, Holding):
        return " — ".join(str(one) for one in (row.role, row.post or row.body) if one)
    name = str(row._meta.verbose_name)
    case = getattr(row, "case", None)
    if case is not None:
        return f"{capitalised(name)}: карточка {case}"
    own = type(row).__str__ is not Model.__str__
    return f"{capitalised(name)}: {row}" if own else capitalised(name)


def link_of(row: Model) -> str:
    """The screen of the record, or of the card it belongs to; empty when it has none."""
    number = getattr(getattr(row, "case", row), "number", "")
    if "case" in {type(row)._meta.model_name, *(field.name for field in row._meta.fields)} and number:
        return reverse("desk:card", args=[number])
    return next(filter(None, _addresses(row)), "")


PAGES = {"materialrequest": "report_request", "rawmessage": "raw_one", "rule": "rule_edit"}
KEYED_BY_NUMBER = frozenset({"errand", "meeting"})


def _addresses(row: Model) -> Iterable[str]:
    name = str(type(row)._meta.model_name)
    key = getattr(row, "number", row.pk) if name in KEYED_BY_NUMBER else row.pk
    try:
        yield reverse(f"desk:{PAGES.get(name, name)}", args=[key])
    except NoReverseMatch:
        yield ""
    for above in ("report", "meeting", "protocol", "errand", "problem", "roadmap", "affair"):
        parent = getattr(row, above, None)
        if isinstance(parent, Model):
            yield from _addresses(parent)
