"""How satisfied the answered are when not all have rated: weights, bounds, links with their sureness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.satisfaction.estimate import Group, Scores, estimate, links


def scores(*given: int) -> Scores:
    return Scores(len(given), sum(given), sum(one * one for one in given), sum(one >= 4 for one in given))


def test_it_weighs_groups_by_answers_and_not_by_scores() -> None:
    """The solved were asked more: as they said 4.5, of all the answered 3."""
    told = estimate([Group(10, scores(5, 5, 5, 5, 5, 5, 5, 5, 5)), Group(90, scores(3, 3, 3))])
    assert told.plain is not None and told.weighted is not None
    assert told.plain.number == pytest.approx(4.5)
    assert told.weighted.number == pytest.approx(3.2)
    assert told.response_rate == pytest.approx(12)
    assert told.good_at_least == pytest.approx(9)
    assert told.good_at_most == pytest.approx(97)


def test_it_counts_small_groups_together_and_lends_the_whole_to_the_unrated() -> None:
    together = estimate([Group(10, scores(5, 5, 5)), Group(5, scores(1)), Group(5, scores(2, 3))])
    assert together.weighted is not None
    assert together.weighted.number == pytest.approx((10 * 5 + 10 * 2) / 20)
    silent = estimate([Group(10, scores(4, 4, 4)), Group(10, Scores())])
    assert silent.weighted is not None
    assert silent.weighted.number == pytest.approx(4)


def test_it_says_nothing_of_nobody() -> None:
    nobody = estimate([])
    assert (nobody.plain, nobody.weighted, nobody.good, nobody.response_rate) == (None, None, None, None)
    silent = estimate([Group(8, Scores())])
    assert (silent.weighted, silent.good_at_least, silent.good_at_most) == (None, 0, 100)
    one = estimate([Group(3, scores(4))])
    assert one.plain is not None and one.weighted is not None
    assert (one.plain.low, one.weighted.low) == (None, None)


def test_it_does_not_take_alike_scores_for_certainty() -> None:
    told = estimate([Group(20, scores(5, 5, 5)), Group(20, scores(1, 5, 3, 2))])
    assert told.weighted is not None and told.weighted.low is not None and told.weighted.high is not None
    assert told.weighted.high - told.weighted.low > 1


groups = st.lists(
    st.builds(
        lambda given, silent: Group(len(given) + silent, scores(*given)),
        st.lists(st.integers(1, 5), max_size=12),
        st.integers(0, 30),
    ),
    min_size=1,
    max_size=6,
)


@given(groups)
def test_it_stays_within_the_scale_and_within_its_bounds(given: list[Group]) -> None:
    told = estimate(given)
    assert 0 <= told.good_at_least <= told.good_at_most <= 100
    for one in (told.plain, told.weighted):
        if one is not None:
            assert 1 <= one.number <= 5
            if one.low is not None and one.high is not None:
                assert 1 <= one.low <= one.number + 1e-9 and one.number - 1e-9 <= one.high <= 5
    if told.scored and told.good is not None:
        assert told.good_at_least - 1e-9 <= told.good.number <= told.good_at_most + 1e-9


@given(st.lists(st.integers(1, 5), min_size=3, max_size=20))
def test_it_weighs_nothing_when_all_have_rated(given: list[int]) -> None:
    told = estimate([Group(len(given), scores(*given))])
    assert told.plain is not None and told.weighted is not None
    assert told.weighted.number == pytest.approx(told.plain.number)
    assert told.good_at_least == pytest.approx(told.good_at_most)


def test_it_says_how_sure_a_link_is_in_plain_words() -> None:
    sure = (scores(*[5] * 30, *[4] * 10), scores(*[2] * 20, *[3] * 20))
    chance = (scores(5, 1, 4, 2, 3, 5), scores(4, 2, 5, 1, 3, 4))
    found = {one.key: one for one in links({"fast": sure, "known": chance, "few": (scores(5), scores(1, 1))})}
    assert set(found) == {"fast", "known"}
    assert (found["fast"].sureness, found["known"].sureness) == ("уверенно", "не видно")
    assert found["fast"].difference == pytest.approx(2.25)
    assert found["fast"].low < 2.25 < found["fast"].high


def test_it_asks_more_of_a_link_found_among_many() -> None:
    nearly = (scores(5, 5, 4, 5, 5, 4, 5, 4), scores(4, 4, 3, 5, 4, 3, 4, 4))
    alone = links({"a": nearly})[0]
    among = links(dict.fromkeys("abcdef", nearly))
    assert alone.sureness == "похоже"
    assert among[0].chance == pytest.approx(min(1.0, alone.chance * 6))
    assert {one.sureness for one in among} == {"не видно"}


def test_it_takes_equal_scores_for_no_difference() -> None:
    (same,) = links({"a": (scores(4, 4, 4, 4, 4), scores(4, 4, 4, 4, 4))})
    assert (same.difference, same.sureness) == (0, "не видно")
