"""Figures of the heat map from the daily facts and, for points, from the cases a person may see.

Read inside a scope that holds the municipality. Every figure counts cases by the day they came, so a list filtered
by the same days, theme and place shows the same cases.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from otklik.analytics.heatmap import cells
from otklik.analytics.heatmap.matrix import NOWHERE, Ask, Column, Matrix, Mode, Place, build, pick_columns
from otklik.analytics.selectors import counts, sums
from otklik.analytics.sight import WHOLE, Sight
from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import last_days, length_of, week_of
from otklik.places.cells import COARSE, cell_of, centre_of
from otklik.places.models import Settlement
from otklik.topics.groups import GROUP_TITLES
from otklik.topics.models import Topic

WHAT = {
    "received": "все карточки",
    "received_repeated": "повторные",
    "received_urgent": "срочные",
}
"""What may be counted: each a count of facts by the day of coming, and a condition of the list."""

SILENT_DAYS = 90
WEEKS, WEEKS_AFTER = 26, 8
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Asked:
    """What the screen asks; texts as they stand in the address, empty: no condition. `sight` is of who asks."""

    period: Period
    past: Period
    mode: Mode = "rate"
    what: str = "received"
    channel: str = ""
    kind: str = ""
    group: str = ""
    spread: bool = False
    all_columns: bool = False
    sight: Sight = WHOLE

    @property
    def ratio(self) -> float:
        """Days of the period over days of the one it is compared with."""
        return length_of(self.period) / length_of(self.past)


def columns_of(group: str) -> list[Column]:
    """Groups of topics, or the topics of one group; a card without a topic stands apart."""
    topics = list(Topic.objects.values_list("key", "group", "title"))
    if group:
        return [Column(key, title, frozenset({key})) for key, its, title in topics if its == group]
    groups: dict[str, set[str]] = {}
    for key, its, _ in topics:
        groups.setdefault(its, set()).add(key)
    found = [Column(key, GROUP_TITLES.get(key, key), frozenset(keys)) for key, keys in groups.items()]
    return [*found, Column(UNKNOWN, "тема не определена", frozenset({""}))]


def places_of(municipality: Municipality) -> list[Place]:
    """Settlements with their residents, by name."""
    rows = Settlement.objects.filter(municipality=municipality).order_by("-is_centre", "name")
    return [Place(row.pk, str(row), row.population) for row in rows]


def matrix_of(municipality: Municipality, asked: Asked) -> Matrix:
    """The matrix of a period against the one before it."""
    columns = columns_of(asked.group)
    cut = ("settlement", "topic")
    where = conditions(asked, [one.topics for one in columns] if asked.group else [])
    now = counts([municipality.pk], asked.period, cut, where, asked.what)
    past = counts([municipality.pk], asked.past, cut, where, asked.what)
    quarter, seen = last_days(asked.period.until, SILENT_DAYS), {"sight": asked.sight}
    heard = frozenset(
        place for (place,) in counts([municipality.pk], quarter, ("settlement",), seen, "received")
    )
    shown = pick_columns(columns, now, past, len(columns) if asked.all_columns else 10)
    places = places_of(municipality)
    residents = municipality.population or _residents(places)
    ask = Ask(asked.mode, asked.ratio, asked.spread)
    return build(shown, places, now, past, residents, ask, heard)


def _residents(places: Iterable[Place]) -> int | None:
    """All residents, when every settlement's are known."""
    known = [place.residents for place in places]
    return sum(one for one in known if one) if known and None not in known else None


def conditions(asked: Asked, topics: Iterable[Collection[str]] = ()) -> dict[str, object]:
    """The screen's conditions as the facts take them."""
    found: dict[str, object] = {"sight": asked.sight}
    if asked.channel:
        found["channel"] = asked.channel
    if asked.kind:
        found["kind"] = asked.kind
    if keys := sorted({key for some in topics for key in some}):
        found["topic"] = keys
    return found


