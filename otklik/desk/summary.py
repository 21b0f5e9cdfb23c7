"""What «Сводка» draws: the dashboard of the address, whose cases it counts, tiles with ways to cases and drawings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from otklik.analytics.dashboards.figures import Figure, FigureTable, Shown
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.selectors import dashboards_for, default_for, defaults
from otklik.analytics.dashboards.tiles import Tile, tiles_from
from otklik.analytics.dashboards.whose import Whose, choices_for
from otklik.desk.charts import chart_of, linked_plot, sizes_of, way_to
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES


@dataclass(frozen=True)
class Board:
    """A dashboard of the house or a composed one: its address word, title, tiles, whose cases at first."""

    key: str
    title: str
    tiles: tuple[Tile, ...]
    of: str
    dashboard: Dashboard | None = None


def boards_of(request: DeskRequest) -> list[Board]:
    """Everything the person may open: the one of the person's role first, own and shared ones, the rest."""
    first = default_for(request.rights.role_keys)
    house = sorted(defaults(), key=lambda one: one is not first)
    made = [Board(one.key, one.title, one.tiles, one.of) for one in house]
    composed = dashboards_for(request.user, request.municipality, request.rights)
    return [*made[:1], *(composed_board(one) for one in composed), *made[1:]]


def composed_board(one: Dashboard) -> Board:
    """A composed dashboard as the screen takes it."""
    return Board(str(one.pk), one.title, tiles_from(one.tiles), "town", one)


def board_of(boards: Sequence[Board], key: str) -> Board:
    """The board of the address, the first when it names none; 404 for one that is not there."""
    found = next((one for one in boards if one.key == key), None) if key else boards[0]
    if found is None:
        raise Http404
    return found


def whose_of(request: DeskRequest, board: Board) -> tuple[Whose, list[Whose]]:
    """Whose cases are counted, and what else may be chosen."""
    choices = choices_for(request.user, request.municipality, request.rights, request.municipalities)
    by_key = {one.key: one for one in choices}
    wanted = (request.GET.get("of", ""), board.of, "town")
    return next((by_key[key] for key in wanted if key in by_key), choices[0]), choices


def address_of(request: DeskRequest) -> str:
    """Where cases behind a number are listed; empty for a person who sees no cases."""
    return reverse("desk:summary_cases") if may(request, *SEES_CASES) else ""


def tile_of(one: Shown, place: int, board: Board, request: DeskRequest) -> dict[str, Any]:
    """A tile as the template takes it; `chart` holds what is drawn already, `files` where the rest is asked for.

    A dashboard that is not kept yet has no addresses: its tiles are shown as tables.
    """
    address = address_of(request)
    tile: dict[str, Any] = {
        "place": place,
        "kind": one.tile.kind,
        "is_wide": one.tile.wide,
        "shown": one,
        "figure": linked(one.figure, address),
        "base": linked(one.base, address),
        "table": linked_table(one.table, address),
    }
    if board.key and one.plot and not one.plot.is_empty:
        tile["chart"] = chart_of(linked_plot(one.plot, address), sizes_of(one.tile.wide))
        tile["files"] = file_addresses(request, board, place)
    return tile


def file_addresses(request: DeskRequest, board: Board, place: int) -> dict[str, str]:
    """Addresses of the tile's drawing and files, with the question of the screen."""
    query = request.GET.urlencode()
    return {
        form: reverse("desk:summary_tile", args=[board.key, place, form]) + (f"?{query}" if query else "")
        for form in ("part", "png", "svg", "xlsx")
    }


def linked(figure: Figure | None, address: str, label: str = "") -> dict[str, str] | None:
    """A figure with the whole address of its cases and the head of its column."""
    if figure is None:
        return None
    return {"text": figure.text, "href": way_to(figure.behind, address), "label": label}


def linked_table(table: FigureTable, address: str) -> dict[str, Any]:
    """A table with the addresses of its cases."""

    def row(cells: Sequence[Figure]) -> list[dict[str, str] | None]:
        return [linked(cell, address, head) for cell, head in zip(cells, table.head, strict=False)]

    rows, whole = [row(cells) for cells in table.rows], row(table.whole)
    return {"title": table.title, "head": table.head, "rows": rows, "whole": whole, "note": table.note}
