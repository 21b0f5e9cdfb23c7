"""Personal data of risks: the link to somebody's post and the masked copy of it — where they stand, how they end.

Authors from open sources are kept as the link needed to answer, then forgotten (DESIGN section 6). The card, its
clocks and its history stay, so figures of past years stay true.
"""

from datetime import datetime, timedelta

from otklik.audit.services import Entry, record_many
from otklik.channels.forget import erase_files
from otklik.common.models import Municipality
from otklik.risks.models import Alert, Reaction, Risk, Sighting

GONE = "[удалено по сроку хранения]"
SEASON = timedelta(days=90)
"""What was no risk is kept so long, to teach the next decision; what nobody decided upon waits no longer either."""
UNDECIDED = "за три месяца никто не разобрал"
MOST = 1000


def shown_of(risk: Risk) -> dict[str, str]:
    """What the card holds of an author, for an answer to the person's own request."""
    known = {"ссылка": risk.link, "копия": risk.kept_text}
    return {name: value for name, value in known.items() if value and value != GONE}


def erase_old(municipality: Municipality, now: datetime, years: int = 3) -> int:
    """Erase copies and links of risks closed `years` ago (retention.messages_years), words of the chat about them, and
    texts of findings that made no risk; returns how many rows were touched."""
    return _risks(municipality, now - timedelta(days=365 * years)) + _sightings(municipality, now)


def _risks(municipality: Municipality, before: datetime) -> int:
    due = Risk.objects.filter(municipality=municipality, state="closed", closed_at__lt=before)
    waiting = list(due.exclude(kept_text=GONE).order_by("pk")[:MOST])
    keys = [one.pk for one in waiting]
    files = Risk.objects.filter(pk__in=keys, kept_file__isnull=False).values_list("kept_file_id", flat=True)
    erase_files([key for key in files if key is not None])
    Risk.objects.filter(pk__in=keys).update(link="", kept_text=GONE, raw=None)
    Sighting.objects.filter(risk__in=keys).update(text=GONE, title=GONE, link="", raw=None)
    Reaction.objects.filter(risk__in=keys).update(links=[])
    Alert.objects.filter(risk__in=keys, is_answer=True).update(text=GONE, outer_id="", by_title="")
    record_many([Entry(one, "risks.erased") for one in waiting], municipality)
    return len(keys)


def _sightings(municipality: Municipality, now: datetime) -> int:
    rows = Sighting.objects.filter(municipality=municipality)
    gone = {"text": GONE, "title": GONE, "link": "", "raw": None}
    dismissed = rows.filter(state="not_risk", decided_at__lt=now - SEASON).exclude(text=GONE)
    undecided = rows.filter(state="new", at__lt=now - SEASON)
    return dismissed.update(**gone) + undecided.update(
        **gone, state="not_risk", why=UNDECIDED, decided_at=now
    )
