"""A rating as rows of the tables and back. What was frozen is shown as it stands there, never counted anew."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from otklik.analytics.rating.figures import BodyFigures, Figure, Key
from otklik.analytics.rating.formula import formula_from
from otklik.analytics.rating.models import RatingPeriod, RatingRow
from otklik.analytics.rating.priors import Prior
from otklik.analytics.rating.rules import Cell, RatedRow, RatingSheet, Scheme, UnratedRow

Priors = dict[Key, Prior]


def priors_to_data(priors: dict[str, Priors]) -> dict[str, Any]:
    """What small counts were pulled to, by sheet."""
    return {sheet: {key: asdict(one) for key, one in found.items()} for sheet, found in priors.items()}


def scheme_of(period: RatingPeriod, sheet: str) -> Scheme:
    """By what a sheet of a frozen rating was counted."""
    priors = {key: Prior(**one) for key, one in period.priors.get(sheet, {}).items()}
    return Scheme(formula_from(period.formula.data), priors, period.min_items)


def rows_of(period: RatingPeriod, name: str, sheet: RatingSheet) -> list[RatingRow]:
    """Unsaved rows of one sheet."""
    rated = (
        _row(
            period,
            name,
            one.body,
            place=one.place,
            place_to=one.place_to,
            before=one.before,
            score=one.score,
            low=one.low,
            high=one.high,
            cells=[_cell_to_data(cell) for cell in one.cells],
        )
        for one in sheet.rows
    )
    unrated = (_row(period, name, one.body, why_not=one.why) for one in sheet.unrated)
    return [*rated, *unrated]


def sheet_from(rows: Iterable[RatingRow]) -> RatingSheet:
    """The sheet as it was frozen."""
    kept = list(rows)
    rated = (one for one in kept if one.place is not None)
    rest = sorted((one for one in kept if one.place is None), key=lambda one: (-one.received, one.body_id))
    return RatingSheet(
        tuple(sorted(map(_rated, rated), key=lambda one: (one.place, -one.score, one.body.body_id))),
        tuple(UnratedRow(figures_from(one), one.why_not) for one in rest),
    )


def figures_from(row: RatingRow) -> BodyFigures:
    """The figures a row was judged by."""
    figures = {key: Figure(**one) for key, one in row.figures.items()}
    return BodyFigures(row.body_id, row.body_name, row.received, figures)


def _row(period: RatingPeriod, name: str, body: BodyFigures, **more: Any) -> RatingRow:
    return RatingRow(
        municipality_id=period.municipality_id,
        period=period,
        sheet=name,
        body_id=body.body_id,
        body_name=body.name,
        received=body.received,
        figures={key: asdict(one) for key, one in body.figures.items()},
        **more,
    )


def _cell_to_data(cell: Cell) -> dict[str, Any]:
    return {"key": cell.key, "pulled": cell.pulled, "weight": cell.weight, "points": cell.points}


def _rated(row: RatingRow) -> RatedRow:
    body = figures_from(row)
    cells = tuple(Cell(figure=body.figures[one["key"]], **one) for one in row.cells)
    score, place = row.score or 0.0, row.place or 0
    return RatedRow(
        body,
        place,
        row.place_to or place,
        score,
        row.low if row.low is not None else score,
        row.high if row.high is not None else score,
        cells,
        row.before,
    )
