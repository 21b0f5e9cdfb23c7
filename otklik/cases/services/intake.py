"""Registration: a raw message becomes a structured, routed case under its clocks — one or fifty thousand.

`register_case` is the main paragraph of the system: reading -> conversation -> kind -> place -> topic -> twins ->
body -> clocks -> one transaction. A message that continues a conversation is added to its case instead. A batch walks
the same `plan_case`, with the language work and the rows in bulk.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases.mail import EXPLAINED, LEFT, MailWay
from otklik.cases.models import Case
from otklik.cases.rules import BEFORE_ANSWER
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.mailing import explain_mail, way_of_mail
from otklik.cases.services.message import Read
from otklik.cases.services.planning import Plan, plan_case
from otklik.cases.services.reading import Reader, reader_of
from otklik.cases.services.remarks import Remark, hold_cases, save_remarks
from otklik.cases.services.saving import save_plans
from otklik.cases.services.sorting import join_case
from otklik.cases.services.strands import StrandMemory, said_of
from otklik.cases.services.twin_memory import TwinMemory
from otklik.cases.threads import APPLICANT, decide
from otklik.channels.incoming import Incoming
from otklik.channels.models import ImportRun, RawMessage
from otklik.channels.services import fail_raw, skip_raw
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.memory import let_go, rare_collection
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.places.selectors import gazetteer_of

CHUNK = 500
WORDLESS = "В сообщении нет ни одного слова. Дополните текст и возьмите его снова."
ONLY_FILES = "(без слов)"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Left:
    """A message that makes no case and why; `waits`: a person decides in the raw tray."""

    raw: RawMessage
    why: str
    waits: bool = False


@dataclass(frozen=True)
class Found:
    """What a batch holds: cases to make, words of cases that are there, messages that make none."""

    plans: list[Plan] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    explained: list[tuple[Read, MailWay]] = field(default_factory=list)


@carries_out(
    "BOG-II.1.1",
    "BOR-1.2.а",
    "BOR-2.3.б",
    "DEM-1.1.1",
    "DEM-3.3.2",
    "LOV-1.2.1",
    "LOV-2.1",
    "MIH-1.3.1",
    "MIH-3.2.1",
    "MIH-4.1.2.4",
)
def register_case(raw: RawMessage, by: User | None, now: datetime) -> Case:
    """Make a case of one raw message. Raises `Refused` when the message is empty or already a case."""
    if raw.state == "registered":
        raise Refused("Это сообщение уже зарегистрировано.")
    with transaction.atomic():
        known = Knowledge(raw.municipality)
        cases, talked_of = _take_all([raw], by, now, known, Reader(known.gazetteer))
        if not cases and not talked_of:
            raise Refused(raw.error or "В сообщении нет текста.")
        return [*cases, *talked_of][0]


def register_waiting(municipality: Municipality, now: datetime) -> int:
    """Register everything that waits as of a given moment, in the caller's scope; returns how many cases."""
    made = 0
    while True:
        with transaction.atomic():
            raws = _claim(municipality, None, CHUNK)
            if not raws:
                return made
            known = Knowledge(municipality)
            made += _register_chunk(raws, None, now, known, Reader(known.gazetteer))


def register_many(
    municipality: Municipality,
    run: ImportRun | None = None,
    limit: int | None = None,
    tell: Callable[[int], object] = lambda taken: None,
) -> int:
    """Register what waits (of one import when given), fifty thousand messages if need be: while one chunk is
    saved the next is read beside. Opens its own transactions, one a chunk; returns how many cases were made."""
    made = taken = 0
    with within(municipality.pk):
        waiting = _waiting(municipality, run).count()
        if not waiting:
            return 0  # asked every two seconds: nothing else is loaded or looked at
        gazetteer = gazetteer_of(municipality.key)
    with reader_of(gazetteer, waiting if limit is None else min(limit, waiting)) as reader, rare_collection():
        while limit is None or taken < limit:
            with within(municipality.pk):
                raws = _claim(municipality, run, CHUNK)
                if not raws:
                    break
                reader.expect([text for text in map(_text_of, raws) if _says_anything(text)])
                reader.expect(_next_texts(municipality, run))
                made += _register_chunk(raws, None, timezone.now(), Knowledge(municipality), reader)
            taken += len(raws)
            tell(len(raws))
            let_go()
    return made


def _next_texts(municipality: Municipality, run: ImportRun | None) -> list[str]:
    """What the chunk after the claimed one will say; nothing is claimed by looking."""
    following = _waiting(municipality, run)[CHUNK : 2 * CHUNK]
    return [text for text in map(_text_of, following) if _says_anything(text)]


