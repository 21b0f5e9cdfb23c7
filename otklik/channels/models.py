"""Channels, raw messages as they came, stored files, imports, and what waits to go out.

Raw content is never edited; (channel, outer id) is unique, so a repeated fetch is harmless.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.channels.change_models import EarlyChange, RawChange
from otklik.channels.media_models import MediaFetch
from otklik.channels.phone_models import CallTry, PhoneCall
from otklik.channels.sheet_models import AnswerSheet, GivenAnswer
from otklik.channels.talk_models import BotEvent, BotTalk
from otklik.common.models import Owned

__all__ = [
    "AnswerSheet",
    "ApiKey",
    "BotEvent",
    "BotTalk",
    "CallTry",
    "Channel",
    "ChannelSecret",
    "EarlyChange",
    "Feed",
    "GivenAnswer",
    "ImportMapping",
    "ImportRun",
    "MediaFetch",
    "Outgoing",
    "PhoneCall",
    "RawChange",
    "RawMessage",
    "RawUpdate",
    "RowError",
    "StoredFile",
]


class Channel(Owned):
    """A way in or out named by the charter; `kind` picks the adapter folder."""

    key = models.SlugField("ключ", max_length=40)
    kind = models.SlugField("вид", max_length=40)
    title = models.CharField("название", max_length=160)
    direction = models.CharField("направление", max_length=4, default="both")
    availability = models.CharField("доступность", max_length=20, default="open")
    owner_role = models.CharField("ответственная роль", max_length=60, blank=True)
    settings = models.JSONField("настройки", default=dict, blank=True)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "канал"
        ordering = ["position", "title"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="channel_key")]

    def __str__(self) -> str:
        return self.title


class ChannelSecret(Owned):
    """A token or a password of a channel, sealed by the installation's key; shown to nobody, written to no log."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="secrets")
    name = models.SlugField("имя", max_length=40)
    sealed = models.TextField("запечатано")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "секрет канала"
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="channel_secret_name")]


