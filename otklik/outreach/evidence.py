"""Queries that prove clauses about pages, publications of acts, media and open data."""

from datetime import datetime

from otklik.charter.evidence import Evidence, Rows, counted, during, proves
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.outreach.dialogue import sent_in
from otklik.outreach.models import (
    DatasetIssue,
    LawCheck,
    MediaTalk,
    OfficialPage,
    PageCheck,
    Publication,
)

PAGES, MEDIA, REGISTER, DATA = "/pages/", "/pages/media/", "/pages/publications/", "/pages/data/"
DIALOGUE = "/pages/dialogue/"


@proves("charter.publication")
def acts_published(municipality: Municipality, period: Period) -> Evidence:
    """Marks of publication of the charter's acts by the end of the period: where, a link or a number, the day."""
    keys = [f"act:{key}" for key in charter_of(municipality, period.until).acts]
    rows = Publication.objects.filter(
        municipality=municipality, about__in=keys, struck_at=None, on__lte=period.until
    )
    places = rows.order_by("outlet").values_list("outlet", flat=True).distinct()
    told = f"где: {', '.join(places)}" if rows else ""
    return counted(rows, "at", REGISTER, told)


@proves("outreach.pages")
def pages(municipality: Municipality, period: Period) -> Evidence:
    """Pages with a responsible post that were looked at in the period; each look is a record."""
    looks = PageCheck.objects.filter(**during("at", municipality, period))
    kept = looks.exclude(page__responsible_post=None, page__responsible_words="")
    found = kept.order_by().values_list("page", flat=True).distinct()
    newest: datetime | None = kept.order_by("-at").values_list("at", flat=True).first()
    gaps = OfficialPage.objects.filter(pk__in=found).exclude(gaps=[]).count()
    told = f"с пробелами: {gaps}" if found else ""
    return Evidence(len(found), newest, PAGES, told, rows=(Rows(kept, "at"),))


@proves("outreach.law_checks")
def law_checks(municipality: Municipality, period: Period) -> Evidence:
    """Check lists of 8-ФЗ filled in during the period."""
    rows = LawCheck.objects.filter(**during("at", municipality, period))
    failed = rows.filter(passed=False).count()
    return counted(rows, "at", PAGES, f"с замечаниями {count(failed, 'лист', 'листа', 'листов')}")


@proves("outreach.dialogue")
def dialogue(municipality: Municipality, period: Period) -> Evidence:
    """Answers and posts that left to networks in the period, with publications of the register."""
    sent = sent_in(municipality, period)
    told = Publication.objects.filter(struck_at=None, **during("at", municipality, period))
    answers, written = counted(sent, "sent_at", DIALOGUE), counted(told, "at", REGISTER)
    last = max((one for one in (answers.last_at, written.last_at) if one), default=None)
    words = f"ответов и записей {answers.count}, публикаций {written.count}"
    whole = answers.count + written.count
    return Evidence(whole, last, DIALOGUE, words if whole else "", rows=(*answers.rows, *written.rows))


@proves("outreach.media_contacts")
def media_contacts(municipality: Municipality, period: Period) -> Evidence:
    """Contacts with media and opinion leaders in the period."""
    rows = MediaTalk.objects.filter(**during("at", municipality, period))
    outlets = rows.values("outlet").distinct().count()
    return counted(rows, "at", MEDIA, f"изданий и лидеров мнения: {outlets}")


@proves("outreach.open_statistics")
def open_statistics(municipality: Municipality, period: Period) -> Evidence:
    """Issues of open data published in the period."""
    rows = DatasetIssue.objects.filter(**during("at", municipality, period))
    sets = rows.values("dataset").distinct().count()
    return counted(rows.defer("csv"), "at", DATA, f"наборов: {sets}")
