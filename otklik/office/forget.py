"""The only personal data of meetings: mail addresses of invited people, given for one meeting and ended after it."""

from datetime import datetime, timedelta

from otklik.audit.services import Entry, record_many
from otklik.channels.models import Outgoing
from otklik.common.models import Municipality
from otklik.office.models import Participant

KEPT = timedelta(days=90)


def erase_old(municipality: Municipality, now: datetime) -> int:
    """Erase addresses of those invited to meetings that ended ninety days ago, in the letters too; returns how many."""
    rows = Participant.objects.filter(municipality=municipality, meeting__starts_at__lt=now - KEPT)
    over = list(rows.exclude(email="").select_related("meeting"))
    addresses = [one.email for one in over]
    Outgoing.objects.filter(
        municipality=municipality, kind="invitation", recipient__in=addresses, created_at__lt=now - KEPT
    ).exclude(state__in=["waiting", "sending"]).update(recipient="", proof="")
    Participant.objects.filter(pk__in=[one.pk for one in over]).update(email="", consent_on=None)
    record_many([Entry(one.meeting, "office.contact_erased", why=one.title) for one in over], municipality)
    return len(over)
