"""Points by hand, weights spread, shared places, who is not rated; and what must hold for any figures."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from otklik.analytics.rating.figures import CRITERIA, BodyFigures, Figure, Key, share
from otklik.analytics.rating.formula import Formula, Weighed, criteria_of, formula_from, make_formula
from otklik.analytics.rating.lifts import changed, way_up
from otklik.analytics.rating.priors import STRONGEST, Prior, priors_of
from otklik.analytics.rating.rules import NO_DATA, TOO_FEW, Scheme, part_of, pull, rate, whole
from otklik.analytics.rating.tests.figures_made import ALL_WORDS, EDGES, VALUES, body, formula, plain_scheme
from otklik.common.errors import Refused


@pytest.mark.parametrize(
    ("overdue", "points"),
    [((0, 100), 25), ((2, 100), 25), ((11, 100), 12.5), ((20, 100), 0), ((60, 100), 0)],
)
def test_it_gives_points_linearly_between_all_and_nothing(overdue: tuple[int, int], points: float) -> None:
    (row,) = rate([body(1, overdue=overdue)], plain_scheme(), {}).rows
    assert row.cells[0].points == pytest.approx(points)
    assert row.score == pytest.approx(75 + points)


@pytest.mark.parametrize(
    ("figures", "score"),
    [
        (body(1), 100),
        (body(1, hours=30), 80),
        (body(1, hours=20), 90),
        (body(1, repeated=20), 85),
        (body(1, solved=(50, 100)), 90),
        (body(1, scores=(35, 10)), 92.5),
        (body(1, first_pass=(60, 100)), 95),
    ],
)
def test_it_counts_each_criterion_by_its_weight(figures: BodyFigures, score: float) -> None:
    assert rate([figures], plain_scheme(), {}).rows[0].score == pytest.approx(score)


def test_it_spreads_the_weight_of_a_criterion_without_data() -> None:
    (row,) = rate([body(1, scores=(5, 4), overdue=(20, 100))], plain_scheme(), {}).rows
    assert [cell.key for cell in row.cells] == ["overdue", "speed", "repeats", "solved", "quality"]
    assert sum(cell.weight for cell in row.cells) == pytest.approx(100)
    assert row.score == pytest.approx(100 * 60 / 85)


def test_it_gives_equal_points_one_place_and_skips_the_next() -> None:
    bodies = [body(3, hours=20), body(1), body(2, hours=20), body(4, hours=30)]
    rows = rate(bodies, plain_scheme(), {1: 2, 4: 1}).rows
    assert [(row.body.body_id, row.place, row.place_to, row.before) for row in rows] == [
        (1, 1, 1, 2),
        (2, 2, 3, None),
        (3, 2, 3, None),
        (4, 4, 4, 1),
    ]


def test_it_rates_nobody_below_the_minimum_or_without_data() -> None:
    empty = BodyFigures(3, "Отдел 3", 5, {})
    sheet = rate([body(1, received=1), body(2), empty], plain_scheme(), {})
    assert [row.body.body_id for row in sheet.rows] == [2]
    assert [(row.body.body_id, row.why) for row in sheet.unrated] == [(3, NO_DATA), (1, TOO_FEW)]
    assert rate([], plain_scheme(), {}).rows == ()


def test_it_pulls_small_counts_harder_and_leaves_them_less_certain() -> None:
    prior = Prior(0.1, 10)
    small, little = pull(Figure(0.5, 1, 2), prior), pull(Figure(0.5, 100, 200), prior)
    assert small[0] == pytest.approx(2 / 12) and little[0] == pytest.approx(101 / 210)
    assert small[1] > little[1]
    scheme = Scheme(formula(), priors_of(formula(), []), 2)
    few = rate([body(1, 4, (0, 4), 10, 0, (3, 4), (25, 5), (4, 4))], scheme, {}).rows[0]
    many = rate([body(1)], scheme, {}).rows[0]
    assert few.high - few.low > many.high - many.low
    assert few.low <= few.score <= few.high


def test_it_pulls_less_where_bodies_truly_differ() -> None:
    like = [body(key, overdue=(10, 100)) for key in range(5)]
    unlike = [body(key, overdue=(key * 10, 100)) for key in range(5)]
    same, apart = priors_of(formula(), like)["overdue"], priors_of(formula(), unlike)["overdue"]
    assert (same.mean, same.strength) == (0.1, STRONGEST)
    assert apart.mean == pytest.approx(0.2) and apart.strength < 10


def test_it_reads_the_criteria_of_each_charter() -> None:
    assert criteria_of(["count", "terms", "completeness"]) == ["overdue", "speed", "repeats", "solved"]
    assert criteria_of(["count", "speed", "completeness_and_quality"]) == list(CRITERIA)
    assert criteria_of(["count", "quality", "speed", "completeness"]) == list(CRITERIA)
    assert criteria_of(["count", "terms"]) == ["overdue", "speed", "repeats"]
    some = formula(["count", "terms"])
    assert [one.weight for one in some.criteria] == pytest.approx([25 / 0.6, 20 / 0.6, 25])
    assert formula_from(some.to_data()) == some and formula_from(some.to_data()).digest == some.digest


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("rating.weights", {"overdue": 25, "speed": 20}, "Сумма весов рейтинга 45"),
        ("rating.weights", {"overdue": "много"}, "набором чисел"),
        ("rating.full_and_zero", {"overdue": [2]}, "два числа"),
        ("rating.full_and_zero", {"overdue": [2, 20]}, "не заданы границы"),
        ("rating.full_and_zero", {**EDGES, "speed": [1, 1]}, "в одной точке"),
        ("rating.min_items", 0, "целым числом от 1"),
        ("rating.min_scores", None, "целым числом от 1"),
    ],
)
def test_it_refuses_numbers_that_make_no_formula(key: str, value: JsonValue, words: str) -> None:
    with pytest.raises(Refused, match=words):
        make_formula(ALL_WORDS, {**VALUES, key: value}, {})


def test_it_refuses_weights_that_do_not_make_a_hundred() -> None:
    with pytest.raises(Refused, match="Сумма весов рейтинга 60"):
        Formula((Weighed("overdue", 60, 0, 1),), 2, {})


def test_it_says_the_cheapest_way_one_place_up() -> None:
    scheme = plain_scheme()
    sheet = rate([body(1), body(2, hours=14, overdue=(5, 100))], scheme, {})
    way = way_up(sheet, 2, scheme)
    assert way is not None and way.place == 1
    assert way.missing == pytest.approx(99.5 - sheet.rows[1].score)
    assert [(one.key, one.steps, one.reaches) for one in way.lifts] == [
        ("overdue", 3, False),
        ("speed", 4, False),
    ]
    assert way_up(sheet, 1, scheme) is None
    assert way_up(sheet, 77, scheme) is None


def test_it_finds_one_change_that_is_enough() -> None:
    scheme = plain_scheme()
    sheet = rate([body(1, hours=12), body(2, hours=14)], scheme, {})
    way = way_up(sheet, 2, scheme)
    assert way is not None
    (lift,) = way.lifts
    assert (lift.key, lift.steps, lift.reaches) == ("speed", 2, True)
    assert lift.becomes.numerator == 12


counts = st.integers(0, 40).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most)))


@st.composite
def some_body(draw: st.DrawFn, key: int) -> BodyFigures:
    received = draw(st.integers(0, 60))
    scored = draw(st.integers(0, 12))
    hours = draw(st.integers(0, 60))
    made: dict[Key, Figure | None] = {
        "overdue": share(*draw(counts)),
        "speed": Figure(hours / 10, hours, draw(st.integers(1, 40))),
        "repeats": share(draw(st.integers(0, received)), received),
        "solved": share(*draw(counts)),
        "satisfaction": share(draw(st.integers(scored, scored * 5)), scored),
        "quality": share(*draw(counts)),
    }
    return BodyFigures(key, draw(st.text(max_size=5)), received, {k: v for k, v in made.items() if v})


towns = st.integers(2, 6).flatmap(lambda n: st.tuples(*(some_body(key) for key in range(n))))


def scheme_after(history: tuple[BodyFigures, ...]) -> Scheme:
    return Scheme(formula(), priors_of(formula(), history), 2)


@settings(max_examples=150, deadline=None)
@given(towns, towns, st.sampled_from(list(CRITERIA)), st.data())
def test_better_figures_never_lower_a_place(
    town: tuple[BodyFigures, ...], history: tuple[BodyFigures, ...], key: Key, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(town))
    figure = one.figures.get(key)
    if figure is None:
        return
    most = figure.denominator * (5 if key == "satisfaction" else 1)
    room = int(most - figure.numerator) if CRITERIA[key].up_is_good else int(figure.numerator)
    if not room:
        return
    better = changed(one, key, data.draw(st.integers(1, room)))
    scheme = scheme_after(history)
    before = {row.body.body_id: row for row in rate(town, scheme, {}).rows}
    after = {
        row.body.body_id: row
        for row in rate([better if other is one else other for other in town], scheme, {}).rows
    }
    assert before.keys() == after.keys()
    if one.body_id in before:
        assert after[one.body_id].place <= before[one.body_id].place
        assert after[one.body_id].points >= before[one.body_id].points
        others = before.keys() - {one.body_id}
        assert {key: after[key].points for key in others} == {key: before[key].points for key in others}


@settings(max_examples=80, deadline=None)
@given(towns, st.randoms())
def test_renaming_and_order_change_nothing(town: tuple[BodyFigures, ...], chance: Random) -> None:
    scheme = scheme_after(())
    renamed = [replace(one, name=f"Управление {one.body_id}") for one in town]
    chance.shuffle(renamed)

    def places(bodies: list[BodyFigures]) -> list[tuple[int, int, int, float]]:
        return [(r.body.body_id, r.place, r.place_to, r.score) for r in rate(bodies, scheme, {}).rows]

    assert places(list(town)) == places(renamed)


@settings(max_examples=80, deadline=None)
@given(towns)
def test_every_score_lies_in_its_interval_and_weights_make_a_hundred(town: tuple[BodyFigures, ...]) -> None:
    for row in rate(town, scheme_after(()), {}).rows:
        assert -1e-9 <= row.low <= row.score + 1e-9 and row.score <= row.high + 1e-9 <= 100 + 1e-6
        assert sum(cell.weight for cell in row.cells) == pytest.approx(100)
        assert 1 <= row.place <= row.place_to


@settings(max_examples=80, deadline=None)
@given(towns)
def test_a_change_that_is_enough_does_raise(town: tuple[BodyFigures, ...]) -> None:
    scheme = scheme_after(())
    sheet = rate(town, scheme, {})
    for row in sheet.rows:
        way = way_up(sheet, row.body.body_id, scheme)
        for lift in way.lifts if way else ():
            if way is None or not lift.reaches:
                continue
            better = changed(row.body, lift.key, lift.steps)
            again = rate([better if one is row.body else one for one in town], scheme, {})
            place = next(one.place for one in again.rows if one.body.body_id == better.body_id)
            assert place < row.place
            less = changed(row.body, lift.key, lift.steps - 1)
            rows = rate([less if one is row.body else one for one in town], scheme, {}).rows
            points = next(one.points for one in rows if one.body.body_id == less.body_id)
            assert points < next(one.points for one in sheet.rows if one.place == way.place)


def test_halves_go_up() -> None:
    assert [whole(value) for value in (70.5, 70.4999999999999, 70.49, 0, 100)] == [71, 71, 70, 0, 100]
    assert part_of(0.5, Weighed("solved", 100, 0.8, 0.2)) == pytest.approx(0.5)
