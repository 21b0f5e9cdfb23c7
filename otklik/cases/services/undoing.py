"""Taking back the last deed: the row, the assignments and the clocks become what they were before it.

Only by the person who did it and only while nothing has happened since; the undo is a deed of its own in the
history. A move keeps what the row was before it (`moving.finish`), so a new deed is undone by naming it
in `rules.UNDOABLE`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from otklik.accounts.models import Body, User
from otklik.accounts.services import leave_notice
from otklik.cases.models import Assignment, Case, Move, Term
from otklik.cases.rules import MOVES, UNDOABLE
from otklik.cases.services.clocks import FAST_WHY, pause_inner, refresh_nearest
from otklik.cases.services.moving import begin, column_of, finish
from otklik.cases.services.sorting import KIND_CHANGED, part_again
from otklik.common.errors import Refused


def undo_last(case: Case, by: User, now: datetime) -> Case:
    """Take back the person's last deed on the case, or all deeds of its moment (a decision of the tray is several).

    Raises `Refused` when somebody has worked on the case since, or the deed is not of those that can be undone.
    """
    case = begin(case, "undo", by)
    moves = _last_of(case, by)
    body_then = case.body
    before = _before(moves)
    titles = "», «".join(MOVES[move.deed].title.lower() for move in reversed(moves))
    finish(case, "undo", "cases.undone", by, now, f"отменено: «{titles}»", before)
    at = moves[0].at
    _restore_assignments(case, at, now)
    _restore_clocks(case, at, now)
    for move in moves:
        if move.deed == "join":
            part_again(case, move.details)
    _tell(case, body_then)
    return case


def _last_of(case: Case, by: User) -> list[Move]:
    """The newest moves, all of one moment; newest first."""
    newest = Move.objects.filter(case=case).first()
    if newest is None or newest.by_id != by.pk:
        raise Refused("Отменять нечего: после вашего дела с карточкой уже работали.")
    moves = list(Move.objects.filter(case=case, at=newest.at, by=by))
    fixed = next((move for move in moves if move.deed not in UNDOABLE or "before" not in move.details), None)
    if fixed is not None:
        title = MOVES[fixed.deed].title if fixed.deed in MOVES else fixed.deed
        raise Refused(f"Дело «{title}» отменить нельзя.")
    return moves


def _before(moves: Sequence[Move]) -> dict[str, Any]:
    """Columns as they were before the oldest of the moves that touched them."""
    found: dict[str, Any] = {}
    for move in moves:
        found.update(move.details["before"])
    return {column: column_of(column).to_python(value) for column, value in found.items()}


def _restore_assignments(case: Case, at: datetime, now: datetime) -> None:
    Assignment.objects.filter(case=case, since=at, until=None).update(until=now)
    Assignment.objects.filter(case=case, until=at).update(until=None)
    Assignment.objects.filter(case=case, until=None, is_main=True).update(user=case.executor_id)


def _restore_clocks(case: Case, at: datetime, now: datetime) -> None:
    """Clocks stopped by the deed run on with their dates; those it started stop; a pause stands again."""
    stopped = Term.objects.filter(case=case, stopped_at=at)
    if stopped.filter(stop_reason=KIND_CHANGED).exists():
        Term.objects.filter(case=case, stopped_at=None, why=KIND_CHANGED).update(
            stopped_at=now, stop_reason="вид возвращён"
        )
    stopped.update(stopped_at=None, stop_reason="")
    if not case.fast_track:
        stages = Term.objects.filter(case=case, stopped_at=None, why=FAST_WHY)
        stages.update(stopped_at=now, stop_reason="назначение отменено")
    if case.state == "asking":
        asked = Move.objects.filter(case=case, deed="ask").values_list("at", flat=True).first()
        pause_inner(case, asked or now)
    refresh_nearest(case)


def _tell(case: Case, body_then: Body | None) -> None:
    """The body that was told of the case learns that it is not there any more."""
    if body_then and body_then.pk != case.body_id:
        leave_notice(case.municipality, f"Передача отменена: {case.number}", body=body_then)
