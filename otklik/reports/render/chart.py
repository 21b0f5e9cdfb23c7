"""Bars of a document as one SVG in black: outline is before, filling is now. Text by the document's face."""

from html import escape
from pathlib import Path

from otklik.common.words import number
from otklik.reports.parts import Bar, Bars, signed

PICTURE = Path(__file__).parent / "chart.typ"
SHARPNESS = 220.0
FACE = "PT Serif, Liberation Serif, Libertinus Serif, serif"
WIDTH, LABEL, SPAN = 680, 240, 310
STEP, THICK, SIZE = 34, 11, 13
LONGEST_LABEL = 29


def bars_svg(bars: Bars) -> str:
    """A drawing without colours, so that it reads in grey print."""
    most = max(max(one.before, one.now) for one in bars.items) or 1
    lines = "".join(_bar(one, place * STEP, SPAN / most) for place, one in enumerate(bars.items))
    height = STEP * len(bars.items)
    said = escape(f"{bars.title}. {'; '.join(map(_told, bars.items))}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="{FACE}" font-size="{SIZE}" role="img" aria-label="{said}">{lines}</svg>'
    )


def bars_png(bars: Bars) -> bytes:
    """The same drawing in black as a picture, for DOCX."""
    # The preview of the desk draws bars as SVG and needs no typst.
    import typst

    svg = black(bars_svg(bars))
    return bytes(typst.compile(PICTURE, format="png", ppi=SHARPNESS, sys_inputs={"svg": svg}))


def black(svg: str) -> str:
    """For paper: nothing there tells a drawing what the colour of text is."""
    return svg.replace("currentColor", "#000000")


def _bar(one: Bar, top: int, scale: float) -> str:
    before, now = round(one.before * scale, 1), round(one.now * scale, 1)
    middle, end = top + THICK + SIZE * 0.35, LABEL + max(before, now) + 8
    return (
        f'<text x="{LABEL - 8}" y="{middle:.1f}" text-anchor="end" fill="currentColor">'
        f"{escape(_short(one.label))}</text>"
        f'<rect x="{LABEL}" y="{top + 0.5}" width="{before}" height="{THICK}" fill="none" stroke="currentColor"/>'
        f'<rect x="{LABEL}" y="{top + THICK + 0.5}" width="{now}" height="{THICK}" fill="currentColor" '
        f'fill-opacity="0.75"/>'
        f'<text x="{end}" y="{middle:.1f}" fill="currentColor">{_told_figures(one)}</text>'
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _told_figures(one: Bar) -> str:
    return f"{number(one.before)} → {number(one.now)} ({signed(one.now - one.before)})"


def _told(one: Bar) -> str:
    return f"{one.label}: {_told_figures(one)}"
