"""The cast of stories of risks in Демянск, which has the whole procedure; the town is made once for a file."""

import pytest

from otklik.risks.tests.cast import Cast
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town


def a_town_with_its_officer() -> Town:
    cast = Cast(build_town("demyansk"))
    assert cast.officer and cast.reader
    return cast.town


lived = made_once(a_town_with_its_officer)


@pytest.fixture
def cast(lived: Town, db: None) -> Cast:
    return Cast(back_in(lived))
