"""The first page a person sees after `make run`, in a real browser on a real server."""

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser


def test_a_stranger_is_asked_to_sign_in(live_town: LiveTown, page: Page) -> None:
    page.goto(live_town.address)
    expect(page.locator("input[type=password]")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ru"
