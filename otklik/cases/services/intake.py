"""Registration: a raw message becomes a structured, routed case under its clocks — one or fifty thousand.

`register_case` is the main paragraph of the system: kind -> reading -> place -> topic -> twins -> body ->
clocks -> one transaction. A batch walks the same `plan_case`, with the language work and the rows in bulk.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases.letters import mail_letter
from otklik.cases.models import Case
from otklik.cases.rules import BEFORE_ANSWER
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.planning import Plan, Read, plan_case
from otklik.cases.services.reading import Reader, reader_of
from otklik.cases.services.saving import save_plans
from otklik.cases.services.sorting import join_case
from otklik.cases.services.twin_memory import TwinMemory
from otklik.channels.incoming import Incoming
from otklik.channels.models import ImportRun, RawMessage
from otklik.channels.services import fail_raw, make_outgoing, skip_raw
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.memory import rare_collection
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.places.selectors import gazetteer_of

CHUNK = 500
log = logging.getLogger(__name__)


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
        plans = _plan_all([raw], by, now, known, Reader(known.gazetteer))
        if not plans:
            raise Refused(raw.error or "В сообщении нет текста.")
        case = save_plans(plans, by, now, known)[0]
        _join_by_wish([case], now)
        return case


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
        waiting, gazetteer = _waiting(municipality, run).count(), gazetteer_of(municipality.key)
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
            cases = save_plans(_plan_all(raws, by, now, known, reader), by, now, known)
            _join_by_wish(cases, now)
            return len(cases)
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


def _is_only_explained(raw: RawMessage, incoming: Incoming, known: Knowledge) -> bool:
    """Mail that came by itself; what a clerk typed in is the clerk's decision to register."""
    by_itself = raw.channel.kind == "email" and incoming.clerk_id is None
    return by_itself and known.values.get("fz59.email_intake_policy") == "explain"


def _explain_mail(raw: RawMessage, incoming: Incoming, now: datetime) -> None:
    """Since 30.03.2025 mail is no way to file an appeal: the writer is told which ways there are (547-ФЗ)."""
    reason = "почта не принимается как обращение: отправлено разъяснение"
    fail_raw(raw, reason)
    skip_raw(raw, reason)
    notice = mail_letter(raw.municipality)
    make_outgoing(
        channel=raw.channel,
        kind=notice.kind,
        about="",
        recipient=incoming.email,
        subject=notice.subject,
        body=notice.body,
        key=f"mail:{raw.pk}",
        now=now,
    )


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


def _plan_all(
    raws: Sequence[RawMessage], by: User | None, now: datetime, known: Knowledge, reader: Reader
) -> list[Plan]:
    reads = _read_all(raws, by, now, known, reader)
    memory = TwinMemory(known.municipality, [read.for_twins for read in reads])
    return [plan_case(read, by, now, known, memory) for read in reads]


def _read_all(
    raws: Sequence[RawMessage], by: User | None, now: datetime, known: Knowledge, reader: Reader
) -> list[Read]:
    """The language work for all messages at once. A message without words fails with its reason."""
    whole: list[tuple[RawMessage, Incoming, str]] = []
    for raw in raws:
        incoming = Incoming.from_payload(raw.payload)
        if by is None and _is_only_explained(raw, incoming, known):
            _explain_mail(raw, incoming, now)
            continue
        text = incoming.whole_text
        if _says_anything(text):
            whole.append((raw, incoming, text))
        else:
            fail_raw(raw, "В сообщении нет ни одного слова. Дополните текст и возьмите его снова.")
    return [
        Read(raw, incoming, text, told)
        for (raw, incoming, text), told in zip(whole, reader.read([text for *_, text in whole]), strict=True)
    ]


def _text_of(raw: RawMessage) -> str:
    return Incoming.from_payload(raw.payload).whole_text


def _says_anything(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
