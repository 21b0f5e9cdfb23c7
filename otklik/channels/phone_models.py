"""Calls as the call centre told of them, and every try to call back. Part of `channels.models`."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned

OUTCOMES = [("talk", "разговор"), ("missed", "не дождались"), ("refused", "отказ линии")]
CALL_STATES = [
    ("new", "ждёт карточки"),
    ("to_call", "перезвонить"),
    ("done", "закрыт"),
    ("not_reached", "не дозвонились"),
]


class PhoneCall(Owned):
    """A call. It becomes no case by itself: `raw` is what a clerk wrote after listening."""

    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="calls")
    outer_id = models.CharField("номер в системе связи", max_length=200)
    number = models.CharField("телефон", max_length=40, blank=True)
    came_at = models.DateTimeField("когда звонили")
    outcome = models.CharField("чем кончился", max_length=8, choices=OUTCOMES)
    seconds = models.PositiveIntegerField("разговор, секунд", default=0)
    operator = models.CharField("оператор", max_length=160, blank=True)
    recording = models.CharField("запись", max_length=500, blank=True)
    state = models.CharField("состояние", max_length=12, choices=CALL_STATES)
    raw = models.OneToOneField(
        "channels.RawMessage", null=True, blank=True, on_delete=models.PROTECT, related_name="call"
    )
    next_try_at = models.DateTimeField("перезвонить не раньше", null=True, blank=True)
    closed_at = models.DateTimeField("закрыт", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField("почему без карточки", max_length=300, blank=True)

    class Meta:
        verbose_name = "звонок"
        ordering = ["came_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "outer_id"], name="call_once"),
            models.CheckConstraint(condition=Q(state__in=[key for key, _ in CALL_STATES]), name="call_state"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(raw__isnull=False) | ~Q(why=""), name="call_done_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "came_at"],
                name="call_waiting",
                condition=Q(state__in=["new", "to_call"]),
            )
        ]


class CallTry(Owned):
    """A try to call back; added to, never edited."""

    call = models.ForeignKey(PhoneCall, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField("когда")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_reached = models.BooleanField("дозвонились")

    class Meta:
        verbose_name = "попытка перезвонить"
        ordering = ["at", "id"]
