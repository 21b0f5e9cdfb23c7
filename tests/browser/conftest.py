"""What every tour asks for: a page under watch and the town's worker, which reads what comes."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.watch import Watch
from tests.fixtures.live import LiveTown


@pytest.fixture
def watch(live_town: LiveTown, page: Page) -> Watch:
    """The test's page under watch."""
    return Watch(page, live_town.address)


@pytest.fixture(scope="module")
def worker(live_town: LiveTown) -> Iterator[None]:
    """The real worker beside the web server of one test file."""
    words = [sys.executable, "-m", "otklik", "worker"]
    process = subprocess.Popen(words, env=live_town.environment, start_new_session=True)
    try:
        yield
        assert process.poll() is None, "the worker has ended by itself"
    finally:
        process.terminate()
        process.wait(timeout=30)
