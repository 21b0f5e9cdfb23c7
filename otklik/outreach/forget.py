"""The only personal data of pages and the press: ways to reach a person behind a role, given by consent.

Names stand nowhere: `services.guard.said` refuses them in titles, lines of the journal and releases. A consent taken
back or a closed record erases at once (`services.media`); what nobody has used for years is erased here.
"""

from datetime import datetime, timedelta

from otklik.audit.services import Entry, record_many
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.outreach.models import MediaContact

UNUSED = timedelta(days=3 * 365)
"""A consent is for working together: three years without a word end it."""
MOST = 1000


def shown_of(contact: MediaContact) -> dict[str, str]:
    """What is held about the person, for an answer to the person's own request."""
    known = {"роль": contact.role, "телефон": contact.phone, "почта": contact.mail}
    return {name: value for name, value in known.items() if value}


def erase_old(municipality: Municipality, now: datetime) -> int:
    """Erase ways to reach roles nobody has talked with since long; the roles and the journal stay. Returns how many."""
    edge = now - UNUSED
    old = MediaContact.objects.filter(municipality=municipality, consent_on__lt=day_in(municipality, edge))
    unused = old.exclude(phone="", mail="").exclude(talks__at__gte=edge)
    due = list(unused.order_by("pk")[:MOST])
    MediaContact.objects.filter(pk__in=[one.pk for one in due]).update(phone="", mail="")
    record_many(
        [Entry(one, "outreach.contact_erased", why="истёк срок хранения") for one in due], municipality
    )
    return len(due)