def _register_chunk(
    raws: Sequence[RawMessage], by: User | None, now: datetime, known: Knowledge, reader: Reader
) -> int:
    """The whole chunk at once; when one message breaks the reading, the others go one by one and it stays
    in the raw tray, so that it cannot stop the flow."""
    try:
        with transaction.atomic():
            return len(_take_all(raws, by, now, known, reader)[0])
    except OperationalError:
        raise
    except Exception:
        if len(raws) > 1:
            return sum(_register_chunk([raw], by, now, known, Reader(known.gazetteer)) for raw in raws)
        log.exception("raw message %s could not be read", raws[0].pk)
        fail_raw(raws[0], "Сообщение не удалось разобрать. Администратор увидит причину в журнале программы.")
        return 0


def _join_by_wish(cases: Sequence[Case], now: datetime) -> None:
    """Authors who chose a like message before sending are joined to it; answered meanwhile, theirs goes on alone."""
    for case in cases:
        number = case.raw.payload.get("joins") if case.raw else ""
        if not number or case.kind != "message":
            continue
        other = Case.objects.filter(
            municipality=case.municipality, number=number, state__in=BEFORE_ANSWER, joined_to=None
        ).first()
        if other:
            join_case(case, other, None, now)


def _leave(left: Left) -> None:
    """No case, with the reason."""
    fail_raw(left.raw, left.why)
    if not left.waits:
        skip_raw(left.raw, left.why)


def _waiting(municipality: Municipality, run: ImportRun | None) -> QuerySet[RawMessage]:
    waiting = RawMessage.objects.filter(municipality=municipality, state="new")
    if run is not None:
        waiting = waiting.filter(run=run)
    return waiting.order_by("came_at", "id")


def _claim(municipality: Municipality, run: ImportRun | None, size: int) -> list[RawMessage]:
    return list(
        _waiting(municipality, run)
        .select_related("channel")
        .select_for_update(skip_locked=True, of=("self",))[:size]
    )


def _take_all(
    raws: Sequence[RawMessage], by: User | None, now: datetime, known: Knowledge, reader: Reader
) -> tuple[list[Case], list[Case]]:
    """New cases of the messages, and the cases which the others have continued."""
    found = _plan_all(raws, by, now, known, reader)
    hold_cases(found.remarks)
    for left in found.left:
        _leave(left)
    _explain(found.explained, now)
    cases = save_plans(found.plans, by, now, known)
    _join_by_wish(cases, now)
    return cases, save_remarks(found.remarks, now, known.municipality)


def _explain(letters: Iterable[tuple[Read, MailWay]], now: datetime) -> None:
    """Who has written several letters is told once, in answer to the first: the others need not ask the database."""
    first: dict[str, tuple[Read, MailWay]] = {}
    for read, way in letters:
        first.setdefault(read.incoming.email, (read, way))
    for read, way in first.values():
        explain_mail(read.raw, read.incoming.email, way.takes, now)


def _plan_all(
    raws: Sequence[RawMessage], by: User | None, now: datetime, known: Knowledge, reader: Reader
) -> Found:
    """Each message in the order it came: what continues a conversation, what is a case of its own, what is none."""
    found = Found()
    reads = _read_all(raws, by, known, reader, found)
    twins = TwinMemory(known.municipality, [read.for_twins for read in reads])
    strands = StrandMemory(reads, known)
    for read in reads:
        said = said_of(read, known)
        verdict, way = decide(said, strands.find(read)), way_of_mail(read, by, known)
        if verdict.to is None and way.explains:
            found.explained.append((read, way))
        if verdict.to is not None:
            found.remarks.append(Remark(read, verdict))
            strands.join(read, verdict.to, read.author if verdict.said_by == APPLICANT else "")
        elif not way.takes:
            found.left.append(Left(read.raw, LEFT, waits=True))
        elif not _says_anything(read.incoming.whole_text):
            fail_raw(read.raw, WORDLESS)
        else:
            found.plans.append(plan_case(read, by, now, known, twins, verdict.is_repeat))
            if way.explains:
                found.plans[-1].case.kind_reason = found.plans[-1].why = EXPLAINED
            strands.add(read, found.plans[-1].case, said)
    return found


def _read_all(
    raws: Sequence[RawMessage], by: User | None, known: Knowledge, reader: Reader, found: Found
) -> list[Read]:
    """The language work for all messages at once. A message without words fails with its reason, one that nobody
    has to answer is left with its own."""
    whole: list[tuple[RawMessage, Incoming, str]] = []
    for raw in raws:
        incoming = Incoming.from_payload(raw.payload)
        if by is None and incoming.skip:
            found.left.append(Left(raw, incoming.skip))
        elif text := _words_of(incoming):
            whole.append((raw, incoming, text))
        else:
            fail_raw(raw, WORDLESS)
    return [
        Read(raw, incoming, text, told)
        for (raw, incoming, text), told in zip(whole, reader.read([text for *_, text in whole]), strict=True)
    ]


def _words_of(incoming: Incoming) -> str:
    """What the message says; a photograph sent into a conversation says that it is one."""
    text = incoming.whole_text
    if _says_anything(text):
        return text
    return ONLY_FILES if incoming.thread or incoming.parent else ""


def _text_of(raw: RawMessage) -> str:
    return Incoming.from_payload(raw.payload).whole_text


def _says_anything(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
