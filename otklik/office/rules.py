"""Decisions about meetings: what the charter's mode offers, which state follows which, what a line lacks, how it reads.

Pure: no database, no clock. What a charter leaves open (quorum, votes, notice, days of the protocol) stays open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from otklik.charter.schema.office import Meetings
from otklik.common.errors import Refused
from otklik.common.words import full_day, plural, table_day

MODES = {
    "full": "созыв, повестка, приглашения, протокол, поручения",
    "agenda": "повестка, дата и время с согласованием, подготовка и приглашения",
    "preparation": "подготовка мероприятий по задачам с исполнителями",
    "off": "заседаний положение не предусматривает",
}
NAMES = {
    "full": ("заседание", "Заседание МЦУ"),
    "agenda": ("совещание", "Совещание"),
    "preparation": ("мероприятие", "Мероприятие МЦУ"),
    "off": ("заседание", "Заседание"),
}
"""How the thing is called in a sentence and in its heading; no charter that only prepares speaks of «заседание»."""

OPEN = ("planned", "agreed", "invited")
"""The agenda, participants and time may change."""
WRITING = ("running", "finished")
"""The protocol may be written."""

MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "agree": (("planned",), "agreed"),
    "invite": (("planned", "agreed", "invited"), "invited"),
    "start": (("planned", "agreed", "invited"), "running"),
    "finish": (("running",), "finished"),
    "reopen": (("finished",), "running"),
    "sign": (("finished",), "signed"),
    "send": (("signed",), "sent"),
    "hold": (OPEN, "held"),
    "cancel": (OPEN, "cancelled"),
}
BY_MODE: dict[str, frozenset[str]] = {
    "full": frozenset(MOVES) - {"hold"},
    "agenda": frozenset({"agree", "invite", "hold", "cancel"}),
    "preparation": frozenset({"invite", "hold", "cancel"}),
    "off": frozenset({"cancel"}),
}
NO_QUORUM = "Правило кворума не задано Положением."
NOT_NOW = "Заседание уже в другом состоянии. Обновите страницу."


def check_mode(meetings: Meetings, *modes: str) -> None:
    """Raise Refused when the charter's mode offers no such thing."""
    if meetings.mode not in modes:
        raise Refused(f"По Положению этого здесь нет: {MODES[meetings.mode]}.")


def next_state(meetings: Meetings, deed: str, state: str) -> str:
    """The state after the deed. Raises Refused for a deed the charter does not offer or the state does not allow."""
    if deed not in BY_MODE[meetings.mode]:
        check_mode(meetings)
    since, to = MOVES[deed]
    if state not in since:
        raise Refused(NOT_NOW)
    if deed in ("invite", "start") and meetings.agenda_approver and state == "planned":
        raise Refused("Сначала повестку, дату и время согласует тот, кого называет Положение.")
    return to


def allowed(meetings: Meetings, state: str) -> frozenset[str]:
    """Deeds the state and the charter allow, whoever does them."""
    found = set()
    for deed in BY_MODE[meetings.mode]:
        try:
            next_state(meetings, deed, state)
        except Refused:
            continue
        found.add(deed)
    return frozenset(found)


def check_notice(meetings: Meetings, starts_on: date, today: date) -> None:
    """The term of notice, only where the charter gives one."""
    days = meetings.notice_days
    if days and (starts_on - today).days < days:
        told = f"{days} {plural(days, 'день', 'дня', 'дней')}"
        last = table_day(starts_on - timedelta(days=days))
        raise Refused(f"Приглашают за {told}, то есть до {last}: перенесите заседание.")


@dataclass(frozen=True)
class Quorum:
    """Who is here of the members, how many the charter needs (None where it gives no rule), and the sentence."""

    present: int
    members: int
    needed: int | None

    @property
    def is_met(self) -> bool:
        return self.needed is None or self.present >= self.needed

    @property
    def words(self) -> str:
        if self.needed is None:
            return NO_QUORUM
        said = f"участвуют {self.present} из {self.members}, по Положению нужно {self.needed}"
        return f"Кворум есть: {said}." if self.is_met else f"Кворума нет: {said}."


