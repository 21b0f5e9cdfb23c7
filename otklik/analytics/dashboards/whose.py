"""Whose cases a dashboard counts: the person's own block, body or channels, the municipality, or several of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from otklik.accounts.models import Holding, User
from otklik.accounts.selectors import Rights
from otklik.analytics.sight import Sight, sight_of
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.common.words import plural
from otklik.topics.models import Block, Topic

SEES_WHOLE = ("analytics.view", "cases.view")


@dataclass(frozen=True)
class Whose:
    """A scope: municipalities and conditions of the facts. `title` stands after «по»: «своему блоку»."""

    key: str
    title: str
    towns: tuple[Municipality, ...]
    where: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        """Ids of its municipalities."""
        return [town.pk for town in self.towns]

    @property
    def hours_where(self) -> Mapping[str, Any]:
        """The same conditions for the hours of waiting, which know no block: a block is its topics there."""
        seen = self.where.get("sight")
        keys = seen.blocks if isinstance(seen, Sight) else self.where.get("block")
        if keys is None:
            return self.where
        blocks = Block.objects.filter(municipality__in=self.ids, key__in=keys)
        return {"topic": list(Topic.objects.filter(blocks__in=blocks).values_list("key", flat=True))}


def whole(town: Municipality) -> Whose:
    """The whole municipality."""
    return Whose("town", f"муниципалитету: {town.short_name}", (town,))


def seen_of(town: Municipality, sight: Sight) -> Whose:
    """Everything of a municipality that a person may see, under a key of `choices_for`."""
    if sight.is_whole:
        return whole(town)
    return next((one for one in _parts(town, sight) if one.key == "part"), _parts(town, sight)[0])


def choices_for(user: User, town: Municipality, rights: Rights, towns: Sequence[Municipality]) -> list[Whose]:
    """What the person may look at, never nothing: the same limits as of cards, the own part of them first.

    Several municipalities are counted together where the person sees all cases of at least two.
    """
    sight = sight_of(rights, town)
    if not sight.is_whole:
        return _parts(town, sight)
    found = [*_channels(town, rights), whole(town)]
    if len(towns) > 1 and len(seen := _towns_of(user, towns)) > 1:
        found.append(Whose("all", f"всем своим муниципалитетам: {len(seen)}", tuple(seen)))
    return found


def _parts(town: Municipality, sight: Sight) -> list[Whose]:
    """The blocks, the bodies; a role without either sees the part that holds nothing."""
    blocks, bodies = sorted(sight.blocks), sorted(sight.bodies)
    found = []
    if blocks or not bodies:
        said = plural(max(1, len(blocks)), "своему блоку", "своим блокам", "своим блокам")
        found.append(Whose("own", said, (town,), {"block": blocks}))
    if bodies:
        found.append(Whose("body" if blocks else "own", "своему органу", (town,), {"body": bodies}))
    if blocks and bodies:
        found.append(Whose("part", "своей части муниципалитета", (town,), {"sight": sight}))
    return found


def _channels(town: Municipality, rights: Rights) -> list[Whose]:
    """Channels the charter gives to the person's roles."""
    owned = Channel.objects.filter(municipality=town, owner_role__in=rights.role_keys)
    keys = sorted(owned.values_list("key", flat=True))
    said = plural(len(keys), "своему каналу", "своим каналам", "своим каналам")
    return [Whose("own", said, (town,), {"channel": keys})] if keys else []


def _towns_of(user: User, towns: Sequence[Municipality]) -> list[Municipality]:
    """Municipalities where a role of today shows figures of the whole."""
    day = timezone.localdate()
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        user=user,
        since__lte=day,
        role__permissions__contains=list(SEES_WHOLE),
    )
    ids = set(held.values_list("municipality_id", flat=True))
    return [town for town in towns if town.pk in ids]
