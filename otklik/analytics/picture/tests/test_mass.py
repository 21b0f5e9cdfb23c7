"""Chains of like cases become groups."""

from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.measures import MEASURES
from otklik.analytics.picture.mass import groups_of
from otklik.analytics.picture.records import PICTURE


def test_it_joins_chains_and_leaves_pairs_out() -> None:
    groups = groups_of([(2, 1), (3, 2), (9, 8), (5, 4), (6, 4), (7, 6)])
    assert [group.cases for group in groups] == [(4, 5, 6, 7), (1, 2, 3)]
    assert [len(one) for one in groups_of([(2, 1)], 2)] == [2]
    assert groups_of([]) == []


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=60))
def test_it_keeps_linked_cases_together_and_each_case_once(links: list[tuple[int, int]]) -> None:
    groups = groups_of(links, 1)
    cases = [case for group in groups for case in group.cases]
    assert sorted(cases) == sorted({case for link in links for case in link})
    home = {case: place for place, group in enumerate(groups) for case in group.cases}
    assert all(home[one] == home[other] for one, other in links)


def test_it_names_measures_that_no_other_record_names() -> None:
    assert len({one.key for one in PICTURE}) == len(PICTURE)
    assert not {one.key for one in PICTURE} & MEASURES.keys()
