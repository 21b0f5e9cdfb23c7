"""Questions about pages, publications, media and releases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.charter.selectors import charter_of, parameter
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.outreach import rules
from otklik.outreach.models import (
    DatasetIssue,
    LawCheck,
    MediaOutlet,
    MediaTalk,
    OfficialPage,
    OpenDataset,
    PressRelease,
    Publication,
)

NORM, LAW_DAYS = "outreach.posts_per_week", "outreach.law_check_days"
SMALLEST = "open_data.min_count"
MOST_WAITING = 20


def pages_of(municipality: Municipality) -> QuerySet[OfficialPage]:
    """Every page of the register, closed ones too."""
    rows = OfficialPage.objects.filter(municipality=municipality)
    return rows.select_related("responsible_post", "channel", "municipality")


def open_pages(municipality: Municipality) -> QuerySet[OfficialPage]:
    """Pages that are kept now."""
    return pages_of(municipality).filter(closed_on=None)


@dataclass(frozen=True)
class PageFilter:
    """What the register is asked for; `show` is open, gaps or closed."""

    show: str = "open"
    network: str = ""
    owner: str = ""
    q: str = ""

    @classmethod
    def from_query(cls, query: Any) -> "PageFilter":
        show = query.get("show", "open")
        return cls(
            show if show in ("open", "gaps", "closed") else "open",
            query.get("network", ""),
            query.get("owner", ""),
            query.get("q", "").strip()[:100],
        )

    def apply(self, rows: QuerySet[OfficialPage]) -> QuerySet[OfficialPage]:
        found = rows.filter(closed_on__isnull=self.show != "closed")
        if self.show == "gaps":
            found = found.exclude(gaps=[])
        exact = {"network": self.network, "owner": self.owner}
        found = found.filter(**{name: value for name, value in exact.items() if value})
        if self.q:
            words = Q(title__icontains=self.q) | Q(organisation__icontains=self.q) | Q(url__icontains=self.q)
            found = found.filter(words)
        return found


def counts_of_pages(municipality: Municipality) -> dict[str, int]:
    """How many pages each view holds and how many wait for their first check, in one question."""
    is_open = Q(closed_on=None)
    found: dict[str, int] = OfficialPage.objects.filter(municipality=municipality).aggregate(
        open=Count("pk", filter=is_open),
        gaps=Count("pk", filter=is_open & ~Q(gaps=[])),
        closed=Count("pk", filter=~is_open),
        unchecked=Count("pk", filter=is_open & Q(checked_at=None)),
    )
    return found


def uncovered(municipality: Municipality) -> list[tuple[str, str]]:
    """Organisations of the register without a page in a network the law names."""
    kept = OfficialPage.objects.filter(municipality=municipality, closed_on=None)
    return rules.uncovered(kept.values_list("organisation", "network").distinct())


def by_owner(municipality: Municipality) -> list[tuple[str, list[OfficialPage]]]:
    """Open pages by the organisations they speak for, the administration first."""
    found: dict[str, list[OfficialPage]] = {}
    for page in sorted(open_pages(municipality), key=lambda one: one.owner != "administration"):
        found.setdefault(page.organisation, []).append(page)
    return list(found.items())


def due_pages(municipality: Municipality, now: datetime, most: int) -> list[OfficialPage]:
    """Open pages whose time to be looked at has come, the longest unseen first."""
    old = Q(checked_at=None) | Q(checked_at__lte=now - rules.CHECK_EVERY)
    rows = open_pages(municipality).filter(old).prefetch_related("channel__secrets")
    return list(rows.order_by("checked_at", "pk")[:most])


def norm_of(page: OfficialPage, on: date) -> int:
    """Posts a week the page owes: its own norm, else the charter's; a site owes none unless it is said."""
    if page.posts_per_week is not None:
        return page.posts_per_week
    return 0 if page.network == "site" else _whole(page.municipality, NORM, on, 3)


def law_days_of(municipality: Municipality, on: date) -> int:
    """How long a check list of 8-ФЗ holds, days."""
    return _whole(municipality, LAW_DAYS, on, 180)


def smallest_of(municipality: Municipality, on: date) -> int:
    """The least count that is shown in open data."""
    return _whole(municipality, SMALLEST, on, 5)


def _whole(municipality: Municipality, key: str, on: date, usual: int) -> int:
    value = parameter(municipality, key, on).value
    return value if isinstance(value, int) and not isinstance(value, bool) else usual


def owner_of(municipality: Municipality) -> str:
    """The administration by its whole name: it speaks and owns what is published."""
    charter = charter_of(municipality)
    own = (one.name for one in charter.bodies.values() if one.kind == "administration")
    return next(own, charter.identity.name)


