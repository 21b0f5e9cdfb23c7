"""Queries that prove clauses about analysis: on how many days the flow was counted, and what its cuts hold.

They read the facts themselves: a day that was not counted, or a cut with nothing in it, proves nothing.
"""

from collections.abc import Mapping

from otklik.analytics.figures import Sums
from otklik.analytics.models import FactMark, HeatmapSlice, RollFact
from otklik.analytics.selectors import sums
from otklik.channels.models import Channel
from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.deadlines.clocks import INCIDENT_CHANNELS, POS_CHANNELS

PAGE, SLICES = "/measures/", "/heatmap/slices/"
CASES = ("карточка", "карточки", "карточек")


def _told(municipality: Municipality, found: int, words: str) -> Evidence:
    mark = FactMark.objects.filter(municipality=municipality).first()
    return Evidence(found, mark.brought_at if mark and found else None, PAGE, words if found else "")


@proves("analytics.slice", "analytics.summary")
def counted_days(municipality: Municipality, period: Period) -> Evidence:
    """Days of the period whose events stand in the facts."""
    days = RollFact.objects.filter(
        municipality=municipality, grain="day", day__range=(period.since, period.until)
    )
    found = days.values("day").distinct().count()
    return _told(municipality, found, f"посчитано {count(found, 'день', 'дня', 'дней')}")


def _of_cut(key: str, by: tuple[str, ...], forms: tuple[str, str, str]) -> None:
    """Register one query: how many different cuts of the flow hold something received, none of them nameless."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        cuts = sums([municipality.pk], period, by, None, ("received",))
        found = sum(all(cut) and figures["received"] > 0 for cut, figures in cuts.items())
        return _told(municipality, found, count(found, *forms))


def _of_flow(key: str, column: str, kinds: frozenset[str] = frozenset()) -> None:
    """Register one query: a count of the facts, of channels of these kinds when they are named."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        where: Mapping[str, object] = {"channel": _channels(municipality, kinds)} if kinds else {}
        found = sums([municipality.pk], period, (), where, (column,)).get((), Sums())[column]
        return _told(municipality, found, count(found, *CASES))


def _channels(municipality: Municipality, kinds: frozenset[str]) -> list[str]:
    found = Channel.objects.filter(municipality=municipality, kind__in=kinds)
    return list(found.values_list("key", flat=True))


_of_cut("analytics.by_block", ("block",), ("блок", "блока", "блоков"))
_of_cut(
    "analytics.by_function",
    ("body", "topic"),
    ("пара «орган — тема»", "пары «орган — тема»", "пар «орган — тема»"),
)
_of_flow("analytics.incident_flow", "received", INCIDENT_CHANNELS)
_of_flow("analytics.pos_flow", "received", POS_CHANNELS)
_of_flow("analytics.repeats", "received_repeated")
_of_flow("goals.satisfaction", "scored")
_of_flow("goals.on_time", "answered")


@proves("analytics.heat_map")
def kept_slices(municipality: Municipality, period: Period) -> Evidence:
    """Slices of the heat map kept in the period, each for a decision."""
    start, end = period.moments(municipality.time_zone)
    rows = HeatmapSlice.objects.filter(municipality=municipality, kept_at__gte=start, kept_at__lt=end)
    return counted(rows, "kept_at", SLICES)
