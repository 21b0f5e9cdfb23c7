"""The cast of stories of risks: Демянск has the whole procedure, Боготол only an officer."""

import pytest

from otklik.risks.tests.cast import Cast
from tests.town import build_town


@pytest.fixture
def cast() -> Cast:
    return Cast(build_town("demyansk"))
