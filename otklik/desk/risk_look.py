"""How a risk is drawn: its level, its clocks, its way through the states of the procedure. Pure: moments come in.

The words of time are those of every screen; minutes of risks run round the clock, so no working calendar is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from otklik.charter.schema.risks import RiskLevel
from otklik.common import words
from otklik.desk.clocks import Chip
from otklik.risks.models import Risk, RiskClock, RiskMove
from otklik.risks.rules import nudge_of
from otklik.risks.words import CLOCKS, STATES

MINUTE = timedelta(minutes=1)
HOUR, DAY = 60, 60 * 24
MOST_BARS = 4
# Which clock tells how a state was reached; the state itself when it is over.
OF_STATE = {
    "alert": "alert",
    "verification": "verify",
    "work": "first_word",
    "answer_placed": "full_answer",
    "reaction": "watch",
}
NAMES = {
    "alert": "алерт",
    "verify": "проверка",
    "first_word": "первое слово",
    "full_answer": "полный ответ",
    "watch": "наблюдение",
}


@dataclass(frozen=True)
class Level:
    """A level as four rising bars and its word; `is_on` tells how many are filled."""

    key: str
    title: str
    is_on: tuple[bool, ...]


def level_of(key: str, levels: Mapping[str, RiskLevel]) -> Level:
    """The level of the charter in force; a level that is there no more keeps its key for a name."""
    found = levels.get(key)
    filled = MOST_BARS + 1 - found.position if found else 0
    return Level(key, found.title if found else key, tuple(place < filled for place in range(MOST_BARS)))


def span_words(span: timedelta) -> str:
    """«18 мин», «2 ч 8 мин», «1 день 3 ч»; less than a minute is «меньше минуты»."""
    minutes = max(int(span / MINUTE), 0)
    if minutes < 1:
        return "меньше минуты"
    if minutes < HOUR:
        return f"{minutes}{words.NBSP}мин"
    if minutes < DAY:
        tail = f" {minutes % HOUR}{words.NBSP}мин" if minutes % HOUR else ""
        return f"{minutes // HOUR}{words.NBSP}ч{tail}"
    hours = minutes % DAY // HOUR
    return f"{words.count(minutes // DAY, 'день', 'дня', 'дней')}" + (
        f" {hours}{words.NBSP}ч" if hours else ""
    )


def span_of(minutes: float | None) -> str:
    """A median in words; a dash where nothing was done yet."""
    return "—" if minutes is None else span_words(timedelta(minutes=minutes))


def until_words(moment: datetime, now: datetime) -> str:
    """«до 14:02», on another day «до 14:02 23 окт»."""
    here, today = timezone.localtime(moment), timezone.localtime(now)
    day = "" if here.date() == today.date() else f" {words.short_day(here.date())}"
    return f"до{words.NBSP}{words.clock(here)}{day}"


def clock_chip(clock: RiskClock, now: datetime) -> Chip:
    """A clock of a risk in the language of terms."""
    name = NAMES.get(clock.key, clock.key)
    if clock.stopped_at:
        is_late = clock.key != "watch" and clock.stopped_at > clock.due_at
        taken = span_words(clock.stopped_at - clock.start_at)
        said = f"за {taken}" if clock.key != "watch" else "прошло"
        return Chip("late" if is_late else "done", said, name, f"{name}: {said}")
    if now >= clock.due_at:
        if clock.key == "watch":
            return Chip("today", "можно подводить итог", name, f"{name}: часы прошли, нужно наблюдение")
        late = f"просрочено {span_words(now - clock.due_at)}"
        return Chip("over", late, name, f"{name}: {late}")
    said = until_words(clock.due_at, now)
    is_soon = bool(nudge_of(clock.start_at, clock.due_at, now))
    return Chip("soon" if is_soon else "ok", said, name, f"{name}: {said}")


def nearest(clocks: Iterable[RiskClock], now: datetime) -> Chip | None:
    """The one chip of a row: the running clock nearest to its end."""
    running = [one for one in clocks if one.stopped_at is None]
    return clock_chip(min(running, key=lambda one: one.due_at), now) if running else None


@dataclass(frozen=True)
class Line:
    """A clock on the card: what is due, the norm of the level, how it stands."""

    title: str
    norm: str
    chip: Chip


def clock_lines(clocks: Sequence[RiskClock], now: datetime) -> list[Line]:
    """Clocks of the present round in the order of the procedure."""
    order = list(CLOCKS)
    kept = sorted(clocks, key=lambda one: order.index(one.key) if one.key in order else len(order))
    return [
        Line(CLOCKS[one.key].capitalize(), span_words(one.due_at - one.start_at), clock_chip(one, now))
        for one in kept
    ]


@dataclass(frozen=True)
class Step:
    """A state on the way: when it was reached, how long it took; ahead, here or passed."""

    title: str
    when: datetime | None
    note: str
    is_past: bool
    is_here: bool
    is_late: bool


def way_of(
    risk: Risk, steps: Sequence[str], moves: Sequence[RiskMove], clocks: Sequence[RiskClock], now: datetime
) -> list[Step]:
    """The states of the town's procedure for the present round; a state stepped over has no time."""
    reached = _reached(risk, moves)
    here = steps.index(risk.state) if risk.state in steps else 0
    kept = {one.key: one for one in clocks}
    return [
        _step(key, place, here, reached.get(key), kept.get(OF_STATE.get(key, "")), now)
        for place, key in enumerate(steps)
    ]


def _reached(risk: Risk, moves: Sequence[RiskMove]) -> dict[str, datetime]:
    """State -> the first moment of the round it was entered; a risk begins with what the day's log saw."""
    found: dict[str, datetime] = {}
    for move in sorted(moves, key=lambda one: (one.at, one.pk)):
        if move.round == risk.round and move.to != move.since:
            found.setdefault(move.to, move.at)
    return {"watch": risk.began_at, "found": risk.began_at, **found}


def _step(
    key: str, place: int, here: int, when: datetime | None, clock: RiskClock | None, now: datetime
) -> Step:
    is_here, is_past = place == here, place < here
    note, is_late = "", False
    if clock is not None and (is_here or is_past):
        chip = clock_chip(clock, now)
        is_late = chip.state in ("late", "over")
        note = chip.words if clock.stopped_at or is_here else ""
    return Step(
        STATES[key].capitalize(), when if is_past or is_here else None, note, is_past, is_here, is_late
    )


def opening_of(late: int, waiting: int, calm: str) -> str:
    """The sentence the list opens with: what burns first."""
    parts = []
    if late:
        parts.append(words.spell_count(late, ("срок нарушен", "срока нарушены", "сроков нарушено")))
    if waiting:
        parts.append(
            words.spell_count(
                waiting, ("находка ждёт решения", "находки ждут решения", "находок ждут решения"), "f"
            )
        )
    return f"{words.capitalised('; '.join(parts))}." if parts else calm
