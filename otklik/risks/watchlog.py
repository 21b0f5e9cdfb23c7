"""The daily log of the watch as a table: pages by days, what each look found, which days are missing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.risks.models import WatchDay, WatchedPage


@dataclass(frozen=True)
class Cell:
    """A day of a page: "none" before or after its watch, "missing" without a person's look, "nothing" or "found"."""

    day: date
    state: str
    found: int = 0
    looks: tuple[WatchDay, ...] = ()

    @property
    def is_looked(self) -> bool:
        """Whether a person has looked at the page on the day."""
        return self.state in ("nothing", "found")


@dataclass(frozen=True)
class PageRow:
    """A page with its days in order."""

    page: WatchedPage
    cells: tuple[Cell, ...]


def watch_table(municipality: Municipality, period: Period) -> list[PageRow]:
    """The log of a period in two queries: every page under watch in it, in the order of kinds and titles."""
    pages = WatchedPage.objects.filter(
        Q(until=None) | Q(until__gte=period.since), municipality=municipality, since__lte=period.until
    )
    rows = WatchDay.objects.filter(municipality=municipality, day__gte=period.since, day__lte=period.until)
    looks: dict[tuple[int, date], list[WatchDay]] = {}
    for look in rows.order_by("at", "pk"):
        looks.setdefault((look.page_id, look.day), []).append(look)
    days = list(period.days())
    return [
        PageRow(page, tuple(_cell(page, day, looks.get((page.pk, day), [])) for day in days))
        for page in pages
    ]


def _cell(page: WatchedPage, day: date, looks: list[WatchDay]) -> Cell:
    found, kept = sum(one.found for one in looks), tuple(looks)
    if day < page.since or (page.until is not None and day > page.until):
        return Cell(day, "none", found, kept)
    if not any(one.by_id for one in looks):
        return Cell(day, "missing", found, kept)
    return Cell(day, "found" if found else "nothing", found, kept)
