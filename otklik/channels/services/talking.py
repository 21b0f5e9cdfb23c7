"""Walks what was said to bots, talk by talk in the order it was said: a pure rule decides, rows keep what it decided.

The state of the talk, the finished message and the replies are saved in one transaction, so a process cut anywhere
repeats the step or has made it whole. What only the keepers of cases can do is left as an asked event.
"""

import logging
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from otklik.channels.adapters.dialogue.rules import turn
from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.adapters.dialogue.talk import Made, Talk, Turn
from otklik.channels.adapters.dialogue.words import House
from otklik.channels.adapters.source import Fetched
from otklik.channels.incoming import Incoming
from otklik.channels.models import BotEvent, BotTalk, Channel, Outgoing, RawMessage
from otklik.channels.services.keeping import keep_brought
from otklik.channels.services.outgoing import make_outgoing
from otklik.common.models import Municipality
from otklik.common.scope import within

log = logging.getLogger(__name__)


def walk_talks(municipality: Municipality, now: datetime, limit: int = 500) -> int:
    """Make every step that waits; returns how many. Call outside a transaction: each talk has one of its own."""
    with within(municipality.pk):
        waiting = BotEvent.objects.filter(municipality=municipality, state="new")
        chats = list(dict.fromkeys(waiting.order_by("id").values_list("channel_id", "chat")[:limit]))
    return sum(_walk_one(municipality, channel_id, chat, now) for channel_id, chat in chats)


def is_speaking(municipality: Municipality, now: datetime) -> bool:
    """Whether a bot has something to say now: a person waits for it, so it is not left to the slower timer."""
    with within(municipality.pk):
        due = Outgoing.objects.filter(municipality=municipality, state="waiting", next_try_at__lte=now)
        return due.filter(kind__startswith="talk_").exists()


def _walk_one(municipality: Municipality, channel_id: int, chat: str, now: datetime) -> int:
    """Every waiting step of one talk; a talk another process is walking is left to it."""
    with within(municipality.pk):
        row = _locked_talk(municipality, channel_id, chat, now)
        if row is None:
            return 0
        events = BotEvent.objects.filter(channel_id=channel_id, chat=chat, state="new").order_by(
            "order", "id"
        )
        done = 0
        for event in events:
            _step(event, row, now)
            done += 1
        return done


def _locked_talk(municipality: Municipality, channel_id: int, chat: str, now: datetime) -> BotTalk | None:
    BotTalk.objects.get_or_create(
        channel_id=channel_id, chat=chat, defaults={"municipality": municipality, "changed_at": now}
    )
    free = BotTalk.objects.select_for_update(skip_locked=True, of=("self",))
    return free.select_related("channel__municipality").filter(channel_id=channel_id, chat=chat).first()


def _step(event: BotEvent, row: BotTalk, now: datetime) -> None:
    """One step; an event the rules cannot bear is put aside, so that it cannot stop the talk."""
    try:
        with transaction.atomic():
            _take(event, row, now)
    except Exception as error:
        # Neither message nor values: both may hold what a citizen wrote.
        log.error("bot event %s: %s", event.pk, type(error).__name__)
        row.refresh_from_db(fields=["state", "changed_at"])
        BotEvent.objects.filter(pk=event.pk).update(state="failed", content={})


def _take(event: BotEvent, row: BotTalk, now: datetime) -> None:
    said = Said.from_payload(event.content)
    if said.what in ("left", "joined"):
        _note_chat(row.channel, said)
        _done(event)
        return
    talk = Talk.from_payload(row.state)
    made = turn(talk, _named(said, row.channel, talk), house_of(row.channel), _asked(row.channel, talk))
    row.state, row.changed_at = made.talk.payload(), now
    row.save(update_fields=["state", "changed_at"])
    if made.made:
        _keep_made(made.made, said, row.channel, now)
    _leave_replies(made, said, row.channel, now)
    _done(event, made, talk)


def _done(event: BotEvent, made: Turn | None = None, talk: Talk | None = None) -> None:
    """The words go; what is asked of the keepers of cases stays until they take it."""
    asks = made.ask if made else None
    content = {}
    if asks and talk:
        content = {
            "number": asks.number,
            "score": asks.score,
            "sent": list(talk.sent),
            "press": event.content["press"],
        }
    BotEvent.objects.filter(pk=event.pk).update(
        state="asked" if asks else "done", asks=asks.kind if asks else "", content=content
    )


