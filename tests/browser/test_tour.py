"""A tour of every screen: each is sound light on a desk and dark on a phone, for the head and without sign-in."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import PATIENCE, enter
from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown

pytestmark = pytest.mark.browser
SCREENS = {
    "work": (
        "/",
        "/cases/",
        "/cases/?q=самовар",
        "/cases/new/",
        "/triage/",
        "/terms/",
        "/rechecks/",
        "/raw/",
        "/imports/",
        "/rules/",
        "/rules/new/",
    ),
    "picture": ("/measures/", "/rating/"),
    "order": (
        "/charter/?part=INTAKE",
        "/charter/compare/",
        "/charter/new/",
        "/charter/parameters/",
        "/topics/",
        "/templates/",
        "/calendar/",
        "/places/",
        "/people/",
        "/journal/",
        "/profile/",
        "/notices/",
    ),
}
OPEN_PAGES = (
    "/p/",
    "/p/borovichi/",
    "/p/borovichi/find/",
    "/p/borovichi/consent/",
    "/p/borovichi/machine/",
    "/api/docs",
)


@pytest.mark.parametrize("room", SCREENS)
def test_every_screen_of_the_head_is_sound(live_town: LiveTown, watch: Watch, room: str) -> None:
    enter(watch, live_town, "head")
    for path in SCREENS[room]:
        watch.open(path)
    assert not watch.faults, watch.report()


def test_a_card_of_every_state_is_sound(live_town: LiveTown, watch: Watch) -> None:
    enter(watch, live_town, "head")
    page = watch.page
    for state in ("assigned", "in_work", "asking", "on_approval", "signing", "placing", "sent", "closed"):
        page.goto(f"{live_town.address}/cases/?state={state}&order=new")
        rows = page.locator(".row__gist")
        if rows.count():
            rows.first.click()
            expect(page.locator("#text-title")).to_be_visible(timeout=PATIENCE)
            watch.look(f"card-{state}")
    assert not watch.faults, watch.report()


def test_open_pages_are_sound(watch: Watch) -> None:
    for path in OPEN_PAGES:
        watch.open(path)
    assert not watch.faults, watch.report()
