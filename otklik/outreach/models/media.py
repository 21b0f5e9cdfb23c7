"""Mass media and opinion leaders as organisations and roles, and the journal of contacts with them.

No person is described: a contact is a role, its phone and mail stand here by consent and go when it is taken back
(MIH-4.1.4.2, BOG-III.4.6.1.1, BOG-III.5.5).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned
from otklik.outreach.words import OUTLETS, SIDES, WAYS


class MediaOutlet(Owned):
    """An outlet, an electronic medium, or an opinion leader named by role. `mail` is its public desk."""

    title = models.CharField("название", max_length=200)
    kind = models.CharField("вид", max_length=16, choices=list(OUTLETS.items()))
    organisation = models.CharField("организация", max_length=300, blank=True)
    audience = models.CharField("кого читает и слушает", max_length=300, blank=True)
    site = models.URLField("страница", max_length=300, blank=True)
    mail = models.EmailField("почта редакции", blank=True)
    phone = models.CharField("телефон редакции", max_length=60, blank=True)
    takes_releases = models.BooleanField("получает пресс-релизы", default=False)
    added_at = models.DateTimeField("внесено")
    closed_on = models.DateField("не ведём с", null=True, blank=True)

    class Meta:
        verbose_name = "СМИ или лидер мнения"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "title"], condition=Q(closed_on=None), name="media_outlet_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(OUTLETS)), name="media_outlet_kind"),
            models.CheckConstraint(
                condition=Q(takes_releases=False) | ~Q(mail=""), name="media_outlet_releases_by_mail"
            ),
            # An opinion leader is a person behind a role: ways to reach one are kept by consent, in contacts.
            models.CheckConstraint(
                condition=~Q(kind="opinion_leader") | Q(mail="", phone=""), name="media_leader_by_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MediaContact(Owned):
    """A role to speak to, with ways to reach it given by consent; taking the consent back erases them."""

    outlet = models.ForeignKey(MediaOutlet, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField("роль", max_length=200)
    phone = models.CharField("телефон", max_length=60, blank=True)
    mail = models.EmailField("почта", blank=True)
    consent_on = models.DateField("согласие дано")
    consent_words = models.CharField("чем подтверждено", max_length=300)
    withdrawn_on = models.DateField("согласие отозвано", null=True, blank=True)

    class Meta:
        verbose_name = "контакт"
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(phone="", mail=""), name="media_contact_erased"
            ),
            models.CheckConstraint(condition=~Q(consent_words=""), name="media_contact_consent"),
        ]

    def __str__(self) -> str:
        return self.role


class MediaTalk(Owned):
    """One contact: when, who turned to whom, about what, what came of it, by when we promised an answer."""

    outlet = models.ForeignKey(MediaOutlet, on_delete=models.PROTECT, related_name="talks")
    contact = models.ForeignKey(
        MediaContact, null=True, blank=True, on_delete=models.SET_NULL, related_name="talks"
    )
    at = models.DateTimeField("когда")
    way = models.CharField("как", max_length=8, choices=list(WAYS.items()))
    side = models.CharField("кто обратился", max_length=6, choices=list(SIDES.items()))
    gist = models.CharField("о чём", max_length=500)
    result = models.CharField("итог", max_length=500, blank=True)
    answer_due_on = models.DateField("ответить до", null=True, blank=True)
    answered_on = models.DateField("ответ дан", null=True, blank=True)
    about = models.CharField("к чему относится", max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность", max_length=200, blank=True)

    class Meta:
        verbose_name = "контакт со СМИ"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"], name="media_talk_newest")]
