"""Rail, tabs and counters around a screen. A room or a tab the person has no right to is absent.

Counters stand only on what waits for the viewer.
"""

from typing import Any

from django.urls import reverse

from otklik.desk.counters import counters
from otklik.desk.request import DeskRequest
from otklik.desk.rooms import ROOMS, Room, Tab, home_of
from otklik.desk.seen_by import SEES_CASES


def _open_tabs(room: Room, permissions: frozenset[str]) -> list[Tab]:
    return [
        tab
        for tab in room.tabs
        if (not tab.permissions or permissions.intersection(tab.permissions))
        and not permissions.intersection(tab.unless)
    ]


def frame_of(request: DeskRequest, name: str) -> dict[str, Any]:
    """Everything `desk/base.html` draws around the screen."""
    numbers = counters(request.user, request.municipality, request.rights)
    here, tab_here = home_of(name)
    rooms = []
    tabs: list[dict[str, Any]] = []
    for room in ROOMS:
        seen = _open_tabs(room, request.rights.permissions)
        if not seen:
            continue
        rooms.append(
            {
                "key": room.key,
                "title": room.title,
                "icon": room.icon,
                "address": reverse(f"desk:{seen[0].name}"),
                "count": numbers.get(room.count, 0),
                "is_here": room.key == here,
            }
        )
        if room.key == here:
            # A card is a screen of its own: beside its number only the nearest ways back fit.
            tabs = [_tab(tab, numbers, tab.name == tab_here) for tab in (seen if tab_here else seen[:3])]
    return {
        "rooms": rooms,
        "tabs": tabs,
        "numbers": numbers,
        "municipality": request.municipality,
        "municipalities": request.municipalities,
        "title": request.rights.title,
        "may_register": "cases.register" in request.rights.permissions,
        "may_search": bool(request.rights.permissions.intersection(SEES_CASES)),
        "theme": request.user.settings.get("theme", ""),
        "density": request.user.settings.get("density", ""),
        "keys": request.user.settings.get("keys", "on"),
    }


def _tab(tab: Tab, numbers: dict[str, int], is_here: bool) -> dict[str, Any]:
    return {
        "title": tab.title,
        "address": reverse(f"desk:{tab.name}"),
        "count": numbers.get(tab.count, 0),
        "is_mine": tab.is_mine,
        "is_here": is_here,
    }
