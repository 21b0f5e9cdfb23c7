"""Tiles of a dashboard: a number, a chart, a table or a finding of some measures, cut and over some days. Pure.

A tile is data: the defaults of `defaults.toml`, what people compose and what a report prints are the same records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from otklik.analytics.columns import HOUR_DIMENSIONS
from otklik.analytics.measures import MEASURES, Measure, measure
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.periods import last_days, length_of

Kind = Literal["number", "chart", "table", "finding"]
KINDS: dict[str, str] = {"number": "число", "chart": "график", "table": "таблица", "finding": "вывод"}

TIME, TOWN = "time", "municipality"
CUTS = {
    TIME: "по времени",
    "topic": "по темам",
    "settlement": "по местам",
    "channel": "по каналам",
    "body": "по органам",
    "block": "по блокам",
    TOWN: "по муниципалитетам",
}
SPANS = {"": "период сводки", "30": "30 дней до конца периода", "90": "90 дней", "365": "год"}
MOST_TILES, MOST_ROWS, MOST_MEASURES = 16, 30, 6
FEW_ROWS = 8
DAYS_AS_DAYS, DAYS_AS_WEEKS = 45, 200
"""Up to so many days a time chart has a mark a day, then a week, then a month."""


@dataclass(frozen=True)
class Tile:
    """One tile; `by` is a key of CUTS or empty, `span` of SPANS, `most` says how many rows stand in it.

    Rows stand worst first; an `is_full` one has those with most cases first, and its table ends with the whole.
    """

    kind: Kind
    measures: tuple[str, ...]
    by: str = ""
    span: str = ""
    most: int = FEW_ROWS
    wide: bool = False
    is_full: bool = False

    @property
    def first(self) -> Measure:
        """The measure a number or a chart is of."""
        return measure(self.measures[0])

    @property
    def all(self) -> tuple[Measure, ...]:
        """Its measures in their order."""
        return tuple(measure(key) for key in self.measures)

    def days_of(self, period: Period) -> Period:
        """Days the tile speaks of: those of the dashboard, or more of them back from its end."""
        return last_days(period.until, int(self.span)) if self.span else period

    def to_data(self) -> dict[str, Any]:
        """Plain data for keeping; `tiles_from` reads it back equal."""
        return asdict(self) | {"measures": list(self.measures)}


def tiles_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Tile, ...]:
    """Read and check tiles. Raises Refused with what is wrong with the first bad one."""
    found = tuple(_tile(place, row) for place, row in enumerate(rows, 1))
    if not found:
        raise Refused("В сводке нет ни одной плитки: добавьте хотя бы одну.")
    if len(found) > MOST_TILES:
        raise Refused(f"В сводке {len(found)} плиток, а помещается {MOST_TILES}: уберите лишние.")
    return found


def cuts_of(one: Measure) -> tuple[str, ...]:
    """By what the measure can be cut; the hours of waiting and residents are not known for every cut."""
    if one.waited:
        return (TIME, *(name for name in CUTS if name in HOUR_DIMENSIONS), TOWN)
    if one.unit == "на 1000":
        return ("settlement", TOWN)
    return tuple(CUTS)


def _tile(place: int, row: Mapping[str, Any]) -> Tile:
    kind = str(row.get("kind", ""))
    if kind not in get_args(Kind):
        raise Refused(f"Плитка {place}: выберите, что показать — число, график, таблицу или вывод.")
    keys = tuple(str(key) for key in row.get("measures", ()))
    if not keys or any(key not in MEASURES for key in keys):
        raise Refused(f"Плитка {place}: выберите показатель из каталога.")
    if kind != "table" and len(keys) > 1:
        raise Refused(f"Плитка {place}: несколько показателей помещаются только в таблицу.")
    if len(keys) > MOST_MEASURES:
        raise Refused(f"Плитка {place}: в таблице помещается {MOST_MEASURES} показателей.")
    by, span = str(row.get("by", "")), str(row.get("span", ""))
    return Tile(
        _checked_kind(kind),
        keys,
        _checked_cut(place, kind, keys, by),
        span if span in SPANS else "",
        min(MOST_ROWS, max(3, int(row.get("most") or FEW_ROWS))),
        bool(row.get("wide")),
    )


def _checked_kind(kind: str) -> Kind:
    return next(one for one in get_args(Kind) if one == kind)


def _checked_cut(place: int, kind: str, keys: tuple[str, ...], by: str) -> str:
    if kind == "number":
        return ""
    if by not in CUTS or (kind == "finding" and by == TIME):
        raise Refused(f"Плитка {place}: выберите, по чему разложить показатель.")
    cannot = next((key for key in keys if by not in cuts_of(measure(key))), None)
    if cannot:
        raise Refused(f"Плитка {place}: «{measure(cannot).title}» {CUTS[by]} не раскладывается.")
    if kind == "finding" and (
        measure(keys[0]).below or measure(keys[0]).waited or len(measure(keys[0]).above) > 1
    ):
        raise Refused(f"Плитка {place}: вывод о росте бывает только у числа карточек, а не у доли или срока.")
    return by


def grain_of(period: Period) -> str:
    """Marks of a time chart: days, weeks or months, so that they do not run together."""
    days = length_of(period)
    if days <= DAYS_AS_DAYS:
        return "day"
    return "week" if days <= DAYS_AS_WEEKS else "month"


def marks_of(period: Period, grain: str) -> list[date]:
    """First days of every mark of the period, empty ones too."""
    if grain == "day":
        return list(period.days())
    if grain == "week":
        first = period.since - timedelta(days=period.since.weekday())
        return [first + timedelta(weeks=step) for step in range((period.until - first).days // 7 + 1)]
    marks = [period.since.replace(day=1)]
    while (later := (marks[-1] + timedelta(days=32)).replace(day=1)) <= period.until:
        marks.append(later)
    return marks
