"""Makes one demo town: accounts for every role of the charter, then messages day by day through the services."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db.models import Count

from otklik.accounts.models import Body, Holding, Post, Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.cases.models import Case
from otklik.cases.services.intake import register_waiting
from otklik.channels.models import Channel
from otklik.channels.services import keep_raw
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.config.demo.fates import Fates
from otklik.config.demo.messages import MessageMaker
from otklik.config.demo.talks import make_talks
from otklik.deadlines.selectors import calendar_of

PASSWORD = "otklik-demo"  # noqa: S105  # printed beside the address; demo towns hold no real people
DAYS, A_DAY = 60, 5  # two months, so that a month has a month before it


@dataclass(frozen=True)
class SignIn:
    """A line of the list that is printed after the start."""

    key: str
    municipality: str
    role_key: str
    role: str
    username: str
    password: str = PASSWORD


def make_people(municipality: Municipality, today: date) -> list[SignIn]:
    """An account for each role of the charter and one executor for each body that takes cases."""
    sign_ins = []
    since = today - timedelta(days=200)
    for role in Role.objects.filter(municipality=municipality):
        if role.key != "executor":
            sign_ins += [_sign_in(role, user) for user in _holders(role, since)]
    executor = Role.objects.filter(municipality=municipality, key="executor").first()
    bodies = Body.objects.filter(municipality=municipality, is_external=False, is_open=True)
    for number, body in enumerate(bodies, start=1):
        if executor:
            user = _account(f"{municipality.key}-executor-{number}", f"Исполнитель, {body.short_name}")
            _hold(user, Appointment(executor, since, body=body))
            if number == 1:
                sign_ins.append(_sign_in(executor, user))
    return sign_ins


def _sign_in(role: Role, user: User) -> SignIn:
    town = role.municipality
    return SignIn(town.key, town.short_name, role.key, role.title, user.username)


def _holders(role: Role, since: date) -> list[User]:
    """One account for a role; one for each block where the role is narrowed to blocks."""
    town = role.municipality
    name = f"{town.key}-{role.key.replace('_', '-')}"
    holders = charter_of(town).holders_of(role.key)
    if not holders:
        user = _account(name, role.title)
        _hold(user, Appointment(role, since))
        return [user]
    users: dict[str, User] = {}
    for holder in holders:
        block = holder.block or ""
        user = users.setdefault(block, _account(f"{name}-{block}".rstrip("-"), role.title))
        post = Post.objects.get(municipality=town, key=holder.post)
        _hold(user, Appointment(role, since, post=post, block_key=block, is_acting=holder.acting))
    return list(users.values())


def _account(username: str, name: str) -> User:
    user = User.objects.filter(username=username).first()
    return user or User.objects.create(username=username, name=name[:150], password=_password_hash())


@cache
def _password_hash() -> str:
    """Counted once: a slow hash for each of a hundred demo accounts would keep the newcomer waiting."""
    return make_password(PASSWORD)


def _hold(user: User, appointment: Appointment) -> None:
    kept = Holding.objects.filter(
        user=user, role=appointment.role, block_key=appointment.block_key, until=None
    )
    body = appointment.body or (appointment.post.body if appointment.post else None)
    if not kept.filter(body=body).exists():
        give_role(user, appointment, None)


def make_cases(
    municipality: Municipality, now: datetime, total: int, tell: Callable[[int], None] | None = None
) -> int:
    """Messages of the last weeks, each carried as far as its age allows; returns how many cases there are."""
    chance = random.Random(municipality.key)  # noqa: S311  # a demo must be the same every time
    maker = MessageMaker(municipality, chance)
    channels = [one for one in Channel.objects.filter(municipality=municipality) if maker.takes(one)]
    fates, zone = Fates(municipality, maker, now), ZoneInfo(municipality.time_zone)
    for day, count in _plan(municipality, now, total):
        for moment, come in _visits(datetime.combine(day, time(), zone), count, chance):
            for number in range(come):
                channel = chance.choices(channels, weights=[maker.weight(one) for one in channels])[0]
                came = min(moment - timedelta(minutes=chance.randrange(1, 25)), now)
                keep_raw(maker.make(channel, came, f"{moment:%y%m%d%H%M}-{number}"), channel)
            fates.carry_all(_registered(municipality, min(moment, now)))
        if tell:
            tell(count)
    make_talks(municipality, now)
    return Case.objects.filter(municipality=municipality).count()


def _registered(municipality: Municipality, moment: datetime) -> list[Case]:
    """Make cases of what waits. Those who join are first: afterwards the case they join may be answered."""
    register_waiting(municipality, moment)
    fresh = Case.objects.filter(municipality=municipality, registered_at=moment)
    return list(fresh.annotate(likes=Count("twins")).order_by("-likes", "id"))


def _visits(midnight: datetime, count: int, chance: random.Random) -> list[tuple[datetime, int]]:
    """Moments of a working day when messages are read, two or so at each: none waits longer than half an hour."""
    times = sorted(chance.sample(range(8 * 60 + 30, 16 * 60, 30), k=min((count + 1) // 2, 15)))
    shares = [count // len(times) + (place < count % len(times)) for place in range(len(times))]
    return [
        (midnight + timedelta(minutes=minute), share) for minute, share in zip(times, shares, strict=True)
    ]


def _plan(municipality: Municipality, now: datetime, total: int) -> Iterator[tuple[date, int]]:
    """How many messages each day brings: fewer on days off."""
    calendar = calendar_of(municipality)
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    # A small demo takes fewer days, so that a day still looks like a day.
    days = [today - timedelta(days=back) for back in range(min(DAYS, max(A_DAY, total // A_DAY)), -1, -1)]
    weights = [3 if calendar.is_working(day) else 1 for day in days]
    left = total
    for position, (day, weight) in enumerate(zip(days, weights, strict=True)):
        share = left if position == len(days) - 1 else round(total * weight / sum(weights))
        yield day, min(left, share)
        left -= min(left, share)