def cells_of(
    municipality: Municipality, asked: Asked, topics: Collection[str], resolution: int
) -> dict[str, Any]:
    """GeoJSON of `cells.features` with `area` in km², `total`, and `placed`: how many of them stand in the cells.

    `vague` are known by their settlement alone: large cells hold them, in small ones they would stand anywhere.
    """
    where = conditions(asked, [topics])
    here, there = (_placed(municipality, asked.what, period, where) for period in (asked.period, asked.past))
    now, before = (_in_cells(one, resolution) for one in (here, there))
    answer = cells.features(now, before, asked.ratio, asked.mode == "growth")
    total = sums([municipality.pk], asked.period, (), where, (asked.what,))[()][asked.what]
    told = {"total": total, "placed": now.total(), "vague": here.vague.total()}
    return {**answer, "area": cells.area_km2(resolution), **told}


@dataclass(frozen=True)
class _Placed:
    """Counts by finest cell: of cases with a place of their own, and of those that stand in their settlement's."""

    exact: Counter[str]
    vague: Counter[str]


def _in_cells(placed: _Placed, resolution: int) -> Counter[str]:
    """Counts by cell of the resolution; the vague ones only in large cells."""
    found = placed.exact + placed.vague if resolution <= COARSE else placed.exact
    return cells.coarser(found, resolution)


def _placed(municipality: Municipality, what: str, period: Period, where: dict[str, object]) -> _Placed:
    found = counts([municipality.pk], period, ("h3", "settlement"), where, what)
    exact: Counter[str] = Counter()
    by_settlement: Counter[int] = Counter()
    for (cell, settlement), count in found.items():
        if cell:
            exact[cell] += count
        elif settlement != NOWHERE:
            by_settlement[settlement] += count
    vague: Counter[str] = Counter()
    known = Settlement.objects.filter(pk__in=by_settlement.keys()).values_list("pk", "lat", "lon")
    for key, lat, lon in known if by_settlement else ():
        if lat is not None and lon is not None:
            vague[cell_of(lat, lon)] += by_settlement[key]
    return _Placed(+exact, +vague)


def clusters_of(municipality: Municipality, asked: Asked, topics: Collection[str]) -> dict[str, Any]:
    """The finest cells as points in their middles, as `cells.pack` packs them: what a far look needs of points."""
    found = counts([municipality.pk], asked.period, ("h3",), conditions(asked, [topics]), asked.what)
    return cells.pack((cell, *centre_of(cell), count) for (cell,), count in found.items() if cell)


def points_of(cases: QuerySet[Case], box: cells.Box) -> dict[str, Any]:
    """Points of the cases in cells that touch the box, one for each place with its count, packed."""
    placed = cases.filter(lat__isnull=False, lon__isnull=False, h3__in=cells.cells_in(box)).exclude(h3="")
    # Every row is counted, not its key: then the index of cells answers alone.
    rows = placed.order_by().values_list("h3", "lat", "lon").annotate(n=Count("*"))
    return cells.pack(cells.hidden(rows.iterator(chunk_size=20_000)))


def weeks_of(
    municipality: Municipality, asked: Asked, topics: Collection[str], today: date
) -> list[tuple[Period, int]]:
    """`WEEKS` whole weeks around the period's end, at most `WEEKS_AFTER` of them after it, each with its count."""
    last = week_of(max(min(today, asked.period.until + timedelta(weeks=WEEKS_AFTER)), asked.period.until))
    whole = Period(last.since - timedelta(weeks=WEEKS - 1), last.until)
    found = counts([municipality.pk], whole, ("week",), conditions(asked, [topics]), asked.what)
    starts = [whole.since + timedelta(weeks=step) for step in range(WEEKS)]
    return [(week_of(start), found.get((start,), 0)) for start in starts]


def days_of(
    municipality: Municipality, asked: Asked, topics: Collection[str], place: int | None
) -> list[tuple[date, int]]:
    """Every day of the period with its count, in one place or everywhere."""
    where = conditions(asked, [topics])
    if place is not None:
        where["settlement"] = place
    found = counts([municipality.pk], asked.period, ("day",), where, asked.what)
    return [(day, found.get((day,), 0)) for day in asked.period.days()]


def changes_by_channel(
    municipality: Municipality, asked: Asked, topics: Collection[str], place: int | None
) -> dict[str, int]:
    """How many more came than in the period before, by channel; what stayed is left out."""
    where = conditions(asked, [topics])
    if place is not None:
        where["settlement"] = place
    found: Counter[str] = Counter()
    for period, sign in ((asked.period, 1), (asked.past, -1)):
        for (key,), count in counts([municipality.pk], period, ("channel",), where, asked.what).items():
            found[str(key)] += sign * count
    return {key: change for key, change in found.items() if change}
