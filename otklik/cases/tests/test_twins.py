"""What makes two cases alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.cases.twins import Side, bands, compare, likeness, shingles, text_key

PIT = "На улице Гагарина у дома 12 большая яма, пробили колесо, заделайте"
PIT_AGAIN = "на улице Гагарина у дома 12 большая яма — пробили колесо! Заделайте"
LAMP = "В селе не горят фонари, вечером темно и страшно ходить"
NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


BASE = Side(
    text=PIT,
    author="",
    topic="road_pits",
    settlement=1,
    street="Гагарина",
    house="12",
    point=None,
    came_at=NOW,
)


def side(text: str = PIT, **changes: Any) -> Side:
    return replace(BASE, text=text, **changes)


def test_the_key_ignores_capitals_signs_and_yo() -> None:
    assert text_key("Ёлка, упала!") == text_key("елка упала")
    assert text_key("  ") == ""


def test_near_copies_share_a_band_and_strangers_do_not() -> None:
    assert set(bands(PIT)) & set(bands(PIT_AGAIN))
    assert not set(bands(PIT)) & set(bands(LAMP))


@pytest.mark.parametrize(
    ("new", "old", "kind"),
    [
        (side(author="a"), side(author="a", came_at=NOW - timedelta(days=2)), "duplicate"),
        (side(author="a"), side(author="a", answered_at=NOW - timedelta(days=1)), "repeat"),
        (side(author="a"), side(author="a", legal_at=NOW - timedelta(days=1)), "repeat"),
        (side(author="a"), side(author="b", text=PIT_AGAIN), "joined"),
        (side(), side(text=PIT_AGAIN, street="Мира"), None),
        (side(), side(text=PIT_AGAIN, settlement=2), None),
        (side(), side(text=PIT_AGAIN, came_at=NOW - timedelta(days=31)), None),
        (side(author="a"), side(LAMP, author="a", topic="lamps", street="Мира"), None),
        (side(point=(58.0, 33.0)), side(text=PIT_AGAIN, point=(58.0, 33.001)), "joined"),
        (side(point=(58.0, 33.0)), side(text=PIT_AGAIN, point=(58.1, 33.0)), None),
    ],
)
def test_it_tells_what_the_old_case_is_to_the_new_one(new: Side, old: Side, kind: str | None) -> None:
    found = compare(new, old)
    assert (found.kind if found else None) == kind
    if found:
        assert found.reason
        assert 0 < found.sureness <= 1


@given(st.text(max_size=300))
def test_any_text_is_like_itself(text: str) -> None:
    assert bands(text) == bands(text)
    assert likeness(shingles(text), shingles(text)) in (0.0, 1.0)
    assert all(-(1 << 31) <= band < 1 << 31 for band in bands(text))
