"""Media and opinion leaders: outlets, contacts by consent, the journal of contacts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels.adapters.email.adapter import is_address
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.outreach.models import MediaContact, MediaOutlet, MediaTalk
from otklik.outreach.services.guard import said, speaker
from otklik.outreach.words import OUTLETS, SIDES, WAYS

LEADER = "opinion_leader"


@dataclass(frozen=True)
class OutletWords:
    """An outlet or an opinion leader by organisation and role; mail and phone are of a public desk."""

    title: str
    kind: str
    organisation: str = ""
    audience: str = ""
    site: str = ""
    mail: str = ""
    phone: str = ""
    takes_releases: bool = False


@transaction.atomic
def add_outlet(municipality: Municipality, told: OutletWords, by: User, now: datetime) -> MediaOutlet:
    """Add an outlet. Raises Refused for a leader's own contacts: they stand by consent, in `add_contact`."""
    speaker(by, municipality)
    fields = _checked(told)
    _no_twin(municipality, fields["title"])
    made = MediaOutlet.objects.create(municipality=municipality, added_at=now, **fields)
    record(made, "outreach.media_added", by, municipality)
    return made


@transaction.atomic
def change_outlet(outlet: MediaOutlet, told: OutletWords, by: User) -> MediaOutlet:
    """Change the record of an outlet. Raises Refused."""
    speaker(by, outlet.municipality)
    fields = _checked(told)
    _no_twin(outlet.municipality, fields["title"], outlet.pk)
    for name, value in fields.items():
        setattr(outlet, name, value)
    outlet.save(update_fields=list(fields))
    record(outlet, "outreach.media_changed", by, outlet.municipality)
    return outlet


def _checked(told: OutletWords) -> dict[str, object]:
    if told.kind not in OUTLETS:
        raise Refused("Выберите из списка, какое это СМИ.")
    mail, site = told.mail.strip(), told.site.strip()
    if told.kind == LEADER and (mail or told.phone.strip()):
        raise Refused("Телефон и почту лидера мнения записывают как контакт — по его согласию.")
    if mail and not is_address(mail):
        raise Refused(f"«{mail[:60]}» — не адрес почты.")
    if told.takes_releases and not mail:
        raise Refused("Чтобы слать пресс-релизы, впишите почту редакции.")
    if site and not site.startswith(("https://", "http://")):
        raise Refused("Адрес страницы начинается с https://.")
    return {
        "title": said(told.title, 200, "Название"),
        "kind": told.kind,
        "organisation": said(told.organisation, 300, "Организация", must=False),
        "audience": said(told.audience, 300, "Аудитория", must=False),
        "site": site[:300],
        "mail": mail,
        "phone": told.phone.strip()[:60],
        "takes_releases": told.takes_releases,
    }


def _no_twin(municipality: Municipality, title: object, own: int = 0) -> None:
    twin = MediaOutlet.objects.filter(municipality=municipality, title=title, closed_on=None)
    if twin.exclude(pk=own).exists():
        raise Refused("Такая запись уже есть: найдите её в списке.")


@transaction.atomic
def close_outlet(outlet: MediaOutlet, by: User, now: datetime) -> None:
    """Keep the outlet no more; its contacts and a leader's own page are erased, the journal stays. Raises Refused."""
    speaker(by, outlet.municipality)
    today = day_in(outlet.municipality, now)
    if not MediaOutlet.objects.filter(pk=outlet.pk, closed_on=None).update(closed_on=today):
        raise Refused("Запись уже закрыта: обновите страницу.")
    outlet.contacts.filter(withdrawn_on=None).update(withdrawn_on=today, phone="", mail="")
    MediaOutlet.objects.filter(pk=outlet.pk, kind=LEADER).update(site="")
    record(outlet, "outreach.media_closed", by, outlet.municipality)


