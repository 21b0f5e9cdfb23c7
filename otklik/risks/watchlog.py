"""The daily log of the watch as a table: pages by days, what each look found, which days are missing."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.risks.models import WatchDay, WatchedPage


@dataclass(frozen=True)
class Cell:
    """A day of a page: "none" before or after its watch, "missing" without a person's look, "nothing" or "found"."""

    day: date
    state: str
    found: int = 0
    looks: tuple[WatchDay, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class PageRow:
    """A page with its days in order; `is_asked` is whether the charter asks for a look every day."""

    page: WatchedPage
    cells: tuple[Cell, ...]
    is_asked: bool

    @property
    def missing(self) -> int:
        """Days owed and not looked at."""
        return sum(one.state == "missing" for one in self.cells)


def watch_table(municipality: Municipality, period: Period) -> list[PageRow]:
    """The log of a period in two queries: every page under watch in it, in the order of kinds and titles."""
    asked = charter_of(municipality).risks.daily_watch
    pages = WatchedPage.objects.filter(
        Q(until=None) | Q(until__gte=period.since), municipality=municipality, since__lte=period.until
    )
    rows = WatchDay.objects.filter(municipality=municipality, day__gte=period.since, day__lte=period.until)
    looks: dict[tuple[int, date], list[WatchDay]] = {}
    for look in rows.order_by("at", "pk"):
        looks.setdefault((look.page_id, look.day), []).append(look)
    days = list(period.days())
    return [
        PageRow(
            page, tuple(_cell(page, day, looks.get((page.pk, day), [])) for day in days), page.kind in asked
        )
        for page in pages
    ]


def _cell(page: WatchedPage, day: date, looks: list[WatchDay]) -> Cell:
    found, kept = sum(one.found for one in looks), tuple(looks)
    if day < page.since or (page.until is not None and day > page.until):
        return Cell(day, "none", found, kept)
    if not any(one.by_id for one in looks):
        return Cell(day, "missing", found, kept)
    return Cell(day, "found" if found else "nothing", found, kept)


def owed_today(municipality: Municipality, today: date) -> list[WatchedPage]:
    """Pages nobody has looked at today."""
    table = watch_table(municipality, Period(today, today))
    return [row.page for row in table if row.cells[0].state == "missing"]
