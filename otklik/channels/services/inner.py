"""Words of colleagues in a chat of our own: they make no case and begin no talk with the bot.

A channel that tells colleagues of something names their chat in the setting `inner_chat` (a number of a chat, a mail
address); a channel that is led outwards alone brings nothing but such words. What is said there, and what answers a
letter of ours of the kind `alert`, is left as an asked event: its keeper takes it by `asked_events` and the content
goes. Who speaks is told by the post that the setting `colleagues` names; names of people are not kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.adapters.source import Fetched, Heard
from otklik.channels.incoming import Incoming
from otklik.channels.models import BotEvent, Channel, Outgoing
from otklik.channels.services.outgoing import make_outgoing
from otklik.common.models import Municipality

ASKS = "inner"
KIND = "alert"
"""Kinds of letters to colleagues begin so."""
NOTICE = f"{KIND}_notice"
SETTING, PEOPLE = "inner_chat", "colleagues"
OF_CHATS = ("joined", "left")
MOST_WORDS = 4000


def inner_chat_of(channel: Channel) -> str:
    """The chat of colleagues this channel speaks to; empty where it has none."""
    return str(channel.settings.get(SETTING) or "").strip()


def tell_colleagues(
    municipality: Municipality, about: str, subject: str, text: str, key: str, now: datetime
) -> list[Outgoing]:
    """Leave a word for every chat of colleagues in a messenger, once for a key; letters go to mailboxes anyway."""
    open_ways = Channel.objects.filter(municipality=municipality).exclude(availability="closed")
    return [
        make_outgoing(
            channel,
            kind=NOTICE,
            about=about,
            recipient=inner_chat_of(channel),
            subject=subject,
            body=text,
            key=f"{key}:{channel.key}",
            now=now,
            way="message",
        )
        for channel in open_ways.exclude(kind="email").order_by("position", "pk")
        if inner_chat_of(channel)
    ]


def take_aside(brought: Fetched | Heard, channel: Channel) -> Fetched | Heard:
    """Keep words of colleagues as asked events, once each; gives back what was brought without them."""
    chat = inner_chat_of(channel)
    if not chat and channel.direction != "out":
        return brought
    ours = _ours(brought.incomings, channel)
    inner = [one for one in brought.incomings if _is_inner(one, channel, chat, ours)]
    said = [one for one in brought.said if one.what not in OF_CHATS and _is_in(one.chat, channel, chat)]
    _keep(
        [
            *(_of_incoming(one, channel) for one in inner if not one.skip),
            *(_of_said(one, channel) for one in said if one.text.strip() and _same(one.chat, chat)),
        ]
    )
    away = {one.outer_id for one in inner}
    return replace(
        brought,
        incomings=[one for one in brought.incomings if one.outer_id not in away],
        said=[one for one in brought.said if one not in said],
        files={key: some for key, some in brought.files.items() if key not in away},
    )


def _ours(incomings: Sequence[Incoming], channel: Channel) -> Collection[str]:
    """Which of the letters they answer were written by us to colleagues."""
    named = {one for incoming in incomings for one in (incoming.parent, incoming.thread) if one}
    if not named:
        return ()
    sent = Outgoing.objects.filter(municipality_id=channel.municipality_id, channel=channel, proof__in=named)
    return set(sent.filter(kind__startswith=KIND).values_list("proof", flat=True))


def _is_inner(one: Incoming, channel: Channel, chat: str, ours: Collection[str]) -> bool:
    answers = one.parent in ours or one.thread in ours
    return answers or _is_in(one.thread, channel, chat) or (bool(one.email) and _same(one.email, chat))


def _is_in(thread: str, channel: Channel, chat: str) -> bool:
    return channel.direction == "out" or _same(thread, chat)


def _same(thread: str, chat: str) -> bool:
    """«-5/7» is the topic 7 of the chat -5, «5#3» a talk in the chat 5."""
    return bool(chat) and thread.partition("#")[0].partition("/")[0].lower() == chat.lower()


def _of_incoming(one: Incoming, channel: Channel) -> BotEvent:
    who = (one.email or one.outer_author).lower()
    content = {"text": one.text[:MOST_WORDS], "answers": [one.parent, one.thread], "files": len(one.media)}
    return _event(one.outer_id, one.thread, one.sent_at or one.came_at, channel, who, content)


def _of_said(one: Said, channel: Channel) -> BotEvent:
    content = {"text": one.text[:MOST_WORDS], "answers": [one.answers], "files": len(one.media)}
    return _event(one.outer_id, one.chat, one.at, channel, one.person, content)


def _event(
    outer_id: str, chat: str, at: Any, channel: Channel, who: str, content: dict[str, Any]
) -> BotEvent:
    return BotEvent(
        municipality_id=channel.municipality_id,
        channel=channel,
        outer_id=outer_id[:200],
        chat=chat[:80],
        at=at,
        content={**content, "post": post_of(channel, who)},
        asks=ASKS,
        state="asked",
    )


def post_of(channel: Channel, who: str) -> str:
    """The post of a colleague by the setting: a line is «123456 дежурный ЕДДС» or «cur@example.ru ЦУР»."""
    for line in channel.settings.get(PEOPLE) or ():
        name, _, post = str(line).strip().partition(" ")
        if name.lower() == who:
            return post.strip()[:200]
    return ""


def _keep(events: Sequence[BotEvent]) -> None:
    if events:
        BotEvent.objects.bulk_create(events, ignore_conflicts=True)
