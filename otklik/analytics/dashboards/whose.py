"""Whose cases a dashboard counts: the person's own block, body or channels, the municipality, or several of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from otklik.accounts.models import Holding, User
from otklik.accounts.selectors import Rights, body_ids_under
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.common.words import plural
from otklik.topics.models import Block, Topic

SEES_FIGURES = "analytics.view"


@dataclass(frozen=True)
class Whose:
    """A scope: municipalities and conditions of the facts. `title` stands after «по»: «своему блоку»."""

    key: str
    title: str
    towns: tuple[Municipality, ...]
    where: Mapping[str, list[Any]] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        """Ids of its municipalities."""
        return [town.pk for town in self.towns]

    @property
    def hours_where(self) -> Mapping[str, list[Any]]:
        """The same conditions for the hours of waiting, which know no block: a block is its topics there."""
        if "block" not in self.where:
            return self.where
        blocks = Block.objects.filter(municipality__in=self.ids, key__in=self.where["block"])
        return {"topic": list(Topic.objects.filter(blocks__in=blocks).values_list("key", flat=True))}


def whole(town: Municipality) -> Whose:
    """The whole municipality."""
    return Whose("town", f"муниципалитету: {town.short_name}", (town,))


def choices_for(user: User, town: Municipality, rights: Rights, towns: Sequence[Municipality]) -> list[Whose]:
    """What the person may look at: own part first where there is one, then the town, then all the person's towns."""
    found = [one for one in (_own(town, rights),) if one] + [whole(town)]
    if len(towns) > 1 and len(seen := _towns_of(user, towns)) > 1:
        found.append(Whose("all", f"всем своим муниципалитетам: {len(seen)}", tuple(seen)))
    return found


def _own(town: Municipality, rights: Rights) -> Whose | None:
    if rights.block_keys and "cases.view" not in rights.permissions:
        said = plural(len(rights.block_keys), "своему блоку", "своим блокам", "своим блокам")
        return Whose("own", said, (town,), {"block": sorted(rights.block_keys)})
    if rights.body_ids and "cases.view" not in rights.permissions:
        bodies = sorted(body_ids_under(rights.body_ids, town))
        return Whose("own", "своему органу", (town,), {"body": bodies})
    channels = Channel.objects.filter(municipality=town, owner_role__in=rights.role_keys)
    keys = sorted(channels.values_list("key", flat=True))
    if not keys:
        return None
    return Whose(
        "own",
        plural(len(keys), "своему каналу", "своим каналам", "своим каналам"),
        (town,),
        {"channel": keys},
    )


def _towns_of(user: User, towns: Sequence[Municipality]) -> list[Municipality]:
    """Municipalities where the person's roles of today show figures."""
    day = timezone.localdate()
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        user=user,
        since__lte=day,
        role__permissions__contains=[SEES_FIGURES],
    )
    ids = set(held.values_list("municipality_id", flat=True))
    return [town for town in towns if town.pk in ids]
