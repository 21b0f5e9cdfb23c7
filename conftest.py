"""Fixtures that every test may ask for, beside the code and at the root alike."""

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.live", "tests.fixtures.browser"]
