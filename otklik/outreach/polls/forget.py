"""Personal data of polls: mails of authors of proposals, and proposals nobody published as they came, unmasked.

Marks of voters lose their key with the summing up.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from otklik.audit.services import Entry, record_many
from otklik.channels.forget import GONE, erase_letters
from otklik.common.models import Municipality
from otklik.outreach.polls.models import Poll, Proposal


def shown_of(proposal: Proposal) -> dict[str, str]:
    """What is held about the author, for an answer to the person's own request."""
    return {"почта": proposal.contact} if proposal.contact else {}


LATE_LETTERS = timedelta(days=30)
AT_ONCE = 1000


def erase_codes(municipality: Municipality, now: datetime) -> None:
    """Empty letters with codes that had not left yet when their poll was closed."""
    closed = Poll.objects.filter(municipality=municipality, access="code", closed_at__gt=now - LATE_LETTERS)
    erase_letters([f"poll:{pk}" for pk in closed.values_list("pk", flat=True)], municipality)


def erase_old(municipality: Municipality, now: datetime, years: int = 5) -> int:
    """Erase mails of authors and unpublished words when the discussion ended so long ago; returns how many.

    The rows stay with their reasons: how many proposals came and why some were kept back remains known.
    """
    ended = Proposal.objects.filter(
        municipality=municipality, poll__closed_at__lt=now - timedelta(days=365 * years)
    )
    unseen = ~Q(state="shown")
    due = list(ended.filter(~Q(contact="") | (unseen & ~Q(text=GONE)))[:AT_ONCE])
    rows = Proposal.objects.filter(pk__in=[one.pk for one in due])
    rows.filter(unseen).update(title=GONE.capitalize(), text=GONE, place="", lat=None, lon=None)
    rows.update(contact="")
    erase_letters([f"proposal:{one.pk}" for one in due], municipality)
    record_many([Entry(one, "polls.erased") for one in due], municipality)
    return len(due)
