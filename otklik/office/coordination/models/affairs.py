"""Affairs of the centre with others: meetings held elsewhere, training, cooperation, support, changes of the work."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Body, Post
from otklik.common.models import Owned
from otklik.topics.models import Topic

KINDS = [
    ("outer_meeting", "совещание другого органа"),
    ("training", "обучение"),
    ("cooperation", "взаимодействие"),
    ("support", "обеспечение"),
    ("process", "изменение порядка работы"),
]
MEANS = [
    ("rooms", "помещение"),
    ("equipment", "оборудование"),
    ("systems", "доступ и программы"),
    ("money", "средства бюджета"),
    ("people", "люди"),
    ("act", "акт администрации"),
]


class Affair(Owned):
    """One record: planned for a day or until a day, then held with its result, or called off with the reason."""

    kind = models.CharField("вид", max_length=14, choices=KINDS)
    title = models.CharField("о чём", max_length=300)
    partner = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    with_whom = models.CharField("с кем", max_length=200, blank=True)
    block_key = models.CharField("блок", max_length=60, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    means = models.CharField("что нужно", max_length=10, choices=MEANS, blank=True)
    programme = models.TextField("программа, суть", blank=True)
    ground = models.CharField("основание", max_length=300, blank=True)
    day = models.DateField("день")
    made_at = models.DateTimeField("записано")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_title = models.CharField("кто записал", max_length=200, blank=True)
    result = models.TextField("итог", blank=True)
    held_on = models.DateField("состоялось", null=True)
    held_at = models.DateTimeField("итог записан", null=True)
    held_title = models.CharField("кто записал итог", max_length=200, blank=True)
    called_off_at = models.DateTimeField("отменено", null=True)
    called_off_why = models.CharField("почему отменено", max_length=300, blank=True)

    class Meta:
        verbose_name = "дело с другими"
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | (~Q(result="") & Q(held_on__isnull=False)),
                name="held_affair_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | ~Q(called_off_why=""), name="called_off_says_why"
            ),
            models.CheckConstraint(condition=~Q(kind="support") | ~Q(means=""), name="support_names_means"),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "-day"], name="affair_by_kind")]

    def __str__(self) -> str:
        return self.title[:120]


class Participant(Owned):
    """A post that takes part; whether it came is said with the result."""

    affair = models.ForeignKey(Affair, on_delete=models.CASCADE, related_name="participants")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField("участвовал", null=True)

    class Meta:
        verbose_name = "участник"
        ordering = ["post__title", "pk"]
        constraints = [models.UniqueConstraint(fields=["affair", "post"], name="affair_post_once")]
