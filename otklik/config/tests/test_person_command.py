"""`otklik person` lets the first administrator in, once, and says what is there when a key is wrong."""

import re

import pytest
from click.testing import CliRunner

from otklik.accounts.models import Holding, User
from otklik.accounts.selectors import may
from otklik.accounts.tests import composition
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.config.cli.person import command
from otklik.config.doctor.town import examine

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return composition.load("demyansk")


def run(*words: str) -> str:
    done = CliRunner().invoke(command, ["--municipality", "demyansk", *words])
    if done.exception:
        raise done.exception
    return done.output


def keeper_line() -> str:
    return next(one.state for one in examine() if one.what == "кто ведёт состав")


def test_it_opens_the_first_account_and_the_doctor_stops_asking(town: Municipality) -> None:
    assert keeper_line() == "warn"
    said = run("--login", "petrova", "--name", "Петрова П. П.")
    password = re.search(r"Первый пароль: (\S+)", said)
    user = User.objects.get(username="petrova")
    assert password and user.check_password(password[1])
    assert user.must_change_password
    assert may(user, "accounts.manage", town)
    assert keeper_line() == "ok"


def test_who_has_an_account_gets_one_more_role_and_no_new_password(town: Municipality) -> None:
    run("--login", "petrova")
    said = run("--login", "petrova", "--role", "executor", "--body", "housing")
    assert "Первый пароль" not in said
    assert Holding.objects.get(user__username="petrova", role__key="executor").body is not None
    with pytest.raises(Refused, match="уже есть"):
        run("--login", "petrova")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--login", "p", "--role", "nobody"), r"Роли «nobody» в положении нет; есть .*curator"),
        (("--login", "p", "--body", "nowhere"), "Органа «nowhere» нет; есть .*housing"),
        (("--login", "  "), "пустое"),
    ],
)
def test_it_names_what_there_is_instead_of_a_wrong_key(
    town: Municipality, words: tuple[str, ...], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        run(*words)
    assert not User.objects.exists()
