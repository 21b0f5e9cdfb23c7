"""Each key of errands: a record planted moves its count, a record removed moves it back."""

from datetime import datetime, timedelta

import pytest

from otklik.accounts.models import Body, Post, Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.charter.evidence import evidence_for
from otklik.common.period import Period
from otklik.office.errands.models import Errand
from otklik.office.errands.services import Order, act, give
from tests.town import SINCE, Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
TODAY = NOW.date()
KEYS = ("office.errands", "office.block_tasks", "office.operations")


def counts(town: Town, period: Period) -> list[int]:
    found = [evidence_for(key, town.municipality, period) for key in KEYS]
    assert all(one is not None and (one.last_at is None) == (one.count == 0) for one in found)
    return [one.count for one in found if one is not None]


def person(town: Town, role: Role, body: Body, block: str = "") -> tuple[User, Post]:
    post = Post.objects.create(
        municipality=town.municipality, key=f"p-{role.key}", body=body, title="Должность"
    )
    user = User.objects.create_user(f"{role.key}-of-evidence", "correct horse 59")
    give_role(user, Appointment(role, SINCE, post=post, block_key=block), None)
    return user, post


def test_it_proves_each_key_by_its_records_and_only_while_they_stand() -> None:
    town = build_town("borovichi")
    roles = {one.key: one for one in Role.objects.filter(municipality=town.municipality)}
    head, control = person(town, roles["head"], town.bodies[0])
    member, post = person(town, roles["block_member"], town.bodies[1], "infrastructure")
    period, before = Period(TODAY, TODAY), Period(TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    assert counts(town, period) == [0, 0, 0]
    order = Order("убрать 3 свалки", post, TODAY + timedelta(days=5), controller=control)
    errand = give(town.municipality, order, head, NOW)
    assert errand.block_key == "infrastructure"
    assert counts(town, period) == [1, 1, 1]
    act(errand, "report", member, NOW, "убраны")
    act(errand, "accept", head, NOW)
    assert counts(town, period) == [1, 1, 2]
    assert counts(town, before) == [0, 0, 0]
    Errand.objects.all().delete()
    assert counts(town, period) == [0, 0, 0]
