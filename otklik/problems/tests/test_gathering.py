"""Which cases the system puts together as one problem, and which it leaves apart."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from otklik.problems.gathering import Item, Link, gather
from otklik.problems.rules import allowed, compare, cost_of, is_above_usual, keeps, number_of, refusal

TODAY = date(2026, 10, 20)
HOME = (58.39, 33.91)


def item(pk: int, days: int = 1, topic: str = "waste", north: float = 0.0, author: str = "") -> Item:
    point = (HOME[0] + north / 111_000, HOME[1])
    return Item(pk, topic, 1, "Гагарина", point, TODAY - timedelta(days=days), author or f"author{pk}")


def links(*pairs: tuple[int, int]) -> list[Link]:
    return [Link(one, other, 0.9, "текст совпадает на 80 %") for one, other in pairs]


def test_it_gathers_a_chain_of_like_texts_and_says_why_each_case_is_in() -> None:
    rows = [item(1), item(2), item(3), item(9, topic="roads", north=9000)]
    (bunch,) = gather(rows, links((1, 2), (2, 3)), TODAY, 3)
    assert sorted(bunch.members) == [1, 2, 3]
    assert {one.reason for one in bunch.members.values()} == {"текст совпадает на 80 %"}
    assert bunch.topic == "waste" and bunch.settlement == 1 and bunch.sureness >= 0.8
    assert bunch.reason.startswith("3\xa0карточки за 1\xa0день")


def test_it_adds_near_cases_of_the_theme_in_other_words_with_less_sureness() -> None:
    rows = [item(1), item(2), item(3), item(4, north=300), item(5, north=3000), item(6, topic="roads")]
    (bunch,) = gather(rows, links((1, 2), (2, 3)), TODAY, 3)
    assert sorted(bunch.members) == [1, 2, 3, 4]
    assert bunch.members[4].sureness < bunch.members[1].sureness
    assert "м от остальных" in bunch.members[4].reason


def test_it_sees_a_theme_crowd_at_one_place_against_the_weeks_before() -> None:
    crowd = [item(number, days=number % 7, north=20 * number) for number in range(1, 7)]
    assert [len(one.members) for one in gather(crowd, [], TODAY, 3)] == [6]
    usual = [item(100 + number, days=15 + number, north=10 * number) for number in range(40)]
    assert gather([*crowd, *usual], [], TODAY, 3) == []


def test_it_takes_one_busy_author_for_no_problem_of_many() -> None:
    same = [item(number, north=number, author="one") for number in range(1, 9)]
    assert gather(same, [], TODAY, 3) == []


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=40))
def test_it_never_puts_a_case_into_two_bunches(pairs: list[tuple[int, int]]) -> None:
    rows = [item(number, north=number * 5000) for number in range(1, 31)]
    bunches = gather(rows, links(*[pair for pair in pairs if pair[0] != pair[1]]), TODAY, 3)
    met = [pk for bunch in bunches for pk in bunch.members]
    assert len(met) == len(set(met))
    assert all(len(bunch.members) >= 3 for bunch in bunches)


def test_it_compares_paces_and_says_when_there_is_too_little() -> None:
    assert compare(4, 60, 2, 60).verdict == "few"
    assert compare(40, 60, 5, 10).verdict == "few"
    fell = compare(60, 60, 20, 60)
    assert fell.verdict == "less" and fell.high is not None and fell.high < 1
    assert round(fell.ratio or 0, 2) == 0.33 and fell.month_before == 30
    assert compare(20, 60, 60, 60).verdict == "more"
    assert compare(30, 60, 28, 60).verdict == "same"
    assert compare(20, 60, 20, 60).ratio == compare(10, 30, 20, 60).ratio == 1
    assert compare(0, 60, 20, 60).ratio is None


@given(st.integers(0, 300), st.integers(14, 90), st.integers(0, 300), st.integers(14, 90))
def test_it_keeps_the_ratio_within_its_bounds(before: int, was: int, after: int, now: int) -> None:
    found = compare(before, was, after, now)
    if found.ratio is None:
        return
    assert found.low is not None and found.low <= found.ratio + 1e-9
    assert found.high is None or found.high >= found.ratio - 1e-9


def test_it_costs_a_cause_by_its_told_share_or_by_what_proves_it() -> None:
    told = cost_of(30.0, 0.4, 1, 10)
    assert told is not None and (told.month, told.is_guessed) == (12.0, False)
    guessed = cost_of(30.0, None, 5, 10)
    assert guessed is not None and (guessed.month, guessed.is_guessed) == (15.0, True)
    assert cost_of(30.0, None, 0, 10) is None and cost_of(30.0, None, 3, 0) is None


def test_it_lets_a_problem_live_in_one_order() -> None:
    assert [key for key, _ in allowed("proposed")] == ["confirm", "dismiss"]
    assert [key for key, _ in allowed("watch")] == ["return", "close"]
    assert refusal("take", "confirmed") == ""
    assert "«предложена»" in refusal("take", "proposed")
    assert is_above_usual(6, 1.0) and not is_above_usual(6, 4.0)
    assert number_of(2026, 4) == "П-2026-004"


def test_it_lets_a_block_head_keep_the_own_block_only() -> None:
    head = {"problems.manage", "cases.view_block"}
    assert keeps(head, {"roads"}, "roads") and keeps(head, {"roads"}, "")
    assert not keeps(head, {"roads"}, "social")
    assert keeps({"problems.manage", "cases.view"}, set(), "social")
    assert not keeps({"problems.recommend", "cases.view"}, set(), "social")
