"""A protocol as plain data: what is frozen on signing and what every file and extract is drawn from.

Posts only. The wording is of the office's custom: СЛУШАЛИ, ВЫСТУПИЛИ, РЕШИЛИ; one errand a line.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from otklik.charter.selectors import charter_of
from otklik.common.words import count, table_day
from otklik.office.models import FORMS, AgendaItem, Meeting, Participant
from otklik.office.rules import sentence_of
from otklik.office.selectors import attendance_of, items_of, numbered

MEMBERS = ("член центра", "члена центра", "членов центра")
VOICES = ("for", "against", "abstained")


@dataclass(frozen=True)
class Line:
    """«2.1», the sentence, the post it is for (None for a note)."""

    number: str
    text: str
    post_id: int | None = None


@dataclass(frozen=True)
class Question:
    """A question with what was heard, said and decided; `votes` is empty in person."""

    number: int
    title: str
    heard: str
    spoke: str
    lines: tuple[Line, ...]
    votes: str = ""
    opinions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Protocol:
    """Everything that stands on the paper, in words."""

    number: int
    day: str
    form: str
    place: str
    centre: str
    chair: str
    chair_for: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    invited: tuple[str, ...]
    quorum: str
    questions: tuple[Question, ...]
    keeper: str = ""
    attended: str = ""
    signature: tuple[str, ...] = field(default=())

    def to_data(self) -> dict[str, Any]:
        """Plain data; `protocol_from` reads it back equal."""
        return asdict(self)

    def for_post(self, post_id: int) -> "Protocol":
        """The extract: only questions and lines of this post, with their own numbers."""
        kept = (
            replace(one, lines=tuple(line for line in one.lines if line.post_id == post_id), opinions=())
            for one in self.questions
        )
        return replace(self, questions=tuple(one for one in kept if one.lines))


def protocol_of(meeting: Meeting) -> Protocol:
    """The protocol: as it was signed, or as it stands now. Raises ValueError when a signed one was altered."""
    if meeting.frozen is None:
        return compose(meeting, items_of(meeting))
    if digest_of(meeting.frozen) != meeting.digest:
        raise ValueError(f"protocol {meeting.pk} is not what was signed")
    return protocol_from(meeting.frozen)


def compose(meeting: Meeting, items: Sequence[AgendaItem]) -> Protocol:
    """The protocol as it stands now."""
    town, people = meeting.municipality, list(meeting.participants.all())
    members = [one for one in people if one.kind == "member"]
    quorum = attendance_of(meeting, people)
    zone = ZoneInfo(town.time_zone)
    held = (meeting.started_at or meeting.starts_at).astimezone(zone)
    verb = "Мнения дали" if meeting.form == "in_absentia" else "Присутствовали"
    return Protocol(
        number=meeting.number,
        day=table_day(held.date()),
        form=dict(FORMS)[meeting.form],
        place=meeting.place,
        centre=charter_of(town).identity.centre_title,
        chair=meeting.chair_title,
        chair_for=_for_whom(meeting),
        present=tuple(_named(one) for one in members if one.attendance == "present"),
        absent=tuple(_absent(one) for one in members if one.attendance != "present"),
        invited=tuple(_named(one) for one in people if one.kind != "member"),
        quorum=quorum.words,
        questions=tuple(_question(place, one, meeting) for place, one in enumerate(items, 1)),
        keeper=meeting.keeper_title,
        attended=f"{verb} {count(quorum.present, *MEMBERS)} из {quorum.members}",
    )


def protocol_from(data: dict[str, Any]) -> Protocol:
    """The protocol of its plain data."""
    questions = tuple(
        Question(
            **{
                **one,
                "lines": tuple(Line(**line) for line in one["lines"]),
                "opinions": tuple(one["opinions"]),
            }
        )
        for one in data["questions"]
    )
    lists = {name: tuple(data[name]) for name in ("present", "absent", "invited", "signature")}
    return Protocol(**{**data, **lists, "questions": questions})


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the plain data in one canonical line."""
    line = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def votes_of(item: AgendaItem) -> str:
    """«за 5, против 1, воздержались 0»; what it takes to pass the charter does not say, and neither do we."""
    given = [one.choice for one in item.opinions.all()]
    if not given:
        return ""
    voted = {key: given.count(key) for key in VOICES}
    words = [f"за {voted['for']}", f"против {voted['against']}", f"воздержались {voted['abstained']}"]
    only = given.count("")
    return ", ".join([*words, *([f"мнение без голоса {only}"] if only else [])])


def _question(place: int, item: AgendaItem, meeting: Meeting) -> Question:
    absent = meeting.form == "in_absentia"
    opinions = item.opinions.all() if absent else ()
    return Question(
        number=place,
        title=item.title,
        heard=item.heard or item.speaker,
        spoke=item.spoke,
        lines=tuple(
            Line(f"{place}.{one.number.partition('.')[2]}", sentence_of(one.line), one.decision.post_id)
            for one in numbered([item])
        ),
        votes=votes_of(item) if absent else "",
        opinions=tuple(f"{one.participant.title}: {one.words}" for one in opinions if one.words),
    )


def _for_whom(meeting: Meeting) -> str:
    return f"исполняет обязанности: {meeting.chair_for}; {meeting.chair_ground}" if meeting.chair_for else ""


def _named(one: Participant) -> str:
    return f"{one.title}, {one.organisation}" if one.organisation else one.title


def _absent(one: Participant) -> str:
    return f"{one.title} ({one.why_absent})" if one.why_absent else one.title
