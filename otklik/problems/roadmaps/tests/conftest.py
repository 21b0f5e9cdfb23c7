"""The cast of stories of roadmaps."""

import pytest

from otklik.problems.roadmaps.tests.cast import Cast
from tests.town import build_town


@pytest.fixture
def cast() -> Cast:
    return Cast(build_town())
