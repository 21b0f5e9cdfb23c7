"""Personal data of cases: where it stands and how it ends.

Applicant and the text as it came hold personal data; the masked text does not. Erasing keeps the case, its
clocks and its history, so figures of past years stay true.
"""

from datetime import datetime, timedelta

from otklik.audit.services import Entry, record_many
from otklik.cases.models import Applicant, Case, CaseText
from otklik.cases.states import DONE_STATES
from otklik.common.models import Municipality

ERASED = "[удалено по сроку хранения]"


def shown_of(case: Case) -> dict[str, str]:
    """What the case holds about the person, for an answer to the person's own request."""
    person = case.applicant
    known = {"текст": CaseText.objects.get(case=case).text}
    if person:
        known |= {"имя": person.name, "телефон": person.phone, "почта": person.email, "адрес": person.address}
    return {name: value for name, value in known.items() if value}


def erase_old(municipality: Municipality, now: datetime, years: int = 5) -> int:
    """Erase personal data of cases ended more than `years` ago (fz59.storage_years); returns how many."""
    edge = now - timedelta(days=365 * years)
    old = Case.objects.filter(municipality=municipality, state__in=DONE_STATES, changed_at__lt=edge)
    waiting = list(old.filter(original__isnull=False).exclude(original__text=ERASED)[:1000])
    CaseText.objects.filter(case__in=waiting).update(text=ERASED, spans=[])
    people = {case.applicant_id for case in waiting if case.applicant_id}
    Applicant.objects.filter(pk__in=people).update(
        name="", phone="", email="", address="", outer_author="", fingerprint=""
    )
    record_many([Entry(case, "cases.erased", why="истёк срок хранения") for case in waiting], municipality)
    return len(waiting)
