"""Files kept with the records of coordination."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.office.coordination.models.affairs import Affair
from otklik.office.coordination.models.composition import CompositionAct
from otklik.office.coordination.models.inquiry import InquiryPart
from otklik.office.coordination.models.papers import MethodText, VisaSheet
from otklik.office.coordination.models.plan import PlanItem

OWNERS = ("item", "part", "affair", "method", "sheet", "act")


def _exactly_one() -> Q:
    told = Q()
    for owner in OWNERS:
        told |= Q(**{f"{one}__isnull": one != owner for one in OWNERS})
    return told


class Attachment(Owned):
    """A file with exactly one owner."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(PlanItem, null=True, on_delete=models.CASCADE, related_name="files")
    part = models.ForeignKey(InquiryPart, null=True, on_delete=models.CASCADE, related_name="files")
    affair = models.ForeignKey(Affair, null=True, on_delete=models.CASCADE, related_name="files")
    method = models.ForeignKey(MethodText, null=True, on_delete=models.CASCADE, related_name="files")
    sheet = models.ForeignKey(VisaSheet, null=True, on_delete=models.CASCADE, related_name="files")
    act = models.ForeignKey(CompositionAct, null=True, on_delete=models.CASCADE, related_name="files")
    added_at = models.DateTimeField("приложен")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "файл координации"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=_exactly_one(), name="attachment_has_one_owner")]
