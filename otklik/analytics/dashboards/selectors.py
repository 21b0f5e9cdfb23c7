"""Dashboards: those a person may open, and what each tile of one shows over some days.

`dashboard_tables` is the door for reports; screens take `shown`, which the same tables are made from.
"""

import tomllib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from threading import Lock

from django.db.models import Q, QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.analytics.dashboards.asking import Asking
from otklik.analytics.dashboards.drawing import draw
from otklik.analytics.dashboards.figures import FigureTable, Shown
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.tiles import Tile, tiles_from
from otklik.analytics.dashboards.whose import Whose, whole
from otklik.analytics.models import FactMark
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before

MOST_REMEMBERED = 40
_remembered: OrderedDict[str, list[Shown]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Default:
    """A dashboard of the house: for which roles of a charter it opens first, whose cases it counts at first."""

    key: str
    title: str
    roles: frozenset[str]
    of: str
    tiles: tuple[Tile, ...]


@cache
def defaults() -> tuple[Default, ...]:
    """The dashboards of `defaults.toml`; a mistake there raises Refused at the first opening."""
    text = files("otklik.analytics.dashboards").joinpath("defaults.toml").read_text(encoding="utf-8")
    return tuple(
        Default(one["key"], one["title"], frozenset(one["roles"]), one["of"], tiles_from(one["tiles"]))
        for one in tomllib.loads(text)["dashboards"]
    )


def default_for(role_keys: Collection[str]) -> Default:
    """The dashboard that opens for these roles: the first that names one of them, else the first of all."""
    return next((one for one in defaults() if one.roles & set(role_keys)), defaults()[0])


def dashboards_for(user: User, municipality: Municipality, rights: Rights) -> QuerySet[Dashboard]:
    """Composed dashboards the person may open here: own ones and those shared with a role the person holds."""
    mine = Q(owner=user) | Q(shared_with__overlap=sorted(rights.role_keys))
    return Dashboard.objects.filter(mine, municipality=municipality).select_related("owner")


def shown(tiles: Sequence[Tile], period: Period, whose: Whose) -> list[Shown]:
    """What each tile shows over the period; facts are asked once for all of them.

    Answers are remembered for the facts they were counted from: a chart asked for after its page, the wall and the
    next reader cost one question, when the facts were last brought.
    """
    marks = FactMark.objects.filter(municipality__in=whose.ids).order_by("municipality_id")
    version = tuple(marks.values_list("municipality_id", "brought_at"))
    key = repr((tuple(tiles), period, whose.ids, sorted(whose.where.items()), version))
    with _lock:
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
    found = _counted(tiles, period, whose)
    with _lock:
        _remembered[key] = found
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return found


def _counted(tiles: Sequence[Tile], period: Period, whose: Whose) -> list[Shown]:
    asking = Asking(whose)
    for tile in tiles:
        days = tile.days_of(period)
        for one in tile.all:
            for part in (days, before(days)):
                asking.need(one, part)
                if tile.by:
                    asking.need(one, part, tile.by)
    return [draw(tile, period, asking) for tile in tiles]


def dashboard_tables(dashboard: Dashboard, period: Period) -> tuple[FigureTable, ...]:
    """Every tile of a composed dashboard as a table over the whole of its municipality, in the order of tiles.

    Numbers of a dashboard stand together in its first table. Read inside a scope that holds the municipality.
    """
    found = shown(tiles_from(dashboard.tiles), period, whole(dashboard.municipality))
    return tables_of(found)


def tables_of(found: Iterable[Shown]) -> tuple[FigureTable, ...]:
    """Tables of shown tiles; numbers are gathered into one, since a table of one line says little."""
    every = list(found)
    numbers = [one for one in every if one.tile.kind == "number"]
    rest = tuple(one.table for one in every if one.tile.kind != "number")
    if not numbers:
        return rest
    head = ("Показатель", "За период", "Из чего", "Было", "Изменение")
    rows = tuple(row for one in numbers for row in one.table.rows)
    return (FigureTable("Показатели", head, rows), *rest)


def defaults_by_key(key: str) -> Default | None:
    """The dashboard of the house under this key."""
    return next((one for one in defaults() if one.key == key), None)
