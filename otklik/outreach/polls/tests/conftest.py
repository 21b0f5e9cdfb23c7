"""A town made once a file, with those who write, approve and run polls."""

import pytest
from pytest_django import Settings

from otklik.outreach.polls.tests.cast import Cast
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

lived = made_once(build_town)


@pytest.fixture
def cast(lived: Town, db: None, settings: Settings) -> Cast:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return Cast(back_in(lived))