def facts_of(page: OfficialPage, on: date) -> rules.PageFacts:
    """What the register knows of a page, with its newest check list."""
    newest = LawCheck.objects.filter(page=page).first()
    return rules.PageFacts(
        network=page.network,
        organisation=page.organisation,
        responsible=page.responsible,
        act=page.act,
        verified=page.verified,
        posts_per_week=norm_of(page, on),
        site=charter_of(page.municipality, on).identity.site,
        law_on=newest.on if newest else None,
        law_passed=bool(newest and newest.passed),
        law_failed=[code for code, answer in newest.marks.items() if answer == "no"] if newest else [],
    )


def posts_in_week(page: OfficialPage, now: datetime) -> int:
    """Publications on the page in the last seven days, as the register has them."""
    today = day_in(page.municipality, now)
    rows = Publication.objects.filter(municipality_id=page.municipality_id, page=page, struck_at=None)
    return rows.filter(on__gt=today - timedelta(days=7), on__lte=today).count()


def publications_of(municipality: Municipality) -> QuerySet[Publication]:
    """The register, struck lines left out."""
    rows = Publication.objects.filter(municipality=municipality, struck_at=None)
    return rows.select_related("media", "page", "copy")


def publications_about(municipality: Municipality, about: str) -> QuerySet[Publication]:
    """Publications of one thing: «risk:12», «act:creation», «release:4»."""
    return publications_of(municipality).filter(about=about)


def act_marks(municipality: Municipality) -> list[tuple[str, str, list[Publication]]]:
    """Acts of the charter with the marks of their publication: (key, title, publications)."""
    acts = charter_of(municipality).acts.values()
    marks: dict[str, list[Publication]] = {}
    for one in publications_of(municipality).filter(about__startswith="act:"):
        marks.setdefault(one.about.removeprefix("act:"), []).append(one)
    return [(act.key, act.title, marks.get(act.key, [])) for act in acts]


def outlets_of(municipality: Municipality) -> QuerySet[MediaOutlet]:
    """Media and opinion leaders kept now, each with the moment of the last contact."""
    rows = MediaOutlet.objects.filter(municipality=municipality, closed_on=None)
    return rows.annotate(talked_at=Max("talks__at")).order_by("title", "pk")


def talks_of(municipality: Municipality) -> QuerySet[MediaTalk]:
    """The journal of contacts, the newest first."""
    return MediaTalk.objects.filter(municipality=municipality).select_related("outlet", "contact")


def waiting_talks(municipality: Municipality) -> QuerySet[MediaTalk]:
    """Requests of media that we have promised to answer and have not."""
    rows = talks_of(municipality).filter(answer_due_on__isnull=False, answered_on=None)
    return rows.order_by("answer_due_on", "pk")


def releases_of(municipality: Municipality) -> QuerySet[PressRelease]:
    """Press releases with how many letters have left."""
    rows = PressRelease.objects.filter(municipality=municipality).select_related("speaker", "municipality")
    left = Count("sendings", filter=Q(sendings__outgoing__state="sent"))
    return rows.annotate(letters=Count("sendings"), left=left).order_by("-number")


@dataclass(frozen=True)
class Waiting:
    """A thing of the press that waits for a person: what, of which kind, by which day, where."""

    title: str
    kind: str
    due: date | None
    link: str


def press_waiting(user: User, rights: Rights, municipality: Municipality) -> list[Waiting]:
    """Releases whose agreement is the person's, answers promised to the media by those who keep pages."""
    found = []
    if "outreach.approve" in rights.permissions:
        asked = PressRelease.objects.filter(municipality=municipality, state="approval")
        found += [
            Waiting(one.title, "пресс-релиз на согласовании", None, f"/pages/releases/{one.number}/")
            for one in asked.exclude(written_by=user).order_by("number")[:MOST_WAITING]
        ]
    if "outreach.publish" in rights.permissions:
        found += [
            Waiting(one.gist, f"ответ: {one.outlet}", one.answer_due_on, f"/pages/media/{one.outlet_id}/")
            for one in waiting_talks(municipality)[:MOST_WAITING]
        ]
    return found


def datasets_of(municipality: Municipality) -> QuerySet[OpenDataset]:
    """Sets of open data with their responsible posts."""
    return OpenDataset.objects.filter(municipality=municipality).select_related("responsible_post")


def newest_issues(datasets: Iterable[OpenDataset]) -> dict[int, DatasetIssue]:
    """The newest issue of each set, without its table."""
    rows = DatasetIssue.objects.filter(dataset__in=list(datasets)).defer("csv")
    return {one.dataset_id: one for one in rows.order_by("dataset_id", "number")}
