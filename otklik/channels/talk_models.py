"""Talks with bots: where each private talk stands, and what was heard in it and waits for its step."""

from django.db import models
from django.db.models import Q

from otklik.common.models import Owned


class BotTalk(Owned):
    """A private talk of one person with the bot of a channel. `state` is `adapters.dialogue.talk.Talk`."""

    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE, related_name="talks")
    chat = models.CharField("чат", max_length=80)
    state = models.JSONField("состояние", default=dict)
    changed_at = models.DateTimeField("когда говорили")

    class Meta:
        verbose_name = "разговор с ботом"
        constraints = [models.UniqueConstraint(fields=["channel", "chat"], name="bot_talk_once")]
        indexes = [models.Index(fields=["municipality", "changed_at"], name="bot_talk_old")]


class BotEvent(Owned):
    """One thing heard in a talk. Its content goes as soon as its step is made; the row stays for a while, so that
    the same thing told again is known.

    `asks` is what keepers above must do (`status`, `rating`; `inner`: words of colleagues in a chat of our own): their
    timers take rows in the state `asked`.
    """

    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE, related_name="bot_events")
    outer_id = models.CharField("внешний номер", max_length=200)
    chat = models.CharField("чат", max_length=80)
    at = models.DateTimeField("когда")
    order = models.BigIntegerField("порядок", default=0)
    content = models.JSONField("что сказано", default=dict)
    asks = models.CharField("о чём спрашивает", max_length=10, blank=True)
    state = models.CharField("состояние", max_length=8, default="new")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "сказанное боту"
        constraints = [
            models.UniqueConstraint(fields=["channel", "outer_id"], name="bot_event_once"),
            models.CheckConstraint(
                condition=Q(state__in=["new", "asked", "done", "failed"]), name="bot_event_state"
            ),
            models.CheckConstraint(
                condition=Q(asks__in=["", "status", "rating", "inner"]), name="bot_event_asks"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "state", "asks"],
                name="bot_event_waiting",
                condition=Q(state__in=["new", "asked"]),
            ),
            models.Index(fields=["municipality", "kept_at"], name="bot_event_old"),
        ]
