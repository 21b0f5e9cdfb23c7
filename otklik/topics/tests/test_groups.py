"""Every group of the charter has a Russian title."""

from otklik.charter.schema.topics import GROUPS
from otklik.topics.groups import GROUP_TITLES


def test_every_group_of_the_charter_has_a_title() -> None:
    assert set(GROUP_TITLES) == set(GROUPS)
