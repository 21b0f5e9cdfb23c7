"""Messages that continue a case, joined to it by the intake: rows, threads, files, journal, a notice a body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from otklik.accounts.models import Notice
from otklik.audit.services import Entry, record_many
from otklik.cases.models import Case, CaseFile, Move, Thread, Utterance, UtteranceText
from otklik.cases.services.message import Read, thread_of
from otklik.cases.services.talking import resume_after_reply
from otklik.cases.threads import APPLICANT, Verdict
from otklik.channels.models import RawMessage, StoredFile
from otklik.common.models import Municipality

HEARD = {
    "applicant": "Заявитель написал ещё: {number}",
    "resident": "В разговоре ответили заявителю: {number}",
}


@dataclass(frozen=True)
class Remark:
    """A read message that continues a case."""

    read: Read
    verdict: Verdict

    @property
    def case_id(self) -> int | None:
        """None for a case of the same batch that is not saved yet."""
        case = self.verdict.to.case if self.verdict.to else None
        return case.pk if isinstance(case, Case) else case


def hold_cases(remarks: Sequence[Remark]) -> None:
    """Lock the stored cases before anything is journaled: whoever works on one of them journals last too."""
    stored = {remark.case_id for remark in remarks if remark.case_id}
    if stored:
        list(Case.objects.select_for_update().filter(pk__in=stored).order_by("pk").values_list("pk"))


def save_remarks(remarks: Sequence[Remark], now: datetime, town: Municipality) -> list[Case]:
    """Add the messages to their cases, in the caller's transaction; returns the case of each."""
    if not remarks:
        return []
    wanted = Case.objects.filter(pk__in={remark.case_id for remark in remarks})
    cases: dict[int | None, Case] = {
        case.pk: case for case in wanted.select_related("municipality", "channel", "body")
    }
    replies = [_is_reply(remark, cases) for remark in remarks]
    rows = Utterance.objects.bulk_create(
        [
            _row(remark, cases[remark.case_id], is_reply)
            for remark, is_reply in zip(remarks, replies, strict=True)
        ]
    )
    UtteranceText.objects.bulk_create(
        [_original(row, remark.read) for row, remark in zip(rows, remarks, strict=True)]
    )
    _keep_threads(remarks, cases, now)
    _keep_files(remarks, cases)
    RawMessage.objects.filter(pk__in=[remark.read.raw.pk for remark in remarks]).update(
        state="registered", error=""
    )
    for case_id in {row.case_id for row, is_reply in zip(rows, replies, strict=True) if is_reply}:
        cases[case_id] = resume_after_reply(cases[case_id], now)
    _tell(rows, remarks, cases, now, town)
    return [cases[remark.case_id] for remark in remarks]


def _is_reply(remark: Remark, cases: dict[int | None, Case]) -> bool:
    """The applicant's words while we wait for them are the reply."""
    return remark.verdict.said_by == APPLICANT and cases[remark.case_id].state == "asking"


def _row(remark: Remark, case: Case, is_reply: bool) -> Utterance:
    incoming = remark.read.incoming
    return Utterance(
        municipality=case.municipality,
        case=case,
        said_by=remark.verdict.said_by,
        kind="reply" if is_reply else "remark",
        at=incoming.came_at,
        masked_text=remark.read.reading.masked,
        page=incoming.page[:300],
        link=incoming.link[:500],
        raw=remark.read.raw,
    )


def _original(row: Utterance, read: Read) -> UtteranceText:
    spans = [[span.start, span.end, span.kind] for span in read.reading.personal]
    return UtteranceText(municipality_id=row.municipality_id, utterance=row, text=read.text, spans=spans)


def _keep_threads(remarks: Sequence[Remark], cases: dict[int | None, Case], now: datetime) -> None:
    """The applicant may have come from another conversation: from now on it is this case's too."""
    Thread.objects.bulk_create(
        [
            thread
            for remark in remarks
            if remark.verdict.said_by == APPLICANT
            and (thread := thread_of(remark.read, cases[remark.case_id], now))
        ],
        ignore_conflicts=True,
    )


def _keep_files(remarks: Sequence[Remark], cases: dict[int | None, Case]) -> None:
    by_raw = {remark.read.raw.pk: cases[remark.case_id] for remark in remarks}
    files = StoredFile.objects.filter(raw_id__in=by_raw)
    CaseFile.objects.bulk_create(
        [
            CaseFile(
                municipality_id=file.municipality_id, case=by_raw[file.raw_id], file=file, purpose="message"
            )
            for file in files
            if file.raw_id
        ]
    )


def _tell(
    rows: Sequence[Utterance],
    remarks: Sequence[Remark],
    cases: dict[int | None, Case],
    now: datetime,
    town: Municipality,
) -> None:
    """A move and a journal line each but for replies, which have theirs; a notice to each body, once a batch."""
    Case.objects.filter(pk__in=[case.pk for case in cases.values()]).update(
        version=F("version") + 1, changed_at=now
    )
    said = [
        (row, remark.verdict.why) for row, remark in zip(rows, remarks, strict=True) if row.kind != "reply"
    ]
    Move.objects.bulk_create([_move(row, why, now) for row, why in said])
    Notice.objects.bulk_create(_notices(rows, cases, town))
    record_many([Entry(row.case, "cases.said_more", why=why) for row, why in said], town)


def _notices(rows: Sequence[Utterance], cases: dict[int | None, Case], town: Municipality) -> list[Notice]:
    first = {row.case_id: row for row in reversed(rows)}
    return [
        Notice(
            municipality=town,
            body=cases[case_id].body,
            text=HEARD[row.said_by].format(number=cases[case_id].number),
            link=f"/cases/{cases[case_id].number}/#talk",
        )
        for case_id, row in first.items()
        if cases[case_id].body
    ]


def _move(row: Utterance, why: str, now: datetime) -> Move:
    return Move(
        municipality_id=row.municipality_id,
        case=row.case,
        deed="said",
        state=row.case.state,
        at=now,
        by_title="Отклик",
        why=why,
    )
