"""What became of messages in their source: edits and removals as added rows, reach as figures of the card.

The text as first seen stays what it was; a person reads beside it what the author says now.
"""

from collections.abc import Sequence
from datetime import datetime

from otklik.accounts.services import leave_notice
from otklik.audit.services import Entry, record_many
from otklik.cases.models import Case, Move, Utterance, UtteranceText
from otklik.channels.models import RawChange
from otklik.common.models import Municipality
from otklik.language.personal import mask

TOLD = {"edited": "автор изменил текст в источнике", "removed": "автор удалил сообщение в источнике"}
AT_ONCE = 1000


def apply_changes(municipality: Municipality, now: datetime) -> int:
    """Take every waiting change into the card of its message; safe to run twice. Returns how many were taken."""
    waiting = RawChange.objects.filter(municipality=municipality, taken=False, raw__state="registered")
    changes = list(
        waiting.select_related("raw").select_for_update(of=("self",)).order_by("at", "id")[:AT_ONCE]
    )
    if not changes:
        return 0
    cases, speakers = _cases_of(changes)
    told = [change for change in changes if change.kind in TOLD and change.raw_id in cases]
    rows = Utterance.objects.bulk_create(
        [_row(change, cases[change.raw_id], speakers.get(change.raw_id, "applicant")) for change in told]
    )
    UtteranceText.objects.bulk_create(
        [_original(row, change.text) for row, change in zip(rows, told, strict=True) if change.text]
    )
    _put_reach([change for change in changes if change.kind == "reach"], cases)
    RawChange.objects.filter(pk__in=[change.pk for change in changes]).update(taken=True)
    _tell(rows, municipality, now)
    return len(changes)


def _cases_of(changes: Sequence[RawChange]) -> tuple[dict[int, Case], dict[int, str]]:
    """By raw message: its case, and who has said it where it is not the case's first message."""
    raws = {change.raw_id for change in changes}
    parts = ("municipality", "body")
    cases = {
        case.raw_id: case for case in Case.objects.filter(raw__in=raws).select_related(*parts) if case.raw_id
    }
    said = Utterance.objects.filter(raw__in=raws, kind__in=("remark", "reply"))
    speakers: dict[int, str] = {}
    for one in said.select_related("case__municipality", "case__body"):
        if one.raw_id:
            cases[one.raw_id], speakers[one.raw_id] = one.case, one.said_by
    return cases, speakers


def _row(change: RawChange, case: Case, said_by: str) -> Utterance:
    return Utterance(
        municipality_id=case.municipality_id,
        case=case,
        said_by=said_by,
        kind=change.kind,
        at=change.at,
        masked_text=mask(change.text).text,
        raw=change.raw,
    )


def _original(row: Utterance, text: str) -> UtteranceText:
    spans = [[span.start, span.end, span.kind] for span in mask(text).spans]
    return UtteranceText(municipality_id=row.municipality_id, utterance=row, text=text, spans=spans)


def _put_reach(changes: Sequence[RawChange], cases: dict[int, Case]) -> None:
    """The newest figures of the case's own message; a figure the source does not name stays."""
    touched: dict[int, Case] = {}
    for change in changes:
        case = cases.get(change.raw_id)
        if case is not None and case.raw_id == change.raw_id:
            case.reach = {**case.reach, **change.reach}
            touched[case.pk] = case
    Case.objects.bulk_update(touched.values(), ["reach"], batch_size=500)


def _tell(rows: Sequence[Utterance], municipality: Municipality, now: datetime) -> None:
    Move.objects.bulk_create(
        [
            Move(
                municipality=municipality,
                case=row.case,
                deed=row.kind,
                state=row.case.state,
                at=now,
                by_title="Отклик",
                why=TOLD[row.kind],
            )
            for row in rows
        ]
    )
    for row in {row.case_id: row for row in rows}.values():
        if row.case.body:
            number = row.case.number
            leave_notice(
                municipality, f"{number}: {TOLD[row.kind]}", f"/cases/{number}/#talk", body=row.case.body
            )
    record_many([Entry(row.case, "cases.source_changed", why=TOLD[row.kind]) for row in rows], municipality)