class Feed(Owned):
    """How far a source has been read and how it does. The cursor moves in the transaction that keeps the messages."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="feed")
    is_on = models.BooleanField("включён", default=False)
    cursor = models.JSONField("место чтения", default=dict, blank=True)
    next_turn_at = models.DateTimeField("следующее чтение", null=True, blank=True)
    tried_at = models.DateTimeField("последняя попытка", null=True, blank=True)
    succeeded_at = models.DateTimeField("последний успех", null=True, blank=True)
    message_at = models.DateTimeField("последнее сообщение", null=True, blank=True)
    lag_seconds = models.FloatField("отставание, секунд", null=True, blank=True)
    failures = models.PositiveIntegerField("неудач подряд", default=0)
    shut_until = models.DateTimeField("не спрашиваем до", null=True, blank=True)
    error = models.CharField("что не так", max_length=400, blank=True)
    failing_since = models.DateTimeField("не читается с", null=True, blank=True)
    alarmed_at = models.DateTimeField("тревога", null=True, blank=True)
    # The last pauses between messages by the class of the hour: what silence is usual for this channel.
    rhythm = models.JSONField("ритм", default=dict, blank=True)
    # The way out has a breaker of its own: a network may let us read and not write.
    out_failures = models.PositiveIntegerField("неудач отправки подряд", default=0)
    out_shut_until = models.DateTimeField("не отправляем до", null=True, blank=True)
    out_error = models.CharField("почему не уходит", max_length=400, blank=True)

    class Meta:
        verbose_name = "чтение канала"


class ApiKey(Owned):
    """A key of an outer system: only its hash is kept, the key itself is shown once."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="keys")
    title = models.CharField("система", max_length=160)
    prefix = models.CharField("начало ключа", max_length=12)
    key_hash = models.CharField("отпечаток", max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ключ доступа"


class ImportMapping(Owned):
    """Which column of a table means what; saved once, proposed next time."""

    title = models.CharField("название", max_length=160)
    columns = models.JSONField("столбцы", default=dict)
    heading_key = models.CharField("отпечаток шапки", max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "разметка таблицы"


class ImportRun(Owned):
    """One file taken in: how far it went, what was new, which rows were not read."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("файл", max_length=255)
    file_path = models.CharField(max_length=500, blank=True)
    preset = models.CharField("разметка", max_length=40)
    columns = models.JSONField(default=dict, blank=True)
    headings = models.JSONField("шапка", default=list, blank=True)
    state = models.CharField("состояние", max_length=12, default="waiting")
    error = models.TextField("ошибка", blank=True)
    total = models.PositiveIntegerField("строк", default=0)
    done = models.PositiveIntegerField("прочитано", default=0)
    new = models.PositiveIntegerField("новых", default=0)
    updated = models.PositiveIntegerField("обновлено", default=0)
    unchanged = models.PositiveIntegerField("без изменений", default=0)
    failed = models.PositiveIntegerField("с ошибкой", default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The present stretch of reading: a run may wait for days between two of them.
    reading_since = models.DateTimeField("читают с", null=True)
    reading_from = models.PositiveIntegerField("читают со строки", default=0)

    class Meta:
        verbose_name = "импорт"
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "stopping", "stopped", "done", "failed"]),
                name="import_state",
            )
        ]


class RowError(Owned):
    """A row that could not be read, kept as it was so that it can be mended and taken again."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="errors")
    row_number = models.PositiveIntegerField("строка")
    cells = models.JSONField("содержимое", default=dict)
    message = models.CharField("что не так", max_length=400)

    class Meta:
        verbose_name = "непрочитанная строка"


class RawMessage(Owned):
    """What came in, exactly as it came. `state` tells whether it became a case."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="raw")
    outer_id = models.CharField("внешний номер", max_length=200)
    came_at = models.DateTimeField("пришло")
    sent_at = models.DateTimeField("отправлено автором", null=True, blank=True)
    payload = models.JSONField("как пришло", default=dict)
    content_hash = models.CharField("отпечаток", max_length=64)
    state = models.CharField("состояние", max_length=12, default="new")
    error = models.TextField("почему не прочитано", blank=True)
    run = models.ForeignKey(ImportRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="raw")
    tries = models.PositiveSmallIntegerField("попыток", default=0)

    class Meta:
        verbose_name = "сырое сообщение"
        constraints = [
            models.UniqueConstraint(fields=["channel", "outer_id"], name="raw_once"),
            models.CheckConstraint(
                condition=Q(state__in=["new", "registered", "failed", "skipped"]), name="raw_state"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="raw_failed_has_error"),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "came_at"],
                name="raw_waiting",
                condition=Q(state__in=["new", "failed"]),
            )
        ]


class RawUpdate(Owned):
    """A newer state of an outer item (status, answer, score); the first content stays untouched."""

    raw = models.ForeignKey(RawMessage, on_delete=models.CASCADE, related_name="updates")
    came_at = models.DateTimeField("пришло")
    payload = models.JSONField("как пришло", default=dict)
    content_hash = models.CharField(max_length=64)
    taken = models.BooleanField("учтено", default=False)

    class Meta:
        verbose_name = "обновление извне"
        constraints = [models.UniqueConstraint(fields=["raw", "content_hash"], name="raw_update_once")]


class StoredFile(Owned):
    """A file by its content: type by bytes, size checked, place read from EXIF and then stripped."""

    raw = models.ForeignKey(RawMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("имя", max_length=255)
    content_type = models.CharField("тип", max_length=100)
    size = models.PositiveIntegerField("размер, байт")
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    thumbnail_path = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "файл"
        indexes = [
            models.Index(fields=["municipality"], name="file_with_place", condition=Q(lat__isnull=False))
        ]


class Outgoing(Owned):
    """An answer or a notice that must leave by a channel; delivered by a timer, at most once per key."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="outgoing")
    kind = models.CharField("вид", max_length=40)
    about = models.CharField("карточка", max_length=40, db_index=True)
    recipient = models.CharField("куда", max_length=300, blank=True)
    reply_to = models.CharField("внешний номер", max_length=200, blank=True)
    # Where the network knows both: under the post, seen by everybody, or to the author alone.
    way = models.CharField("каким путём", max_length=8, blank=True, default="", db_default="")
    subject = models.CharField("тема", max_length=300, blank=True)
    body = models.TextField("текст")
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)
    key = models.CharField("ключ", max_length=120)
    state = models.CharField("состояние", max_length=12, default="waiting")
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    next_try_at = models.DateTimeField("следующая попытка")
    error = models.CharField("почему не ушло", max_length=400, blank=True)
    sent_at = models.DateTimeField("ушло", null=True, blank=True)
    proof = models.CharField("подтверждение", max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "исходящее"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="outgoing_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "by_hand", "dead"]),
                name="outgoing_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", "comment", "message", "page"]), name="outgoing_way"
            ),
        ]
        indexes = [
            models.Index(F("next_try_at"), name="outgoing_waiting", condition=Q(state="waiting")),
            models.Index(fields=["channel", "reply_to"], name="outgoing_answers", condition=~Q(reply_to="")),
            # Whoever answers what we sent names it by its proof.
            models.Index(fields=["municipality", "proof"], name="outgoing_proof", condition=~Q(proof="")),
            models.Index(
                fields=["municipality", "channel", "state"],
                name="outgoing_stuck",
                condition=Q(state__in=["waiting", "sending", "dead"]),
            ),
        ]
