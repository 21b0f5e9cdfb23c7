"""Press releases: written, approved by another person, sent by mail to every outlet that takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.services import channel_of_kind, make_outgoing
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.common.words import tie
from otklik.outreach.models import MediaOutlet, PressRelease, ReleaseSending
from otklik.outreach.selectors import owner_of
from otklik.outreach.services.guard import APPROVE, approver, said, speaker

LINK = "/pages/releases/"
KIND = "release"


@dataclass(frozen=True)
class ReleaseWords:
    """What a release says and in the name of which post; `contact` is where an editor may ask, a desk and no person."""

    title: str
    text: str
    lead: str = ""
    speaker: Post | None = None
    contact: str = ""
    about: str = ""


@transaction.atomic
def write_release(municipality: Municipality, told: ReleaseWords, by: User, now: datetime) -> PressRelease:
    """Begin a release as a draft. Raises Refused for one without words or with a person's data."""
    speaker(by, municipality)
    made = PressRelease.objects.create(
        municipality=municipality,
        number=next_number(PressRelease, municipality),
        written_by=by,
        written_at=now,
        **_checked(told),
    )
    record(made, "outreach.release_written", by, municipality, title=made.title)
    return made


@transaction.atomic
def change_release(release: PressRelease, told: ReleaseWords, by: User) -> PressRelease:
    """Change a draft. Raises Refused once it has gone to be approved."""
    speaker(by, release.municipality)
    _lock(release, "draft", "Менять можно черновик: верните релиз с согласования.")
    fields = _checked(told)
    for name, value in fields.items():
        setattr(release, name, value)
    release.save(update_fields=list(fields))
    record(release, "outreach.release_changed", by, release.municipality, title=release.title)
    return release


def _checked(told: ReleaseWords) -> dict[str, object]:
    return {
        "title": said(told.title, 200, "Заголовок"),
        "lead": said(told.lead, 500, "Главное", must=False),
        "text": said(told.text, 10000, "Текст"),
        "speaker": told.speaker,
        "contact": said(told.contact, 200, "Куда обращаться", must=False, desk=True),
        "about": told.about.strip()[:60],
    }


def _lock(release: PressRelease, state: str, why_not: str) -> None:
    held = PressRelease.objects.select_for_update().get(pk=release.pk)
    if held.state != state:
        raise Refused(why_not)
    release.state = held.state


@transaction.atomic
def ask_approval(release: PressRelease, by: User) -> PressRelease:
    """Send a draft to be approved. Raises Refused."""
    speaker(by, release.municipality)
    _lock(release, "draft", "На согласование уходит черновик: обновите страницу.")
    release.state, release.returned_why = "approval", ""
    release.save(update_fields=["state", "returned_why"])
    record(release, "outreach.release_asked", by, release.municipality, title=release.title)
    told = f"Пресс-релиз {release} ждёт согласования: {release.title}"
    leave_notice(release.municipality, tie(told)[:300], f"{LINK}{release.number}/", permission=APPROVE)
    return release


@transaction.atomic
def return_release(release: PressRelease, why: str, by: User) -> PressRelease:
    """Return it to its writer with a remark. Raises Refused."""
    approver(by, release.municipality)
    _lock(release, "approval", "Вернуть можно то, что ждёт согласования: обновите страницу.")
    release.state, release.returned_why = "draft", said(why, 500, "Что исправить")
    release.save(update_fields=["state", "returned_why"])
    record(release, "outreach.release_returned", by, release.municipality, why=release.returned_why)
    told = f"Пресс-релиз {release} возвращён: {release.returned_why}"
    leave_notice(release.municipality, tie(told)[:300], f"{LINK}{release.number}/", user=release.written_by)
    return release


@transaction.atomic
def approve_release(release: PressRelease, by: User, now: datetime) -> PressRelease:
    """Approve it; who wrote it never approves it himself. Raises Refused."""
    rights = approver(by, release.municipality)
    _lock(release, "approval", "Согласуют то, что отправлено на согласование: обновите страницу.")
    if release.written_by_id == by.pk:
        raise Refused("Свой релиз согласует другой человек: попросите руководителя.")
    release.state, release.approved_by, release.approved_at = "approved", by, now
    release.approved_title = rights.title[:200]
    release.save(update_fields=["state", "approved_by", "approved_at", "approved_title"])
    record(release, "outreach.release_approved", by, release.municipality, title=release.title)
    return release


@carries_out("MIH-4.1.4.2", "BOG-III.5.5")
@transaction.atomic
def send_release(release: PressRelease, outlets: Sequence[MediaOutlet], by: User, now: datetime) -> int:
    """Queue a letter to each outlet, once for each; returns how many. Raises Refused for one not approved.

    Letters leave by the town's mail channel; an outlet added later may be sent the same release again by this deed.
    """
    speaker(by, release.municipality)
    town = release.municipality
    held = PressRelease.objects.select_for_update().get(pk=release.pk)
    if held.state not in ("approved", "sent"):
        raise Refused("Разослать можно согласованный релиз.")
    able = [one for one in outlets if one.takes_releases and one.mail and one.closed_on is None]
    if not able:
        raise Refused("Выберите, кому отправить: у издания должна быть почта и согласие получать релизы.")
    known = set(ReleaseSending.objects.filter(release=release).values_list("outlet_id", flat=True))
    fresh = [one for one in able if one.pk not in known]
    if not fresh:
        raise Refused("Этим изданиям релиз уже отправлен.")
    channel = channel_of_kind(town, "email")
    for outlet in fresh:
        outgoing = make_outgoing(
            channel=channel,
            kind=KIND,
            about=f"release-{release.number}",
            recipient=outlet.mail,
            subject=f"Пресс-релиз: {release.title}"[:300],
            body=letter_of(release),
            key=f"release:{release.pk}:{outlet.pk}",
            now=now,
        )
        ReleaseSending.objects.create(municipality=town, release=release, outlet=outlet, outgoing=outgoing)
    release.state, release.sent_at = "sent", held.sent_at or now
    release.save(update_fields=["state", "sent_at"])
    record(release, "outreach.release_sent", by, town, title=release.title, details={"outlets": len(fresh)})
    return len(fresh)


def letter_of(release: PressRelease) -> str:
    """The release as a letter: what matters first, the text, who speaks, where to ask."""
    parts = [
        release.title,
        release.lead,
        release.text,
        f"Говорит: {release.speaker.title}" if release.speaker else "",
        f"Вопросы: {release.contact}" if release.contact else "",
        owner_of(release.municipality),
        charter_of(release.municipality).identity.site,
    ]
    return "\n\n".join(tie(one) for one in parts if one)


@transaction.atomic
def withdraw_release(release: PressRelease, why: str, by: User) -> PressRelease:
    """Give a release up before it is sent. Raises Refused for one that has left."""
    speaker(by, release.municipality)
    held = PressRelease.objects.select_for_update().get(pk=release.pk)
    if held.state in ("sent", "withdrawn"):
        raise Refused("Релиз уже разослан или отозван: разошлите уточнение новым релизом.")
    reason = said(why, 500, "Почему отзываете")
    release.state = "withdrawn"
    release.save(update_fields=["state"])
    record(release, "outreach.release_withdrawn", by, release.municipality, why=reason)
    return release
