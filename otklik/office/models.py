"""Meetings of the centre: who, about what, what was said and decided, what was signed, who was sent what.

Posts stand everywhere; the only personal data are mail addresses of invited people, taken with their consent.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Post
from otklik.channels.models import Outgoing, StoredFile
from otklik.common.models import Owned
from otklik.office.errands.models import Errand

FORMS = [("in_person", "очная"), ("in_absentia", "заочная")]
STATES = [
    ("planned", "готовится"),
    ("agreed", "согласовано"),
    ("invited", "участники приглашены"),
    ("running", "идёт"),
    ("finished", "протокол на подписи"),
    ("signed", "протокол подписан"),
    ("sent", "протокол разослан"),
    ("held", "состоялось"),
    ("cancelled", "отменено"),
]
KINDS = [("member", "член МЦУ"), ("official", "должностное лицо"), ("expert", "эксперт")]
ATTENDANCE = [("unknown", "не отмечено"), ("present", "здесь"), ("absent", "нет")]
DECISIONS = [("errand", "поручение"), ("noted", "к сведению"), ("words", "решение")]
CHOICES = [("for", "за"), ("against", "против"), ("abstained", "воздержался")]
USER = settings.AUTH_USER_MODEL


class Meeting(Owned):
    """A meeting from its convening to the protocol sent. Numbers run within a year."""

    number = models.PositiveIntegerField("номер")
    year = models.PositiveSmallIntegerField("год")
    form = models.CharField("форма", max_length=12, choices=FORMS)
    reason = models.CharField("основание созыва", max_length=500)
    place = models.CharField("место", max_length=200, blank=True)
    starts_at = models.DateTimeField("начало")
    answers_until = models.DateTimeField("мнения до", null=True, blank=True)
    state = models.CharField("состояние", max_length=12, choices=STATES, default="planned")
    convened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    convened_title = models.CharField("кем созвано", max_length=200)
    convened_at = models.DateTimeField("созвано")
    agreed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_title = models.CharField("кто согласовал", max_length=200, blank=True)
    agreed_at = models.DateTimeField("согласовано", null=True)
    invited_at = models.DateTimeField("приглашения ушли", null=True)
    sequence = models.PositiveSmallIntegerField("сколько раз переносилось", default=0)
    chair = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    chair_title = models.CharField("председательствует", max_length=200, blank=True)
    chair_for = models.CharField("замещает", max_length=200, blank=True)
    chair_ground = models.CharField("основание замещения", max_length=300, blank=True)
    keeper = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    keeper_title = models.CharField("ведёт протокол", max_length=200, blank=True)
    started_at = models.DateTimeField("начато", null=True)
    finished_at = models.DateTimeField("завершено", null=True)
    signed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    signed_title = models.CharField("кто подписал", max_length=200, blank=True)
    signed_at = models.DateTimeField("подписан", null=True)
    sent_at = models.DateTimeField("разослан", null=True)
    frozen = models.JSONField("подписанный протокол", null=True, encoder=DjangoJSONEncoder)
    digest = models.CharField("отпечаток", max_length=64, blank=True)
    cancel_reason = models.CharField("почему отменено", max_length=300, blank=True)

    class Meta:
        verbose_name = "заседание"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "number"], name="meeting_number"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(frozen__isnull=False), name="meeting_signed_is_frozen"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"


class Participant(Owned):
    """A member picked for the meeting, or an invited official or expert by post and organisation."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField("кто", max_length=8, choices=KINDS, default="member")
    user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("должность", max_length=300)
    organisation = models.CharField("организация", max_length=300, blank=True)
    email = models.EmailField("почта для приглашения", blank=True)
    consent_on = models.DateField("согласие на контакт", null=True)
    invitation = models.ForeignKey(Outgoing, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField("приглашение", null=True)
    attendance = models.CharField("явка", max_length=8, choices=ATTENDANCE, default="unknown")
    why_absent = models.CharField("почему нет", max_length=120, blank=True)

    class Meta:
        verbose_name = "участник"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="participant_once"
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(consent_on__isnull=False), name="participant_contact_by_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(Owned):
    """A question: why it stands here, its figures, and what was heard and said about it.

    Each text has a version of its own, so two people writing at once lose nothing.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("порядок")
    title = models.CharField("вопрос", max_length=300)
    source = models.CharField("откуда", max_length=80, blank=True)
    reason = models.CharField("почему в повестке", max_length=500, blank=True)
    link = models.CharField("ссылка", max_length=300, blank=True)
    figures = models.JSONField("цифры", default=list)
    speaker = models.CharField("докладчик", max_length=300, blank=True)
    heard = models.TextField("слушали", blank=True)
    heard_version = models.PositiveIntegerField(default=0)
    heard_by = models.CharField(max_length=200, blank=True)
    spoke = models.TextField("выступили", blank=True)
    spoke_version = models.PositiveIntegerField(default=0)
    spoke_by = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "вопрос повестки"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source"], condition=~Q(source=""), name="agenda_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Decision(Owned):
    """A line of «РЕШИЛИ»: an errand (who, what, by when, who controls), a note, or words.

    On signing the first kind becomes an errand on control.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField("вид", max_length=8, choices=DECISIONS, default="errand")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("что", max_length=1000, blank=True)
    result = models.CharField("результат", max_length=500, blank=True)
    due = models.DateField("срок", null=True)
    control = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    saved_by = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(null=True)
    errand = models.OneToOneField(Errand, null=True, on_delete=models.PROTECT, related_name="decision")

    class Meta:
        verbose_name = "решение"
        ordering = ["pk"]


class Preparation(Owned):
    """What must be done before the meeting: an errand with its post and date (BOR-2.2.г, DEM-3.2.4)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="preparations")
    errand = models.OneToOneField(Errand, on_delete=models.PROTECT, related_name="preparation")

    class Meta:
        verbose_name = "подготовка"
        ordering = ["pk"]


class Material(Owned):
    """A paper for the meeting or for one question: a file or an address inside the system, with who brought it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="materials")
    title = models.CharField("название", max_length=200)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    link = models.CharField("ссылка", max_length=300, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("кто подготовил", max_length=200, blank=True)
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "материал"
        ordering = ["pk"]


class Opinion(Owned):
    """What a member thinks of a question in absentia: a choice, words, or both; changed until the day named."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="opinions")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="opinions")
    choice = models.CharField("голос", max_length=10, choices=CHOICES, blank=True)
    words = models.TextField("мнение", blank=True, max_length=2000)
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "мнение"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "participant"], name="opinion_once")]


class Proposal(Owned):
    """A member's proposal about the work of the centre and the decision on it."""

    text = models.CharField("предложение", max_length=1000)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("кто предложил", max_length=200)
    at = models.DateTimeField("когда")
    decision = models.CharField(
        "решение", max_length=8, blank=True, choices=[("agenda", "в повестку"), ("declined", "отклонено")]
    )
    words = models.CharField("почему", max_length=500, blank=True)
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="proposals")
    decided_title = models.CharField("кто решил", max_length=200, blank=True)
    decided_at = models.DateTimeField("решено", null=True)

    class Meta:
        verbose_name = "предложение члена"
        ordering = ["-at", "-pk"]


class Dispatch(Owned):
    """An extract sent to a post by its competence: by letter, by a notice, or handed over as written."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="dispatches")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("кому", max_length=300)
    numbers = models.JSONField("решения", default=list)
    outgoing = models.ForeignKey(Outgoing, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField("как", max_length=120)
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "выписка"
        ordering = ["pk"]
