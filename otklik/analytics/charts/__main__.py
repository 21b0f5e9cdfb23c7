"""The drawing process: a line of JSON in is an order, a line of JSON out is its drawing in base64.

Started by `easel` beside a web process, ends with it or after minutes without orders. Knows no database.
"""

import base64
import json
import select
import sys
from typing import Any

import vl_convert

from otklik.analytics.charts.definitions import spec_of
from otklik.analytics.charts.plot import Order, order_from
from otklik.analytics.charts.theme import LOCALE, on_page, unlinked

IDLE_SECONDS = 300.0
SHARPNESS = 2.0


def draw(order: Order) -> bytes:
    """The drawing: SVG for a page, SVG to take away, or PNG."""
    spec = spec_of(order)
    if order.look == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=SHARPNESS, format_locale=LOCALE))
    svg: str = vl_convert.vegalite_to_svg(spec, format_locale=LOCALE)
    if order.look == "page":
        return on_page(svg, [one.href for one in order.plot.points]).encode()
    return unlinked(svg, []).encode()


def answer(line: str) -> dict[str, Any]:
    """What goes back for a line: `drawing`, or `fault` in the words of the error."""
    try:
        return {"drawing": base64.b64encode(draw(order_from(json.loads(line)))).decode()}
    except Exception as error:
        # One bad order must not end the process that draws for everybody; its asker is told.
        return {"fault": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Serve orders until the parent is gone or nobody asks."""
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        sys.stdout.write(json.dumps(answer(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
