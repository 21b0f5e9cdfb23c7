"""The matrix by exact tables: rates, few data, unknown places, the rest of the columns, silence."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.heatmap.matrix import REST, Ask, Column, Place, build, pick_columns

WASTE = Column("waste", "отходы", frozenset({"rubbish", "dump"}))
ROADS = Column("roads", "дороги", frozenset({"pits"}))
NO_TOPIC = Column("unknown", "тема не определена", frozenset({""}))
COLUMNS = [WASTE, ROADS, NO_TOPIC]
TOWN, VILLAGE, HAMLET, SILENT = (
    Place(1, "г. Верхний", 10_000),
    Place(2, "с. Ключи", 2000),
    Place(3, "д. Горки", 120),
    Place(4, "д. Тихая", None),
)
PLACES = [TOWN, VILLAGE, HAMLET, SILENT]
NOW = {
    (1, "rubbish"): 8,
    (1, "dump"): 2,
    (1, "pits"): 10,
    (2, "rubbish"): 12,
    (3, "pits"): 2,
    (0, "rubbish"): 22,
}
BEFORE = {(1, "rubbish"): 9, (2, "rubbish"): 2, (3, ""): 1}


def test_it_counts_rates_per_thousand_residents() -> None:
    matrix = build(COLUMNS, PLACES, NOW, BEFORE, 12_120, Ask())
    assert [row.place.name for row in matrix.rows] == ["с. Ключи", "г. Верхний", "д. Горки"]
    village, town, hamlet = matrix.rows
    assert village.cells[0].rate == 6.0
    assert [cell.rate for cell in town.cells] == [1.0, 1.0, 0.0]
    assert town.whole.rate == 2.0
    assert village.cells[0].is_spike
    assert not town.cells[0].is_spike
    assert (matrix.total, matrix.unknown.whole.now) == (56, 22)
    assert round(matrix.unknown_share, 3) == 0.393
    assert matrix.heard == 3
    assert [place.name for place in matrix.silent] == ["д. Тихая"]
    assert hamlet.is_few


def test_it_shows_numbers_where_a_rate_would_say_too_much() -> None:
    hamlet = build(COLUMNS, PLACES, NOW, BEFORE, None, Ask()).rows[-1]
    assert hamlet.is_few
    assert [(cell.now, cell.rate, cell.step) for cell in hamlet.cells] == [
        (0, None, 0),
        (2, None, 0),
        (0, None, 0),
    ]


def test_it_spreads_cases_of_unknown_places_over_the_known_ones_of_their_theme() -> None:
    matrix = build(COLUMNS, PLACES, NOW, BEFORE, 12_120, Ask(spread=True))
    village, town, _ = matrix.rows
    assert village.cells[0].rate == 12.0
    assert town.cells[0].rate == 2.0
    assert town.cells[1].rate == 1.0
    assert matrix.whole.whole.rate == build(COLUMNS, PLACES, NOW, BEFORE, 12_120, Ask()).whole.whole.rate


def test_it_sets_the_largest_growth_first() -> None:
    matrix = build(COLUMNS, PLACES, NOW, BEFORE, None, Ask("growth"))
    assert [(row.place.name, row.whole.change) for row in matrix.rows] == [
        ("г. Верхний", 11), ("с. Ключи", 10), ("д. Горки", 1)
    ]  # fmt: skip
    assert matrix.rows[1].cells[0].step == 2


def test_it_gathers_small_columns_into_the_rest() -> None:
    picked = pick_columns(COLUMNS, NOW, BEFORE, 2)
    assert [(one.key, one.topics) for one in picked] == [
        ("waste", WASTE.topics),
        (REST, frozenset({"pits", ""})),
    ]
    assert pick_columns(COLUMNS, {}, {}) == []
    assert [one.key for one in pick_columns(COLUMNS, {(1, "pits"): 1}, BEFORE)] == [
        "roads",
        "waste",
        "unknown",
    ]


def test_a_place_heard_lately_is_not_silent() -> None:
    assert build(COLUMNS, PLACES, NOW, BEFORE, None, Ask(), frozenset({4})).silent == ()


def test_an_empty_month_gives_an_empty_matrix() -> None:
    matrix = build([], PLACES, {}, {}, 12_120, Ask())
    assert (matrix.rows, matrix.total, matrix.unknown_share) == ((), 0, 0.0)
    assert len(matrix.silent) == 4


COUNTS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from(["rubbish", "dump", "pits", ""])), st.integers(1, 400)
)


@given(COUNTS, COUNTS, st.booleans())
def test_nothing_is_lost_between_the_cells_and_the_whole(
    now: dict[tuple[int, str], int], before: dict[tuple[int, str], int], spread: bool
) -> None:
    matrix = build(COLUMNS, PLACES, now, before, 12_120, Ask(spread=spread))
    every = [*matrix.rows, matrix.unknown]
    assert sum(row.whole.now for row in every) == matrix.total == sum(now.values())
    assert sum(row.whole.before for row in every) == matrix.whole.whole.before == sum(before.values())
    for row in [*every, matrix.whole]:
        assert sum(cell.now for cell in row.cells) == row.whole.now
    renamed = [replace(place, name=f"{place.name}!") for place in PLACES]
    again = build(COLUMNS, renamed, now, before, 12_120, Ask(spread=spread))
    assert [row.cells for row in again.rows] == [row.cells for row in matrix.rows]
