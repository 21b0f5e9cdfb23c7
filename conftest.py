"""Fixtures that every test may ask for, beside the code and at the root alike; how a run is split."""

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = [
    "tests.fixtures.cheap",
    "tests.fixtures.database",
    "tests.fixtures.live",
    "tests.fixtures.browser",
]

# These share a town, which takes longer to make than most files take to run.
TOWN = "tests/browser/"

# Shares that take longest: begun last, one of them would keep its process at work while the other has nothing left.
LONGEST = (TOWN, "tests/rights/test_matrix.py", "tests/walk/", "tests/shape/test_query_counts.py")

# How fast a machine is, is nobody's business in a test.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


class ByFile(LoadScopeScheduling):
    """A file is one share of a run in several processes; the files with a town are one share together."""

    def _split_scope(self, nodeid: str) -> str:
        return TOWN if nodeid.startswith(TOWN) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Called only where a run is split (`-n`)."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest shares begin first."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
