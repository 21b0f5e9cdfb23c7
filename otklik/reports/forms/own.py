"""Own report: every tile of a composed dashboard as a table, over the days of the paper."""

from otklik.analytics.dashboards.figures import Figure
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.selectors import dashboard_tables
from otklik.common.errors import Refused
from otklik.reports.forms.common import sources
from otklik.reports.forms.form import Form
from otklik.reports.parts import Cell, Kind, Writing, text_cell
from otklik.reports.source import Source

KINDS: dict[str, Kind] = {"шт": "count", "%": "share", "ч": "hours", "балл": "score"}
FIRST, OTHER = 2.2, 1.2
SHARE = "%"


def tables(source: Source, page: Writing, typed: str) -> None:
    page.head("Показатели")
    own = Dashboard.objects.filter(municipality=source.town, pk=int(source.about.key)).first()
    if own is None:
        raise Refused("Этой сводки больше нет: составьте отчёт по другой.")
    for found in dashboard_tables(own, source.period):
        page.table(
            found.title,
            found.head,
            [tuple(map(_cell, row)) for row in (*found.rows, *([found.whole] if found.whole else []))],
            (FIRST, *(OTHER for _ in found.head[1:])),
            has_total=bool(found.whole),
        )
        page.say(found.note if found.rows else f"{found.title}: за период данных нет.")


def words(source: Source, page: Writing, typed: str) -> None:
    if typed:
        page.head("Пояснения")
        for line in typed.splitlines():
            page.say(line.strip())


def _cell(figure: Figure) -> Cell:
    """A share is kept as a part of one, as everywhere in reports."""
    kind = KINDS.get(figure.unit)
    if figure.value is None or kind is None:
        return text_cell(figure.text)
    value = figure.value / 100 if figure.unit == SHARE else figure.value
    return Cell(figure.text, value, kind, f"/summary/cases/?{figure.behind}" if figure.behind else "")


OWN = Form(
    key="own",
    heading="Отчёт",
    subject="по своей сводке",
    version=1,
    sections={"sources": sources, "tables": tables, "words": words},
    typed={"words": "Пояснения к показателям"},
    always=frozenset({"sources", "tables", "words"}),
    about="dashboard",
)