@transaction.atomic
def add_contact(
    outlet: MediaOutlet, role: str, consent: str, by: User, now: datetime, phone: str = "", mail: str = ""
) -> MediaContact:
    """A role with ways to reach it; `consent` says how it was given. No names. Raises Refused."""
    speaker(by, outlet.municipality)
    if not phone.strip() and not mail.strip():
        raise Refused("Впишите телефон или почту: без них записывать нечего.")
    if mail.strip() and not is_address(mail.strip()):
        raise Refused(f"«{mail.strip()[:60]}» — не адрес почты.")
    made = MediaContact.objects.create(
        municipality=outlet.municipality,
        outlet=outlet,
        role=said(role, 200, "Роль"),
        phone=phone.strip()[:60],
        mail=mail.strip(),
        consent_on=day_in(outlet.municipality, now),
        consent_words=said(consent, 300, "Чем подтверждено согласие"),
    )
    record(made, "outreach.consent_given", by, outlet.municipality)
    return made


@transaction.atomic
def withdraw_consent(contact: MediaContact, by: User, now: datetime) -> None:
    """The consent is taken back: ways to reach the role are erased at once. Raises Refused."""
    speaker(by, contact.municipality)
    today = max(day_in(contact.municipality, now), contact.consent_on)
    if not MediaContact.objects.filter(pk=contact.pk, withdrawn_on=None).update(
        withdrawn_on=today, phone="", mail=""
    ):
        raise Refused("Согласие уже отозвано: обновите страницу.")
    record(contact, "outreach.consent_withdrawn", by, contact.municipality)


@dataclass(frozen=True)
class TalkWords:
    """One contact: how, who turned to whom, about what, what came of it, by when we promised to answer."""

    way: str
    side: str
    gist: str
    at: datetime
    result: str = ""
    answer_due_on: date | None = None
    contact: MediaContact | None = None
    about: str = ""


@carries_out("MIH-4.1.4.2", "BOG-III.4.6.1.1", "BOG-III.5.5")
@transaction.atomic
def note_talk(outlet: MediaOutlet, told: TalkWords, by: User, now: datetime) -> MediaTalk:
    """Write a contact with the media down (MIH-4.1.4.2, BOG-III.4.6.1.1, BOG-III.5.5). Raises Refused."""
    rights = speaker(by, outlet.municipality)
    if told.way not in WAYS or told.side not in SIDES:
        raise Refused("Выберите из списка, как был контакт и кто обратился.")
    if told.at > now:
        raise Refused("Время контакта ещё не наступило.")
    if told.contact and told.contact.outlet_id != outlet.pk:
        raise Refused("Этот контакт — другого издания.")
    if told.answer_due_on and told.answer_due_on < day_in(outlet.municipality, told.at):
        raise Refused("Обещанный день ответа раньше самого контакта.")
    made = MediaTalk.objects.create(
        municipality=outlet.municipality,
        outlet=outlet,
        contact=told.contact,
        at=told.at,
        way=told.way,
        side=told.side,
        gist=said(told.gist, 500, "О чём говорили"),
        result=said(told.result, 500, "Итог", must=False),
        answer_due_on=told.answer_due_on,
        about=told.about.strip()[:60],
        by=by,
        by_title=rights.title[:200],
    )
    record(made, "outreach.talked", by, outlet.municipality, title=outlet.title)
    return made


@transaction.atomic
def answer_talk(talk: MediaTalk, result: str, by: User, now: datetime) -> MediaTalk:
    """The promised answer is given. Raises Refused."""
    speaker(by, talk.municipality)
    kept = said(result, 500, "Что ответили")
    today = day_in(talk.municipality, now)
    waits = MediaTalk.objects.filter(pk=talk.pk, answer_due_on__isnull=False, answered_on=None)
    if not waits.update(answered_on=today, result=kept):
        raise Refused("Ответ уже дан или не обещан: обновите страницу.")
    talk.refresh_from_db()
    record(talk, "outreach.talk_answered", by, talk.municipality, title=talk.outlet.title)
    return talk
