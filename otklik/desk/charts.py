"""Charts on a page: what is drawn already stands in it, the rest is asked for afterwards; the same rows as files."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.safestring import mark_safe

from otklik.analytics.charts.easel import EASEL, NotDrawnError
from otklik.analytics.charts.kept import drawn, kept
from otklik.analytics.charts.plot import Look, Order, Plot, SizeName
from otklik.analytics.charts.theme import place_of
from otklik.desk.page import part
from otklik.desk.request import DeskRequest

log = logging.getLogger(__name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[Look, str]] = {"svg": ("svg", "image/svg+xml"), "png": ("png", "image/png")}


def sizes_of(is_wide: bool) -> tuple[SizeName, ...]:
    """A wide chart has a narrow one for a phone beside it; a narrow one suits both."""
    return ("wide", "small") if is_wide else ("small",)


def way_to(behind: str, address: str) -> str:
    """The whole address of the cases behind a number: a question for `address`, or an address of its own.

    Empty where nothing is behind, or for a person who sees no cases: such a one has no `address`.
    """
    if not behind or not address:
        return ""
    return behind if behind.startswith("/") else f"{address}?{behind}"


def linked_plot(plot: Plot, address: str) -> Plot:
    """A plot whose marks lead to their cases."""
    return replace(plot, points=tuple(replace(one, href=way_to(one.href, address)) for one in plot.points))


def chart_of(plot: Plot, sizes: Sequence[SizeName], must: bool = False) -> dict[str, Any]:
    """Drawings of a plot in the sizes asked. What is not kept is left out, or drawn now when it `must` be."""
    places = []
    for size in sizes:
        order = Order(plot, size)
        width, height = place_of(order)
        svg = _drawing(order, must)
        places.append({"size": size, "svg": svg, "width": width, "height": height})
    is_whole = must or all(one["svg"] for one in places)
    if not is_whole:
        # The process starts while the page travels: by the time the drawings are asked for it is awake.
        EASEL.wake()
    return {"places": places, "is_whole": is_whole, "says": plot.title}


def _drawing(order: Order, must: bool) -> str:
    try:
        found = drawn(order) if must else kept(order)
    except NotDrawnError as error:
        log.error("a chart is not drawn: %s", error)
        found = None
    # Drawn by our own definitions; the engine escapes every word of the rows.
    return mark_safe(found.decode()) if found else ""  # noqa: S308


def chart_part(request: DeskRequest, plot: Plot, is_wide: bool) -> HttpResponse:
    """The drawings of a plot for its page, made now."""
    return part(request, "parts/chart", {"chart": chart_of(plot, sizes_of(is_wide), must=True)})


def picture(plot: Plot, form: str, name: str) -> HttpResponse:
    """A plot as a file to take away, `form` of FILES; 404 when there is nothing to draw or it cannot be drawn."""
    if plot.is_empty:
        raise Http404
    look, kind = FILES[form]
    try:
        content = drawn(Order(plot, "wide", look))
    except NotDrawnError as error:
        log.error("a chart is not drawn: %s", error)
        raise Http404 from error
    return file_of(content, kind, f"{name}.{form}")


def file_of(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved under this name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