def quorum_of(meetings: Meetings, present: int, members: int) -> Quorum:
    """The quorum by the charter's share of members; no share, no rule."""
    share = meetings.quorum_share
    return Quorum(present, members, ceil(members * share) if share else None)


def protocol_due(meetings: Meetings, finished_on: date) -> date | None:
    """The last day of the protocol, where the charter gives a term."""
    return finished_on + timedelta(days=meetings.protocol_days) if meetings.protocol_days else None


@dataclass(frozen=True)
class Line:
    """A decision as it is written: posts by their titles, to whom in the dative."""

    kind: str
    to: str = ""
    what: str = ""
    result: str = ""
    due: date | None = None
    control: str = ""


def sentence_of(line: Line) -> str:
    """«Поручить директору МКУ заменить три светильника. Срок: до 24.10.2026. Контроль: руководитель МЦУ.»"""
    said = " ".join(line.what.split()).rstrip(".")
    if line.kind == "noted":
        return "Информацию принять к сведению."
    if line.kind == "words":
        return f"{said[:1].upper()}{said[1:]}." if said else ""
    parts = [f"Поручить {line.to or '…'} {_small(said) or '…'}."]
    if line.result:
        parts.append(f"Результат: {line.result.strip().rstrip('.')}.")
    parts.append(f"Срок: до {table_day(line.due)}." if line.due else "Срок: до …")
    if line.control:
        parts.append(f"Контроль: {line.control}.")
    return " ".join(parts)


def missing_of(line: Line) -> list[str]:
    """What keeps a line from being signed, each in two words; a note lacks nothing."""
    if line.kind == "noted":
        return []
    if line.kind == "words":
        return [] if line.what.strip() else ["пустое решение"]
    lacks = {"без ответственного": line.to, "без дела": line.what.strip(), "без срока": line.due}
    return [said for said, there in lacks.items() if not there]


def offered_days(today: date) -> list[date]:
    """The two nearest Fridays at least five days ahead, as a hint offers them."""
    first = today + timedelta(days=5)
    first += timedelta(days=(4 - first.weekday()) % 7)
    return [first, first + timedelta(days=7)]


def check_absentia(form: str, starts_at: datetime, answers_until: datetime | None) -> None:
    """In absentia opinions are taken until a moment somebody names; in person there is none."""
    if form == "in_absentia" and (answers_until is None or answers_until <= starts_at):
        raise Refused("Назовите, до какого дня и часа собираем мнения: позже начала.")


def opinions_open(state: str, answers_until: datetime | None, now: datetime) -> bool:
    """Whether a member may still write or change an opinion."""
    return state == "running" and answers_until is not None and now <= answers_until


def check_ready(lines: Sequence[tuple[str, Line]], quorum: Quorum) -> None:
    """Raise Refused naming the first thing that keeps the protocol from being signed."""
    if not quorum.is_met:
        raise Refused(f"Протокол не подписать. {quorum.words}")
    if not lines:
        raise Refused("В протоколе нет ни одного решения: запишите хотя бы «информацию принять к сведению».")
    for number, line in lines:
        lacks = missing_of(line)
        if lacks:
            raise Refused(f"Решение {number} {lacks[0]}: дополните его или удалите.")


def say_when(starts_at: datetime) -> str:
    """«20 октября 2026, 14:00»; the moment is in the reader's zone."""
    return f"{full_day(starts_at.date())}, {starts_at:%H:%M}"


def _small(said: str) -> str:
    """The first word of a deed inside a sentence: «Заменить» reads «заменить», «ООО» stays."""
    first, _, rest = said.partition(" ")
    lowered = first if first.isupper() and len(first) > 1 else first[:1].lower() + first[1:]
    return f"{lowered} {rest}".strip()
