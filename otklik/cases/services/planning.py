"""What a case will be, decided from a read message: nothing is saved here."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from otklik.accounts.models import Body, User
from otklik.cases.models import Applicant, Case, CaseText, Question, Term, Thread, Twin
from otklik.cases.rules import kind_of
from otklik.cases.services.clocks import nearest, registration_terms
from otklik.cases.services.facts import facts_of
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.message import Read, thread_of
from otklik.cases.services.twin_memory import Found, TwinMemory
from otklik.cases.states import UNSURE
from otklik.cases.twins import Side
from otklik.channels.incoming import Incoming, moment_in
from otklik.language.kind import is_solvable
from otklik.language.lemmas import lemmas
from otklik.places.cells import cell_of
from otklik.routing.rules import Choice, choose

GIST_LENGTH = 120
PERSONAL_TAIL = re.compile(r"(?<=[.!?…])\s+[^.!?…]*\[[а-яА-ЯёЁ .]+\].*$", re.DOTALL)
# A greeting says nothing of the matter; a list has room for one line.
GREETING = re.compile(
    r"^(?:(?:здравствуйте|добрый день|доброе утро|добрый вечер|доброго времени суток|уважаем\w+(?: \w+){1,3})"
    r"\s*[,.!:—-]*\s*)+",
    re.IGNORECASE,
)


@dataclass
class Plan:
    """Unsaved rows of one case, in the order they will be saved."""

    case: Case
    applicant: Applicant
    original: CaseText
    questions: list[Question]
    terms: list[Term]
    choice: Choice
    twins: list[Twin] = field(default_factory=list)
    thread: Thread | None = None
    why: str = ""
    clerk_id: int | None = None


def plan_case(
    read: Read, by: User | None, now: datetime, known: Knowledge, memory: TwinMemory, is_repeat: bool = False
) -> Plan:
    """Decide kind, place, topic, twins, body and clocks of one message; `is_repeat` is known from its conversation."""
    case = _bare_case(read, now, known)
    case.is_repeat = case.is_repeat or is_repeat
    _put_kind(case, read, known)
    _put_place(case, read, known)
    _put_topic(case, read, known)
    _put_urgency(case, read)
    twins = memory.find(case, side_of(case, read.author))
    _put_twins(case, twins)
    choice = _put_body(case, read, known)
    _put_triage(case, choice, read)
    terms = registration_terms(case, known)
    case.next_term_key, case.next_control_at, case.next_legal_at = nearest(terms)
    memory.add(case, side_of(case, read.author))
    return Plan(
        case=case,
        applicant=_applicant(read, known),
        original=CaseText(
            text=read.text, spans=[[span.start, span.end, span.kind] for span in read.reading.personal]
        ),
        questions=_questions(read),
        terms=terms,
        choice=choice,
        twins=[_twin(one) for one in twins],
        thread=thread_of(read, case, now),
        why=case.kind_reason,
        clerk_id=read.incoming.clerk_id,
    )


def _twin(found: Found) -> Twin:
    twin = Twin(kind=found.kind, sureness=found.sureness, reason=found.reason, other_came_at=found.came_at)
    if isinstance(found.case, Case):
        twin.other = found.case
    else:
        twin.other_id = found.case
    return twin


def _bare_case(read: Read, now: datetime, known: Knowledge) -> Case:
    incoming, masked = read.incoming, read.reading.masked
    return Case(
        municipality=known.municipality,
        channel=known.channels[read.raw.channel_id],
        raw=read.raw,
        outer_id=read.raw.outer_id if incoming.columns or incoming.link or incoming.thread else "",
        outer_link=incoming.link[:500],
        outer_status=incoming.outside.status[:200],
        outer_due_at=moment_in(incoming.outside.plan_at),
        gist=gist_of(read),
        masked_text=masked,
        came_at=incoming.came_at,
        registered_at=now,
        text_kind=read.reading.kind.value,
        follow_hash=incoming.follow_hash,
        text_key=read.told.text_key,
        bands=read.told.bands,
        is_repeat=incoming.is_repeat,
        reach=incoming.reach,
    )


def gist_of(read: Read) -> str:
    """One line for a list: the masked subject or the first sentence that says something."""
    lines = [GREETING.sub("", line.strip()) for line in read.reading.masked.splitlines() if line.strip()]
    first = next((line for line in lines if len(line.split()) > 2), lines[0] if lines else "")
    # «Мой телефон [телефон]» is no gist: words after the first hidden value's sentence start are left out.
    head = PERSONAL_TAIL.sub("", first).strip()
    first = head or first
    first = first[:1].upper() + first[1:]
    if len(first) <= GIST_LENGTH:
        return first
    return first[:GIST_LENGTH].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def _put_kind(case: Case, read: Read, known: Knowledge) -> None:
    channel = known.charter.channels.get(case.channel.key)
    incoming = read.incoming
    found = kind_of(
        known.charter.regime,
        case.channel.key,
        channel.form if channel else "electronic",
        incoming.wants_appeal,
        incoming.is_identified,
    )
    case.kind, case.kind_reason = found.kind, found.reason[:300]


def _put_place(case: Case, read: Read, known: Knowledge) -> None:
    incoming, found = read.incoming, read.told.place
    given = GivenPlace.of(incoming)
    name = given.settlement or found.settlement
    name = name or known.settlement_of_street.get((found.street or "").lower(), "")
    case.settlement = known.settlements.get(name)
    case.street = (given.street or found.street or "")[:160]
    case.street_kind = "" if given.street else found.street_kind
    case.house = (given.house or found.house or "")[:20]
    lat, lon = given.point or (found.lat, found.lon)
    case.lat, case.lon = lat, lon
    case.point_given = given.point is not None
    case.h3 = found.h3 if not given.point else cell_of(*given.point)
    case.place_sureness = 1.0 if given.is_there else found.sureness
    case.place_checked = given.is_there
    case.place_words = [word[:80] for word in found.words]


@dataclass(frozen=True)
class GivenPlace:
    """The place the sender gave in separate fields; it outweighs what the text says."""

    settlement: str
    street: str
    house: str
    point: tuple[float, float] | None

    @classmethod
    def of(cls, incoming: Incoming) -> "GivenPlace":
        point = (
            (incoming.lat, incoming.lon) if incoming.lat is not None and incoming.lon is not None else None
        )
        return cls(incoming.settlement, incoming.street, incoming.house, point)

    @property
    def is_there(self) -> bool:
        return bool(self.point or self.street or self.settlement)


def _put_topic(case: Case, read: Read, known: Knowledge) -> None:
    suggestion = read.told.suggestion
    topic = known.topics.get(suggestion.topic_key)
    case.topic = topic
    case.topic_sureness = suggestion.sureness if topic else 0.0
    case.topic_words = [word[:80] for word in suggestion.words]
    case.topic_options = [[key, round(sureness, 3)] for key, sureness in suggestion.alternatives]
    case.block_key = known.block_of(topic)
    case.solvable = is_solvable(read.text, topic.solvable if topic else None, read.reading.kind).value
    case.fast_track = read.incoming.fast_track


def _put_urgency(case: Case, read: Read) -> None:
    if read.reading.urgency.value:
        case.urgency, case.urgency_reason = "high", ", ".join(read.reading.urgency.words)[:200]


def _put_twins(case: Case, twins: list[Found]) -> None:
    if any(one.kind == "repeat" for one in twins):
        case.is_repeat = True


def _put_body(case: Case, read: Read, known: Knowledge) -> Choice:
    case.complained_of = _complained_of(case, known)
    if not _is_sure(case, known):
        return Choice(None, UNSURE)
    choice = choose(known.rules, facts_of(case, known, frozenset(lemmas(read.reading.masked))))
    if choice.rule:
        case.body_id = choice.rule.body_id
        case.rule_id = choice.rule.id
        case.urgency = choice.rule.urgency or case.urgency
        case.fast_track = case.fast_track or choice.rule.fast_track
        case.state = "assigned"
    case.body_reason = choice.reason[:300]
    return choice


def _is_sure(case: Case, known: Knowledge) -> bool:
    """At or above the topic's own threshold and the municipality's (routing.sureness), whichever is higher."""
    asked = known.values.get("routing.sureness")
    least = float(asked) if isinstance(asked, int | float) else 0.0
    return case.topic is not None and case.topic_sureness >= max(case.topic.threshold, least)


def _complained_of(case: Case, known: Knowledge) -> Body | None:
    """The body named in a complaint by its short name; only complaints look for one."""
    if case.text_kind != "complaint":
        return None
    text = case.masked_text.lower()
    named = [body for body in known.bodies.values() if body.short_name and body.short_name.lower() in text]
    return named[0] if named else None


def _put_triage(case: Case, choice: Choice, read: Read) -> None:
    if case.state == "registered":
        case.needs_triage, case.triage_reason = True, choice.reason[:300]
    elif case.text_kind in ("spam", "thanks"):
        case.needs_triage, case.triage_reason = True, "похоже, ответ не нужен"


def _applicant(read: Read, known: Knowledge) -> Applicant:
    incoming = read.incoming
    return Applicant(
        municipality=known.municipality,
        kind=incoming.author_kind,
        name=incoming.author[:300],
        phone=incoming.phone[:40],
        email=incoming.email[:254],
        address=incoming.address[:300],
        outer_author=incoming.outer_author[:300],
        is_identified=incoming.is_identified,
        fingerprint=read.author,
    )


def _questions(read: Read) -> list[Question]:
    return [
        Question(number=one.number, start=one.start, end=one.end, text=one.text)
        for one in read.reading.questions[:99]
    ]


def side_of(case: Case, author: str) -> Side:
    """The case as twin search sees it."""
    point = (case.lat, case.lon) if case.lat is not None and case.lon is not None else None
    return Side(
        text=case.masked_text,
        author=author,
        topic=case.topic.key if case.topic and case.topic_sureness >= case.topic.threshold else "",
        settlement=case.settlement_id,
        street=case.street,
        house=case.house,
        point=point,
        came_at=case.came_at,
        answered_at=case.answered_at,
        legal_at=case.next_legal_at,
    )
