"""A town made once a file, with those who write, approve and run polls."""

import pytest

from otklik.outreach.polls.tests.cast import Cast
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

lived = made_once(build_town)


@pytest.fixture
def cast(lived: Town, db: None) -> Cast:
    return Cast(back_in(lived))
