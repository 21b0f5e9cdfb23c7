"""The one way a case changes: guard, lock, save the named fields, add the move, journal.

Every deed in this package goes through `begin` and `finish`, so no deed can forget its trace.
"""

from datetime import datetime
from typing import Any

from django.db import models

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights, rights_of
from otklik.audit.services import record
from otklik.cases.models import Case, Move
from otklik.cases.rules import MOVES, may_move
from otklik.cases.services.clocks import NEAREST
from otklik.common.errors import Refused


def rights_for(case: Case, by: User | None) -> Rights | None:
    """The person's rights in the case's municipality; the machine (None) needs none."""
    return rights_of(by, case.municipality) if by else None


def begin(case: Case, deed: str, by: User | None) -> Case:
    """Lock the case's row, refresh its state, and refuse the deed when a rule says no."""
    fresh = (
        Case.objects.select_for_update(of=("self",)).select_related("municipality", "channel").get(pk=case.pk)
    )
    rights = rights_for(fresh, by)
    permissions = rights.permissions if rights else MOVES[deed].permissions
    refusal = may_move(deed, fresh.state, permissions, fresh.kind)
    if refusal:
        raise Refused(refusal)
    return fresh


def finish(
    case: Case,
    deed: str,
    code: str,
    by: User | None,
    now: datetime,
    why: str = "",
    fields: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> Move:
    """Save the fields, the nearest clock and the next version; add the move with what they were, journal it."""
    becomes = MOVES[deed].becomes
    changed = {"state": becomes, **(fields or {})} if becomes else dict(fields or {})
    before = {column: _plain(getattr(case, column)) for column in map(_column, changed)}
    for name, value in changed.items():
        setattr(case, name, value)
    case.version += 1  # the row is locked since `begin`
    case.save(update_fields=[*changed, *NEAREST, "version", "changed_at"])
    return trace(case, deed, code, by, now, why, details, before)


def column_of(name: str) -> models.Field[Any, Any]:
    """A case's own column by the name of its field or of its key; TypeError for a relation from elsewhere."""
    field = Case._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of a case")
    return field


def _column(name: str) -> str:
    """The column behind a field: a link is kept by its key."""
    return column_of(name).attname


def _plain(value: object) -> object:
    """As JSON keeps it; `to_python` of the field reads it back."""
    return value.isoformat() if isinstance(value, datetime) else value


def trace(
    case: Case,
    deed: str,
    code: str,
    by: User | None,
    now: datetime,
    why: str = "",
    details: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
) -> Move:
    """Add the move and its journal entry without touching the row; `before` is kept for an undo."""
    rights = rights_for(case, by)
    title = rights.title if rights else "Отклик"
    move = Move.objects.create(
        municipality=case.municipality,
        case=case,
        deed=deed,
        state=case.state,
        at=now,
        by=by,
        by_title=title,
        why=why[:500],
        details={**(details or {}), **({"before": before} if before else {})},
    )
    record(case, code, by, case.municipality, why=why[:500], details=details, title=title)
    return move
