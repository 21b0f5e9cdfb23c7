"""The cases behind a number: those whose events the facts have counted, by the same SELECTs the facts are built of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict

from otklik.analytics.dashboards.tiles import CUTS, TIME, TOWN
from otklik.analytics.measures import MEASURES, Measure
from otklik.analytics.sight import Sight
from otklik.analytics.sources import FIXED, SOURCES, WAITED
from otklik.cases.selectors import CaseFilter
from otklik.cases.selectors.filters import NOT_KNOWN
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import read_period

MOST = 2_000
COLUMNS = {
    "topic": "coalesce(topic.key, '')",
    "settlement": "coalesce(told.settlement_id, 0)",
    "channel": "channel.key",
    "body": "coalesce(told.body_id, 0)",
    "block": "told.block_key",
}
NARROWED = {**COLUMNS, "kind": "told.kind"}
"""What a number may be narrowed to besides its row: each by its name in the address."""
BY_ID = frozenset({"settlement", "body"})
LISTED: tuple[tuple[Mapping[str, int], dict[str, str]], ...] = (
    ({"received": 1}, {}),
    ({"appeals_received": 1}, {"kind": "appeal"}),
    ({"received": 1, "appeals_received": -1}, {"kind": "message"}),
    ({"received_repeated": 1}, {"repeat": "1"}),
    ({"received_urgent": 1}, {"urgency": "high"}),
)
"""Counts by the day of coming that the list itself can be filtered by."""


@dataclass(frozen=True)
class Asked:
    """Whose number it is: the measure or what stands below its line, the days, the row of the cut, channels alone.

    `also` are names of NARROWED with one key each: a number of one thing cut by another.
    """

    measure: Measure
    is_below: bool
    period: Period
    by: str = ""
    key: str = ""
    channels: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()

    @property
    def counted(self) -> Mapping[str, int]:
        """Columns of the facts with their signs; a mean of scores is of the cases that were scored."""
        counted = self.measure.below if self.is_below else self.measure.above
        return {"scored": 1} if "score_sum" in counted else counted


@dataclass(frozen=True)
class Behind:
    """Newest cases first, up to MOST of them; `events` is the number itself, `cases` how many cases made it."""

    ids: list[int]
    cases: int
    events: int


def asked_from(query: QueryDict) -> Asked | None:
    """What the address asks; None for words that mean nothing."""
    one = MEASURES.get(query.get("measure", ""))
    try:
        period = read_period(f"{query.get('since', '')}..{query.get('until', '')}")
    except ValueError:
        return None
    by, key = query.get("by", ""), query.get("key", "")
    if one is None or by == TIME or (by and by not in CUTS):
        return None
    named = ((name, query.get(name, "")) for name in NARROWED if name != "channel")
    also = tuple((name, word) for name, word in named if word)
    if any(name in BY_ID and not word.isdigit() for name, word in ((by, key), *also)):
        return None
    return Asked(one, query.get("part") == "below", period, by, key, tuple(query.getlist("channel")), also)


def query_of(asked: Asked) -> str:
    """The address's part that `asked_from` reads back equal."""
    said: dict[str, Any] = {
        "measure": asked.measure.key,
        "part": "below" if asked.is_below else "",
        "since": asked.period.since,
        "until": asked.period.until,
        "by": asked.by,
        "key": asked.key,
        "channel": asked.channels,
        **dict(asked.also),
    }
    kept = {name: value for name, value in said.items() if value or (name == "key" and asked.by)}
    return urlencode(kept, doseq=True)


def as_filter(asked: Asked, where: Mapping[str, Any]) -> CaseFilter | None:
    """The filter of the list that shows exactly these cases; None when the list cannot say so."""
    if "sight" in where:
        return None
    said = (
        None
        if asked.measure.waited
        else next((words for counts, words in LISTED if counts == asked.counted), None)
    )
    conditions = {name: [str(key) for key in keys] for name, keys in where.items()}
    conditions |= {name: [key] for name, key in asked.also if [key] == conditions.get(name, [key])}
    if asked.channels and asked.by != "channel":
        own = conditions.get("channel", asked.channels)
        conditions["channel"] = [key for key in asked.channels if key in own]
    if asked.by and asked.by != TOWN:
        if not asked.key and asked.by not in ("topic", "settlement", "block"):
            return None
        conditions[asked.by] = [asked.key or NOT_KNOWN]
    if said is None or any(
        len(keys) != 1 or (keys == ["0"] and name == "body") for name, keys in conditions.items()
    ):
        return None
    days = {"since": asked.period.since.isoformat(), "until": asked.period.until.isoformat()}
    return CaseFilter(**said, **days, **{name: keys[0] for name, keys in conditions.items()})


def cases_behind(town: Municipality, asked: Asked, where: Mapping[str, Any], brought_at: datetime) -> Behind:
    """Cases of the municipality the number counts, as the facts saw them when they were last brought.

    Read inside a scope that holds the municipality.
    """
    since, until = asked.period.moments(town.time_zone)
    values: dict[str, Any] = {
        **FIXED,
        "municipality": town.pk,
        "zone": town.time_zone,
        "now": brought_at,
        "since": since,
        "until": until,
        "what": asked.measure.waited,
        "most": MOST,
    }
    conditions, seen = "", where.get("sight")
    if isinstance(seen, Sight):
        conditions = (
            f" AND ({COLUMNS['block']} = ANY(%(blocks)s::text[]) OR {COLUMNS['body']} = ANY(%(bodies)s))"
        )
        values |= {"blocks": sorted(seen.blocks), "bodies": sorted(seen.bodies)}
    wanted: dict[str, list[Any]] = {name: list(keys) for name, keys in where.items() if name != "sight"}
    if asked.channels:
        wanted["channel"] = [key for key in asked.channels if key in wanted.get("channel", asked.channels)]
    for name, key in (*asked.also, (asked.by, asked.key)):
        if name in NARROWED:
            row = int(key) if name in BY_ID else key
            wanted[name] = [row] if name not in wanted or row in wanted[name] else []
    for place, (name, keys) in enumerate(wanted.items()):
        conditions += f" AND {NARROWED[name]} = ANY(%(keys{place})s{'' if name in BY_ID else '::text[]'})"
        values[f"keys{place}"] = keys
    statement = (
        "SELECT event.case_id, count(*) OVER (), (sum(sum(event.n)) OVER ())::bigint"
        f" FROM ({_events(asked)}) AS event JOIN cases_case AS told ON told.id = event.case_id"
        " JOIN channels_channel AS channel ON channel.id = told.channel_id"
        " LEFT JOIN topics_topic AS topic ON topic.id = told.topic_id"
        f" WHERE event.n <> 0{conditions} GROUP BY event.case_id, told.came_at HAVING sum(event.n) > 0"
        " ORDER BY told.came_at DESC, event.case_id DESC LIMIT %(most)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return Behind([row[0] for row in rows], *(rows[0][1:] if rows else (0, 0)))


def _events(asked: Asked) -> str:
    """Events of the number by case, with their sign."""
    days = "WHERE at >= %(since)s AND at < %(until)s AND at <= %(now)s"
    if asked.measure.waited:
        return f"SELECT case_id, 1 AS n FROM ({WAITED}) AS found {days} AND what = %(what)s"
    parts = []
    for source in SOURCES:
        signed = [f"{sign} * {name}" for name, sign in asked.counted.items() if name in source.columns]
        if signed:
            parts.append(f"SELECT case_id, ({' + '.join(signed)}) AS n FROM ({source.sql}) AS found {days}")
    return " UNION ALL ".join(parts)
