"""The heat map over a town that has lived: every figure is what the cases say, and its list shows the same cases."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from otklik.analytics.heatmap.cells import RESOLUTIONS, Box, cells_in
from otklik.analytics.heatmap.matrix import Column, Matrix
from otklik.analytics.heatmap.selectors import (
    Asked,
    cells_of,
    changes_by_channel,
    clusters_of,
    columns_of,
    days_of,
    matrix_of,
    points_of,
    weeks_of,
)
from otklik.analytics.services import rebuild
from otklik.analytics.sight import Sight
from otklik.cases.models import Case
from otklik.common.period import Period
from otklik.common.periods import before
from otklik.desk.heatmap import case_filter
from otklik.places.cells import cell_of, parent_of
from otklik.places.models import Settlement
from tests.analytics.living import NOW, live
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
PERIOD = Period(date(2026, 10, 1), date(2026, 10, 31))
CAME = {"came_at__gte": "2026-10-01T00:00+03:00", "came_at__lt": "2026-11-01T00:00+03:00"}


def a_town_of_weeks() -> Town:
    """A town of some weeks, a third of its cases with a point, one settlement known on the map."""
    town = build_town()
    live(town, 40)
    home = Settlement.objects.filter(municipality=town.municipality).exclude(is_centre=True).order_by("id")[0]
    Settlement.objects.filter(pk=home.pk).update(lat=58.5, lon=34.1, population=900)
    for step, case in enumerate(Case.objects.filter(municipality=town.municipality).order_by("id")):
        if step % 3 == 0:
            lat, lon = 58.39 + step / 900, 33.91 + step / 500
            Case.objects.filter(pk=case.pk).update(lat=lat, lon=lon, h3=cell_of(lat, lon))
        if step % 3 == 1:
            Case.objects.filter(pk=case.pk).update(settlement=home, lat=None, lon=None, h3="")
    rebuild(town.municipality, now=NOW)
    return town


lived = made_once(a_town_of_weeks)


@pytest.fixture
def town(lived: Town, db: None) -> Town:
    return back_in(lived)


def asked(**more: Any) -> Asked:
    return Asked(PERIOD, before(PERIOD), **more)


def listed(town: Town, question: Asked, **more: Any) -> int:
    """How many cases the list shows under the filter of a figure."""
    from_cell = more.pop("cell", "")
    found = case_filter(question, **more)
    conditions = type(found)(**{**vars(found), "cell": from_cell})
    own = Case.objects.filter(municipality=town.municipality)
    return conditions.apply(own, town.vera, town.municipality, timezone.now()).count()


def every_cell(matrix: Matrix) -> list[tuple[int | None, Column, int]]:
    rows = [(row.place.key, row) for row in (*matrix.rows, matrix.unknown)]
    return [
        (place, column, cell.now)
        for place, row in [*rows, (None, matrix.whole)]
        for column, cell in zip(matrix.columns, row.cells, strict=True)
    ]


@pytest.mark.parametrize("what", ["received", "received_repeated", "received_urgent"])
def test_each_figure_opens_exactly_its_cases(town: Town, what: str) -> None:
    question = asked(what=what, all_columns=True)
    matrix = matrix_of(town.municipality, question)
    cells = every_cell(matrix)
    assert matrix.total == listed(town, question)
    assert [now for _, _, now in cells] == [
        listed(town, question, column=column, place=place) for place, column, _ in cells
    ]


def test_a_group_is_parted_into_its_topics(town: Town) -> None:
    whole = matrix_of(town.municipality, asked(all_columns=True))
    fullest = next(one for one in whole.columns if one.key != "unknown")
    question = asked(group=fullest.key, all_columns=True)
    drilled = matrix_of(town.municipality, question)
    assert drilled.total == whole.whole.cells[whole.columns.index(fullest)].now
    for place, column, now in every_cell(drilled):
        assert listed(town, question, column=column, place=place) == now


def test_conditions_narrow_the_whole_screen(town: Town) -> None:
    question = asked(kind="appeal", channel="pos")
    expected = Case.objects.filter(municipality=town.municipality, kind="appeal", channel__key="pos")
    assert matrix_of(town.municipality, question).total == expected.filter(**CAME).count()


def test_each_cell_of_the_map_opens_exactly_its_cases(town: Town) -> None:
    question = asked()
    for resolution in RESOLUTIONS:
        answer = cells_of(town.municipality, question, [], resolution)
        cells = {one["properties"]["cell"]: one["properties"]["now"] for one in answer["features"]}
        assert sum(cells.values()) == answer["placed"] <= answer["total"]
        assert {cell: listed(town, question, cell=cell) for cell in cells} == cells
    assert listed(town, question, cell="yard") == 0


def counts_of(packed: dict[str, Any]) -> Counter[str]:
    """Cases by cell of a packed answer."""
    found: Counter[str] = Counter()
    place = 0
    for step, count in zip(packed["points"][::4], packed["points"][3::4], strict=True):
        place += step
        found[packed["cells"][place]] += count
    return found


def test_points_are_the_cases_of_their_cells(town: Town) -> None:
    own = Case.objects.filter(municipality=town.municipality).exclude(h3="")
    far = counts_of(clusters_of(town.municipality, asked(), []))
    assert far == {cell: listed(town, asked(), cell=cell) for cell in far}
    assert sum(far.values()) > 0
    first = own.order_by("id")[0]
    near = Box(first.lat or 0, first.lon or 0, (first.lat or 0) + 0.01, (first.lon or 0) + 0.02)
    inside = cells_in(near)
    assert counts_of(points_of(own, near)) == Counter(own.filter(h3__in=inside).values_list("h3", flat=True))
    assert 0 < own.filter(h3__in=inside).count() < own.count()


def test_who_sees_a_part_gets_figures_of_that_part(town: Town) -> None:
    cases = Case.objects.filter(municipality=town.municipality)
    keys = list(
        cases.exclude(block_key="").order_by("block_key").values_list("block_key", flat=True).distinct()
    )
    body = cases.exclude(body=None).exclude(block_key=keys[0]).order_by("id")[0].body_id
    assert body is not None
    for sight, mine in (
        (Sight(False, frozenset(keys[:1])), Q(block_key=keys[0])),
        (Sight(False, frozenset(), frozenset({body})), Q(body=body)),
        (Sight(False, frozenset(keys[:1]), frozenset({body})), Q(block_key=keys[0]) | Q(body=body)),
        (Sight(False), Q(pk__in=[])),
    ):
        question, own = asked(sight=sight), cases.filter(mine, **CAME)
        matrix = matrix_of(town.municipality, question)
        assert matrix.total == own.count() < cases.filter(**CAME).count()
        assert sum(n for _, n in days_of(town.municipality, question, [], None)) == own.count()
        placed = cells_of(town.municipality, question, [], 9)["placed"]
        assert (
            placed
            == own.exclude(h3="").count()
            == sum(counts_of(clusters_of(town.municipality, question, [])).values())
        )
        weeks = weeks_of(town.municipality, question, [], NOW.date())
        assert sum(n for _, n in weeks) == cases.filter(mine).count()


def test_days_weeks_and_parts_add_up(town: Town) -> None:
    question = asked()
    matrix = matrix_of(town.municipality, question)
    assert sum(n for _, n in days_of(town.municipality, question, [], None)) == matrix.total
    weeks = weeks_of(town.municipality, question, [], NOW.date())
    assert len(weeks) == 26
    assert sum(n for _, n in weeks) == Case.objects.filter(municipality=town.municipality).count()
    fullest = max(matrix.columns, key=lambda one: matrix.whole.cells[matrix.columns.index(one)].now)
    home = max(matrix.rows, key=lambda row: row.whole.now)
    for place, row in ((None, matrix.whole), (home.place.key, home)):
        change = row.cells[matrix.columns.index(fullest)].change
        assert sum(matrix.changes(fullest.topics, place).values()) == change
        assert sum(changes_by_channel(town.municipality, question, fullest.topics, place).values()) == change


def test_large_cells_hold_cases_known_by_their_settlement(town: Town) -> None:
    home = cell_of(58.5, 34.1)
    found = {
        resolution: [
            one["properties"]["now"]
            for one in cells_of(town.municipality, asked(), [], resolution)["features"]
            if one["properties"]["cell"] == parent_of(home, resolution)
        ]
        for resolution in (7, 8)
    }
    assert found[7][0] > 0
    assert found[8] == []


def test_every_topic_stands_in_one_column() -> None:
    build_town()
    groups = columns_of("")
    topics = [topic for column in groups for topic in column.topics]
    assert len(topics) == len(set(topics))
    assert {topic for column in columns_of("roads") for topic in column.topics} < set(topics)
