"""How keys of a cut are called in words: titles of topics, places, channels, bodies and blocks of a municipality."""

from collections.abc import Callable
from typing import Any

from otklik.accounts.models import Body
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.places.models import Settlement
from otklik.topics.models import Block, Topic

Names = Callable[[Any], str]

UNKNOWN = {
    "topic": "тема не определена",
    "settlement": "место не определено",
    "channel": "канал не указан",
    "body": "исполнитель не назначен",
    "block": "вне блоков",
}
"""Nought and an empty key of each cut."""


def names_of(town: Municipality, by: str) -> Names:
    """How a key of the cut is called; nought and an empty key are what is not known."""
    titles: dict[Any, str] = {}
    if by == "topic":
        titles = dict(Topic.objects.values_list("key", "title"))
    elif by == "settlement":
        titles = {one.pk: str(one) for one in Settlement.objects.filter(municipality=town)}
    elif by == "channel":
        titles = dict(Channel.objects.filter(municipality=town).values_list("key", "title"))
    elif by == "body":
        titles = dict(Body.objects.filter(municipality=town).values_list("pk", "short_name"))
    else:
        titles = dict(Block.objects.filter(municipality=town).values_list("key", "title"))
    return lambda key: titles.get(key, str(key)) if key else UNKNOWN[by]
