"""Questions about people: what a person may do, where, in whose place.

Every screen asks `may(user, permission, municipality)`; no code asks for a role.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from otklik.accounts.models import Absence, Body, Holding, Notice, User
from otklik.common.models import Municipality


@dataclass(frozen=True)
class Rights:
    """What a person may do in one municipality today, own and substituted roles together."""

    permissions: frozenset[str]
    role_keys: frozenset[str]
    body_ids: frozenset[int]
    block_keys: frozenset[str]
    title: str
    substituting: tuple[str, ...]
    requires_totp: bool
    post_ids: frozenset[int] = frozenset()


def _in_force(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


def holdings_of(user: User, on: date | None = None) -> QuerySet[Holding]:
    """The person's own holdings in force on the day, in every municipality in scope."""
    day = on or timezone.localdate()
    return Holding.objects.filter(_in_force(day), user=user).select_related("role", "body", "post")


def holdings_acting(user: User, municipality: Municipality, on: date | None = None) -> list[Holding]:
    """Own holdings and those of absent people whom the person substitutes on the day."""
    day = on or timezone.localdate()
    absent = Absence.objects.filter(
        substitute=user, municipality=municipality, since__lte=day, until__gte=day
    )
    people = Q(user=user) | Q(user__in=absent.values("user"))
    return list(
        Holding.objects.filter(_in_force(day), people, municipality=municipality)
        .select_related("role")
        .order_by("role__position", "id")
    )


def _title(holding: Holding) -> str:
    name = holding.role.title
    return f"{name} (врио)" if holding.is_acting else name


_Asked = tuple[int, bool, int, date]
_remembered: ContextVar[dict[_Asked, Rights] | None] = ContextVar("rights_remembered", default=None)


@contextmanager
def rights_remembered() -> Iterator[None]:
    """Ask for each person's rights once: around many deeds in a row, none of which changes a role or an absence."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def rights_of(user: User, municipality: Municipality, on: date | None = None) -> Rights:
    """Permissions, bodies and blocks of the person; an account that is off has none."""
    memory = _remembered.get()
    if memory is None:
        return _rights_of(user, municipality, on)
    asked = (user.pk, user.is_active, municipality.pk, on or timezone.localdate())
    if asked not in memory:
        memory[asked] = _rights_of(user, municipality, on)
    return memory[asked]


def _rights_of(user: User, municipality: Municipality, on: date | None) -> Rights:
    holdings = holdings_acting(user, municipality, on) if user.is_active else []
    own = [h for h in holdings if h.user_id == user.pk]
    return Rights(
        permissions=frozenset(p for h in holdings for p in h.role.permissions),
        role_keys=frozenset(h.role.key for h in holdings),
        body_ids=frozenset(h.body_id for h in holdings if h.body_id is not None),
        block_keys=frozenset(h.block_key for h in holdings if h.block_key),
        title=_title(own[0]) if own else (_title(holdings[0]) if holdings else ""),
        substituting=tuple(_title(h) for h in holdings if h.user_id != user.pk),
        requires_totp=any(h.role.requires_totp for h in holdings),
        post_ids=frozenset(h.post_id for h in holdings if h.post_id is not None),
    )


def may(user: User, permission: str, municipality: Municipality) -> bool:
    """Whether the person holds the permission in the municipality today."""
    return permission in rights_of(user, municipality).permissions


def municipality_ids_of(user: User) -> list[int]:
    """Municipalities where the person holds any role today. Asked before the scope is set, so it goes
    through a definer function that reads only ids (see migration 0002)."""
    return Holding.municipality_ids(user.pk, timezone.localdate())


def municipalities_of(user: User) -> QuerySet[Municipality]:
    """The municipalities a person may switch between."""
    return Municipality.objects.filter(id__in=municipality_ids_of(user))


def people_of(municipality: Municipality) -> QuerySet[User]:
    """Everyone who has ever held a role here, closed accounts too."""
    return User.objects.filter(pk__in=Holding.objects.filter(municipality=municipality).values("user"))


def people_with(permission: str, municipality: Municipality, body: Body | None = None) -> QuerySet[User]:
    """Working people who hold the permission today, of one body when it is given."""
    held = Holding.objects.filter(
        _in_force(timezone.localdate()), municipality=municipality, role__permissions__contains=[permission]
    )
    if body is not None:
        held = held.filter(body=body)
    return User.objects.filter(is_active=True, holdings__in=held).distinct()


def people_in_role(role_key: str, municipality: Municipality) -> QuerySet[User]:
    """Working people who hold the role of the charter today."""
    held = Holding.objects.filter(
        _in_force(timezone.localdate()), municipality=municipality, role__key=role_key
    )
    return User.objects.filter(is_active=True, holdings__in=held).distinct().order_by("pk")


def notices_for(user: User, municipality: Municipality, rights: Rights) -> QuerySet[Notice]:
    """Notices to the person, to the person's bodies, to holders of the person's permissions."""
    mine = Q(user=user) | Q(user=None, body_id__in=rights.body_ids)
    by_right = Q(user=None, body=None, permission__in=rights.permissions)
    return Notice.objects.filter(mine | by_right, municipality=municipality).order_by("-created_at")


def held_posts(municipality: Municipality, on: date | None = None) -> QuerySet[Holding]:
    """Holdings that fill a post on the day: a post without one is nobody's and its body answers for it."""
    day = on or timezone.localdate()
    return Holding.objects.filter(
        _in_force(day), municipality=municipality, post__isnull=False, user__is_active=True
    )


def bodies_of(municipality: Municipality) -> QuerySet[Body]:
    """Bodies that still act, inner and outer."""
    return Body.objects.filter(municipality=municipality, is_open=True)


def body_ids_under(bodies: Iterable[int], municipality: Municipality) -> set[int]:
    """The bodies themselves and everything below them in the tree."""
    children: dict[int | None, list[int]] = {}
    for key, parent in Body.objects.filter(municipality=municipality).values_list("id", "parent_id"):
        children.setdefault(parent, []).append(key)
    found: set[int] = set()
    waiting = list(bodies)
    while waiting:
        body = waiting.pop()
        if body not in found:
            found.add(body)
            waiting.extend(children.get(body, []))
    return found
