"""Personal data of talks with bots: unfinished drafts go soon, rows of what was said a little later, talks with the
messages they brought.
"""

from datetime import datetime, timedelta

from otklik.channels.adapters.dialogue.talk import Draft, Talk
from otklik.channels.models import BotEvent, BotTalk
from otklik.common.models import Municipality

DRAFT_LIVES = timedelta(days=3)
# Messengers repeat what was not confirmed for a day: after that a second telling cannot come.
EVENT_LIVES = timedelta(days=7)
AT_ONCE = 1000


def forget_talks(municipality: Municipality, now: datetime, years: int) -> int:
    """Drop old drafts and events, and talks silent for so many years; in the municipality's scope. Returns how many."""
    events = BotEvent.objects.filter(municipality=municipality, kept_at__lt=now - EVENT_LIVES)
    gone = events.exclude(state="new").delete()[0]
    talks = BotTalk.objects.filter(municipality=municipality)
    gone += talks.filter(changed_at__lt=now - timedelta(days=365 * years)).delete()[0]
    return gone + sum(_drop_draft(row) for row in _with_drafts(municipality, now))


def _with_drafts(municipality: Municipality, now: datetime) -> list[BotTalk]:
    old = BotTalk.objects.filter(municipality=municipality, changed_at__lt=now - DRAFT_LIVES)
    return list(old.exclude(state__step__in=["idle", "new"]).select_for_update(skip_locked=True)[:AT_ONCE])


def _drop_draft(row: BotTalk) -> int:
    talk = Talk.from_payload(row.state)
    row.state = talk.at("idle" if talk.agreed else "new", Draft()).payload()
    row.save(update_fields=["state"])
    return 1
