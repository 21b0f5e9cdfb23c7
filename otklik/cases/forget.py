"""Personal data of cases: where it stands and how it ends.

Applicant and the text as it came hold personal data; the masked text does not. Erasing keeps the case, its
clocks and its history, so figures of past years stay true.
"""

from datetime import datetime, timedelta

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Concat

from otklik.audit.services import Entry, record_many
from otklik.cases.models import (
    Answer,
    Applicant,
    Case,
    CaseFile,
    CaseText,
    Draft,
    Note,
    Thread,
    Utterance,
    UtteranceText,
)
from otklik.cases.states import DONE_STATES
from otklik.channels.forget import erase_files, erase_letters, erase_raw
from otklik.channels.models import RawMessage
from otklik.common.models import Municipality
from otklik.language.personal import mask

NETWORKS = ("vk", "ok", "telegram", "max", "public_pages")
SOCIAL = ("incident", *NETWORKS)
ERASED = "[удалено по сроку хранения]"


def shown_of(case: Case) -> dict[str, str]:
    """What the case holds about the person, for an answer to the person's own request."""
    person = case.applicant
    known = {"текст": CaseText.objects.get(case=case).text}
    said = UtteranceText.objects.filter(utterance__case=case, utterance__said_by="applicant")
    for place, text in enumerate(said.order_by("utterance__at").values_list("text", flat=True), start=1):
        known[f"слова {place}"] = text
    if person:
        known |= {"имя": person.name, "телефон": person.phone, "почта": person.email, "адрес": person.address}
    return {name: value for name, value in known.items() if value}


def erase_old(municipality: Municipality, now: datetime, years: int = 5, social_years: int = 3) -> int:
    """Erase personal data of cases ended more than `years` ago (fz59.storage_years), of those from social
    networks after `social_years` (retention.messages_years); returns how many cases were touched."""
    ended = Case.objects.filter(municipality=municipality, state__in=DONE_STATES)
    old = Q(changed_at__lt=now - timedelta(days=365 * years))
    old |= Q(channel__kind__in=SOCIAL, changed_at__lt=now - timedelta(days=365 * social_years))
    due = ended.filter(old, original__isnull=False).exclude(original__text=ERASED)
    waiting = list(due.select_related("channel")[:1000])
    _erase_texts(waiting)
    said = Utterance.objects.filter(case__in=waiting, raw__isnull=False).values_list("raw_id", flat=True)
    erase_raw({*said, *(case.raw_id for case in waiting if case.raw_id)})
    erase_letters([case.number for case in waiting], municipality)
    erase_files(CaseFile.objects.filter(case__in=waiting).values_list("file_id", flat=True))
    record_many([Entry(case, "cases.erased", why="истёк срок хранения") for case in waiting], municipality)
    return len(waiting)


def _erase_texts(cases: list[Case]) -> None:
    """The original goes; an answer stays as the body's deed, without the names and contacts in it."""
    CaseText.objects.filter(case__in=cases).update(text=ERASED, spans=[])
    Applicant.objects.filter(pk__in={case.applicant_id for case in cases if case.applicant_id}).update(
        name="", phone="", email="", address="", outer_author="", fingerprint=""
    )
    _erase_talk(cases)
    Draft.objects.filter(case__in=cases).delete()
    Note.objects.filter(case__in=cases).update(text=ERASED)
    answers = list(Answer.objects.filter(case__in=cases))
    for answer in answers:
        answer.text = mask(answer.text).text
    Answer.objects.bulk_update(answers, ["text"], batch_size=500)


def _erase_talk(cases: list[Case]) -> None:
    """Words of the conversation as they came and every address of the author in the source: page, thread, link."""
    UtteranceText.objects.filter(utterance__case__in=cases).update(text=ERASED, spans=[])
    Utterance.objects.filter(case__in=cases).update(link="")
    Thread.objects.filter(case__in=cases).delete()
    _erase_addresses([case for case in cases if case.channel.kind in NETWORKS])


def _erase_addresses(cases: list[Case]) -> None:
    """In a network the outer id of a private message is the author: it goes with the link, the row stays."""
    raws = RawMessage.objects.filter(
        Q(case__in=cases) | Q(utterances__case__in=cases), channel__kind__in=NETWORKS
    )
    forgotten = Concat(Value("forgotten-"), Cast("pk", TextField()))
    RawMessage.objects.filter(pk__in=list(raws.values_list("pk", flat=True))).update(outer_id=forgotten)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(outer_link="", outer_id="")
