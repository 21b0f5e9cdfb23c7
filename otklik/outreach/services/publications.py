"""The register of publications: a line with its proof is added, a mistaken one struck out with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import hold_town
from otklik.common.today import day_in
from otklik.outreach.models import MediaOutlet, OfficialPage, Publication
from otklik.outreach.services.guard import said, speaker
from otklik.outreach.words import PUBLICATIONS

PRINTED = "bulletin"


@dataclass(frozen=True)
class PublicationWords:
    """What was published where; `url` is the proof, a printed bulletin may have the number of its issue instead."""

    title: str
    kind: str
    on: date
    outlet: str = ""
    url: str = ""
    issue: str = ""
    about: str = ""
    media: MediaOutlet | None = None
    page: OfficialPage | None = None
    copy: StoredFile | None = None


@carries_out("BOR-ACT-4", "DEM-ACT-5", "DEM-ACT-5.1", "LOV-ACT-4")
@transaction.atomic
def publish(
    municipality: Municipality, told: PublicationWords, by: User | None, now: datetime
) -> Publication:
    """Write a publication down; the same link about the same thing is kept once, by two clicks at once too.

    `by` None is the machine. A mark of an act's publication (BOR-ACT-4, DEM-ACT-5, LOV-ACT-4) is a publication about
    "act:KEY". Raises Refused.
    """
    title = ""
    if by is not None:
        speaker(by, municipality)
        title = rights_of(by, municipality).title[:200]
    fields = _checked(municipality, told, day_in(municipality, now))
    if told.url:
        hold_town(municipality.pk)
        same = Publication.objects.filter(
            municipality=municipality, url=fields["url"], about=fields["about"], struck_at=None
        ).first()
        if same is not None:
            return same
    made = Publication.objects.create(municipality=municipality, at=now, by=by, by_title=title, **fields)
    record(made, "outreach.published", by, municipality, details={"about": made.about, "link": made.url})
    return made


def _checked(municipality: Municipality, told: PublicationWords, today: date) -> dict[str, object]:
    if told.kind not in PUBLICATIONS:
        raise Refused("Выберите из списка, где опубликовано.")
    url, issue = told.url.strip(), told.issue.strip()
    if not url and not issue:
        raise Refused("Нужно подтверждение: ссылка на публикацию или номер выпуска бюллетеня.")
    if not url and told.kind != PRINTED:
        raise Refused("Нужна ссылка: без неё хватает только номера печатного бюллетеня.")
    if url and not url.startswith(("https://", "http://")):
        raise Refused("Ссылка начинается с https://.")
    if told.on > today:
        raise Refused("День публикации ещё не наступил.")
    outlet = told.outlet.strip() or (told.page.title if told.page else "") or str(told.media or "")
    return {
        "title": said(told.title, 300, "О чём публикация"),
        "kind": told.kind,
        "outlet": said(outlet, 200, "Издание или страница"),
        "media": told.media,
        "page": told.page,
        "url": url[:500],
        "issue": issue[:60],
        "on": told.on,
        "about": _about(municipality, told.about.strip()),
        "copy": told.copy,
    }


def _about(municipality: Municipality, about: str) -> str:
    if about.startswith("act:") and about.removeprefix("act:") not in charter_of(municipality).acts:
        raise Refused("Такого акта в положении нет: выберите из списка.")
    return about[:60]


@transaction.atomic
def strike(publication: Publication, why: str, by: User, now: datetime) -> Publication:
    """Strike a mistaken line out; it stays in the history. Raises Refused."""
    speaker(by, publication.municipality)
    reason = said(why, 300, "Почему вычёркиваете")
    if not Publication.objects.filter(pk=publication.pk, struck_at=None).update(
        struck_at=now, struck_why=reason
    ):
        raise Refused("Эта строка уже вычеркнута: обновите страницу.")
    publication.refresh_from_db()
    record(publication, "outreach.publication_struck", by, publication.municipality, why=reason)
    return publication
