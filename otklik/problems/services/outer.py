"""Lists kept outside: indicators of national projects, problems of the region's centre; by a table or by hand."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.problems.models import OuterIndicator
from otklik.problems.outer_table import OuterLine
from otklik.problems.rules import MANAGE


@dataclass(frozen=True)
class Listed:
    """How many lines are new, changed and the same."""

    new: int
    changed: int
    same: int


@carries_out("MIH-4.4", "MIH-4.4.1")
@transaction.atomic
def list_outer(
    municipality: Municipality,
    list_name: str,
    source: str,
    lines: Sequence[OuterLine],
    by: User,
    now: datetime,
) -> Listed:
    """Keep the lines under the list's name; the same key is brought up to date."""
    name, ground = list_name.strip()[:200], source.strip()[:500]
    _check(municipality, name, ground, lines, by)
    rows = OuterIndicator.objects.select_for_update().filter(municipality=municipality, list_name=name)
    known = {one.key: one for one in rows}
    new = changed = 0
    row = OuterIndicator()
    for line in {one.key: one for one in lines}.values():
        values = {**asdict(line), "source": ground}
        row = known.get(line.key) or OuterIndicator(municipality=municipality, list_name=name, key=line.key)
        is_new = row.pk is None
        if not is_new and all(getattr(row, field) == value for field, value in values.items()):
            continue
        for field, value in {**values, "by": by, "at": now}.items():
            setattr(row, field, value)
        row.save()
        new, changed = new + is_new, changed + (not is_new)
    same = len({one.key for one in lines}) - new - changed
    counts = {"new": new, "changed": changed, "same": same}
    record(row, "problems.outer_listed", by, municipality, why=name, details=counts)
    return Listed(new, changed, same)


def write_outer(
    municipality: Municipality, list_name: str, source: str, line: OuterLine, by: User, now: datetime
) -> OuterIndicator:
    """Write one line by hand."""
    list_outer(municipality, list_name, source, [line], by, now)
    return OuterIndicator.objects.get(
        municipality=municipality, list_name=list_name.strip()[:200], key=line.key
    )


def _check(municipality: Municipality, name: str, ground: str, lines: Sequence[OuterLine], by: User) -> None:
    if MANAGE not in rights_of(by, municipality).permissions:
        raise Refused("Внешний перечень ведут те, кто ведёт проблемы.")
    if not name or not ground:
        raise Refused("Назовите перечень и откуда он взят: показатель без источника ни на что не сошлётся.")
    if not lines or not all(one.key.strip() and one.title.strip() for one in lines):
        raise Refused("У каждого показателя нужны название и номер в перечне.")
