"""Which room and tab a screen stands in."""

import pytest
from django.urls import reverse

from otklik.desk.rooms import ROOMS, TAB_OF, WITHOUT_TAB, home_of


@pytest.mark.parametrize(
    ("screen", "home"),
    [
        ("day/day", ("day", "day")),
        ("cases/list", ("cases", "list")),
        ("card/card", ("cases", "")),
        ("roadmaps/card", ("decisions", "roadmaps")),
        ("requests/requests", ("decisions", "requests")),
        ("requests/new", ("decisions", "coordination")),
        ("talk/list", ("decisions", "problems")),
        ("risks/card", ("word", "risks")),
        ("risks/chat", ("word", "risk_watch")),
        ("polls/queue", ("word", "poll_queue")),
        ("charter/wizard", ("charter", "charter")),
        ("charter/parameter", ("charter", "parameters")),
        ("sites/sites", ("charter", "channels")),
        ("profile/profile", ("", "")),
    ],
)
def test_a_screen_stands_in_its_room(screen: str, home: tuple[str, str]) -> None:
    assert home_of(screen) == home


def test_every_tab_opens_and_every_exception_leads_to_a_tab() -> None:
    names = [tab.name for room in ROOMS for tab in room.tabs]
    assert len(names) == len(set(names)), "a tab stands in one room"
    for name in names:
        assert reverse(f"desk:{name}")
    assert set(TAB_OF.values()) <= set(names)
    assert set(WITHOUT_TAB.values()) <= {room.key for room in ROOMS}