def _asked(channel: Channel, talk: Talk) -> str:
    """The outer id of the message about which the town's last letter to this person was a question."""
    if not talk.sent:
        return ""
    letters = Outgoing.objects.filter(channel=channel, reply_to__in=talk.sent, state="sent")
    last = letters.exclude(kind__startswith="talk_").order_by("-id").first()
    return last.reply_to if last and last.kind == "ask" else ""


def _named(said: Said, channel: Channel, talk: Talk) -> Said:
    """A reply to what we sent is told by the message it was about."""
    if not said.answers:
        return said
    sent = Outgoing.objects.filter(channel=channel, reply_to__in=talk.sent, proof=said.answers).first()
    return replace(said, answers=sent.reply_to) if sent else said


def _keep_made(made: Made, said: Said, channel: Channel, now: datetime) -> None:
    """The finished message; an addition goes into the conversation of its case."""
    draft = made.draft
    whole = f"{draft.text}\n\nГде: {draft.address}" if draft.address else draft.text
    incoming = Incoming(
        outer_id=draft.first,
        text=whole or "Фото к сообщению.",
        came_at=now,
        sent_at=said.at,
        author=said.name,
        outer_author=said.person,
        consent=True,
        lat=draft.lat,
        lon=draft.lon,
        media=draft.media,
        thread=thread_of(channel, made.answers or draft.first),
        parent=made.answers,
        receipt=not made.answers,
    )
    keep_brought(Fetched([incoming]), channel, now)


def thread_of(channel: Channel, outer_id: str) -> str:
    """The conversation of a message of a talk: each message begins its own, what is added to it stays in it."""
    raw = RawMessage.objects.filter(channel=channel, outer_id=outer_id).only("payload").first()
    known = str(raw.payload.get("thread") or "") if raw else ""
    return known or outer_id.replace(":", "#", 1)


def _leave_replies(made: Turn, said: Said, channel: Channel, now: datetime) -> None:
    """Rows to be sent; photos of one album bring one reply."""
    about = said.album or said.outer_id
    for place, reply in enumerate(made.replies):
        make_outgoing(
            channel,
            kind=reply.kind,
            about="",
            recipient=said.chat,
            subject="",
            body=reply.text,
            key=f"talk:{channel.pk}:{about}:{place}"[:120],
            reply_to=f"press:{said.press}" if said.press else "",
            way="message",
            now=now,
        )


def answer_talk(event: BotEvent, kind: str, text: str, now: datetime) -> None:
    """The keepers of cases answer what was asked; in their transaction, once."""
    press = str(event.content.get("press") or "")
    make_outgoing(
        event.channel,
        kind=kind,
        about="",
        recipient=event.chat,
        subject="",
        body=text,
        key=f"talk:{event.channel_id}:{event.outer_id}:asked"[:120],
        reply_to=f"press:{press}" if press else "",
        way="message",
        now=now,
    )
    BotEvent.objects.filter(pk=event.pk).update(state="done", content={})


def asked_events(municipality: Municipality, asks: str, limit: int = 200) -> list[BotEvent]:
    """What the talks ask of the keepers of cases, locked for this process; in the caller's transaction."""
    waiting = BotEvent.objects.filter(municipality=municipality, state="asked", asks=asks)
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("channel__municipality")
    return list(locked.order_by("id")[:limit])


def house_of(channel: Channel) -> House:
    """In whose name the bot of this channel speaks: settings `bot_name` and `rules`, else the channel's title."""
    town = channel.municipality
    given = channel.settings
    link = f"{settings.PUBLIC_URL}/p/{town.key}/consent/"
    return House(str(given.get("bot_name") or channel.title), town.name, link, str(given.get("rules") or ""))


def _note_chat(channel: Channel, said: Said) -> None:
    """Chats the bot was put out of stand in the channel's settings, so that its status page can tell."""
    locked = Channel.objects.select_for_update().get(pk=channel.pk)
    left = dict(locked.settings.get("left_chats") or {})
    left.pop(said.chat, None)
    if said.what == "left":
        left[said.chat] = said.text or said.chat
    locked.settings = {**locked.settings, "left_chats": left}
    locked.save(update_fields=["settings"])
