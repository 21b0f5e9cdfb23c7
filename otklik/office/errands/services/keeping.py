"""The history of an errand: each deed leaves a row."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.office.errands.models import Errand, ErrandMove

WORDS_LIMIT = 1000


def keep(
    errand: Errand,
    deed: str,
    by: User,
    rights: Rights,
    now: datetime,
    words: str = "",
    due_was: date | None = None,
    due_new: date | None = None,
) -> ErrandMove:
    """Write the deed down. Raises Refused for words longer than a row keeps."""
    said = words.strip()
    if len(said) > WORDS_LIMIT:
        raise Refused(f"Не длиннее {WORDS_LIMIT} знаков: остальное приложите файлом.")
    return ErrandMove.objects.create(
        municipality=errand.municipality,
        errand=errand,
        deed=deed,
        at=now,
        by=by,
        by_title=rights.title[:200],
        words=said,
        due_was=due_was,
        due_new=due_new,
    )


def day_of(municipality: Municipality, now: datetime) -> date:
    """The day of the moment in the municipality's own zone."""
    return now.astimezone(ZoneInfo(municipality.time_zone)).date()
