"""Clocks as drawn: chips for lists and heads, tracks for the card. Pure: moments and calendar are arguments.

The words and states are those of `deadlines`, so the same clock reads the same on every screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otklik.cases.models import Case, Term
from otklik.cases.selectors import RowClock
from otklik.cases.states import DONE_STATES
from otklik.common.words import short_day
from otklik.deadlines import running
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import CLOCKS, Running, State
from otklik.deadlines.words import aloud, caption, chip_words, lateness

LOOKS: dict[State, str] = {
    "in_time": "ok",
    "soon": "soon",
    "today": "today",
    "overdue": "over",
    "paused": "pause",
    "done": "done",
    "done_late": "late",
}
TRACK = 260.0


@dataclass(frozen=True)
class Chip:
    """A clock as drawn: `words` on the chip, `which` under it, `spoken` for the ear and the tooltip."""

    state: str
    words: str
    which: str
    spoken: str
    is_inner: bool = False

    @property
    def icon(self) -> str:
        """The drawing of the state in the icon sheet."""
        return f"c-{self.state}"


def chip_of(term: Running, now: datetime, calendar: WorkCalendar) -> Chip:
    """The chip of a term on record."""
    state = running.state_of(term, now, calendar)
    words = chip_words(term, state, running.next_moment(term, now), now, calendar)
    return Chip(LOOKS[state], words, caption(term), aloud(term, state, now, calendar), term.is_inner)


def nearest_term(case: Case | RowClock) -> running.Term | None:
    """The nearest clock repeated on the case's row, without asking for the term itself."""
    if not case.next_term_key or case.next_control_at is None:
        return None
    known = CLOCKS.get(case.next_term_key)
    inner = known.inner if known else False
    legal = case.next_control_at if inner or case.next_legal_at is None else case.next_legal_at
    return running.Term(
        key=case.next_term_key,
        unit=known.unit if known else "day",
        is_inner=inner,
        start_at=case.registered_at,
        control_at=case.next_control_at,
        legal_at=max(legal, case.next_control_at),
    )


def row_chip(case: Case, now: datetime, calendar: WorkCalendar) -> Chip | None:
    """The one chip of a list row; an ended case says when it was answered."""
    if case.state in DONE_STATES:
        verb = "закрыто" if case.result == "no_answer" else "исполнено"
        words = f"{verb} {short_day(calendar.day_of(case.answered_at or case.closed_at or case.changed_at))}"
        return Chip("done", words, "", words)
    term = nearest_term(case)
    if case.state == "asking" and (term is None or running.state_of(term, now, calendar) == "in_time"):
        return Chip("pause", "пауза", "ждём заявителя", "пауза: ждём заявителя")
    return chip_of(term, now, calendar) if term else None


def row_look(case: Case | RowClock, now: datetime, calendar: WorkCalendar) -> str:
    """The state of `row_chip` without its words: what a group of the list is counted by."""
    if case.state in DONE_STATES:
        return "done"
    term = nearest_term(case)
    look = LOOKS[running.state_of(term, now, calendar)] if term else ""
    if case.state == "asking" and look in ("", "ok"):
        return "pause"
    return look or "done"


@dataclass(frozen=True)
class Piece:
    """A rectangle of a track; `kind` is its class."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Track:
    """A line of the clocks' sheet: name, clause, what it says, and its pieces on one common scale."""

    key: str
    title: str
    clause: str
    says: str
    spoken: str
    pieces: list[Piece]
    is_inner: bool
    is_unconfirmed: bool


@dataclass(frozen=True)
class Tracks:
    """All clocks of a card on one scale; `now_x` is where today stands."""

    lines: list[Track]
    now_x: float
    first: datetime
    last: datetime
    width: float = TRACK


def tracks_of(terms: Sequence[Term], now: datetime, calendar: WorkCalendar) -> Tracks | None:
    """Lay the card's clocks on a common scale from the first start to the last end."""
    if not terms:
        return None
    first = min(term.start_at for term in terms)
    last = max(max(term.legal_at, term.stopped_at or term.legal_at) for term in terms)
    last = max(last, now) + (last - first) * 0.04 + timedelta(minutes=1)

    def at(moment: datetime) -> float:
        return TRACK * ((moment - first) / (last - first))

    lines = [_track(term, at, now, calendar) for term in terms]
    return Tracks(lines, at(now), calendar.local(first), calendar.local(last))


def _track(term: Term, at: Callable[[datetime], float], now: datetime, calendar: WorkCalendar) -> Track:
    state = running.state_of(term, now, calendar)
    look = LOOKS[state]
    end = term.stopped_at or min(now, term.legal_at)
    pieces = [Piece(at(term.start_at), max(at(end) - at(term.start_at), 3), f"track--{look}")]
    if term.paused_at:
        pieces.append(Piece(at(term.paused_at), max(at(now) - at(term.paused_at), 3), "track--hatch"))
    if not term.stopped_at and now < term.legal_at:
        pieces.append(Piece(at(now), at(term.legal_at) - at(now), f"track--rest track--rest-{look}"))
    if state == "overdue":
        pieces.append(Piece(at(term.legal_at), max(at(now) - at(term.legal_at), 3), "track--over"))
    return Track(
        term.key,
        caption(term) if term.key in CLOCKS else term.title,
        term.clause,
        _says(term, state, now, calendar),
        aloud(term, state, now, calendar),
        pieces,
        term.is_inner,
        term.is_unconfirmed,
    )


def _says(term: Term, state: State, now: datetime, calendar: WorkCalendar) -> str:
    match state:
        case "done" | "done_late" | "paused":
            return chip_words(term, state, term.legal_at, now, calendar)
        case "overdue":
            return f"просрочено {lateness(term, now, calendar)}"
        case _:
            return f"до {short_day(calendar.day_of(term.legal_at))}"
