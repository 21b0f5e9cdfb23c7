"""`otklik demo` fills towns that are named rightly and hold no real messages."""

import pytest
from click.testing import CliRunner

from otklik.accounts.models import User
from otklik.common.errors import Refused
from otklik.config.cli.demo import demo
from tests.town import build_town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("named", "says"), [("demyansk", "настоящие обращения"), ("nowhere", "«nowhere» нет; есть demyansk")]
)
def test_it_makes_no_accounts_where_messages_are_real_or_the_name_is_wrong(named: str, says: str) -> None:
    build_town("demyansk").raw("На улице Мира не горит фонарь.", "web_form")
    with pytest.raises(Refused, match=says):
        CliRunner().invoke(demo, [named], catch_exceptions=False)
    assert not User.objects.exists()
