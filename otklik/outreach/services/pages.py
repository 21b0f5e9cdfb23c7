"""The register of official pages: a page is added, changed, closed, looked at, compared with the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.looking import Sight
from otklik.channels.models import Channel
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.common.words import tie
from otklik.outreach import rules
from otklik.outreach.models import LawCheck, OfficialPage, PageCheck
from otklik.outreach.selectors import facts_of, law_days_of, posts_in_week
from otklik.outreach.services.guard import PUBLISH, said, speaker
from otklik.outreach.words import NETWORKS, OWNERS

LINK = "/pages/"


@dataclass(frozen=True)
class PageWords:
    """What the register says of a page; `posts_per_week` None means the charter's norm."""

    title: str
    network: str
    url: str
    organisation: str
    owner: str = "administration"
    outer_id: str = ""
    channel: Channel | None = None
    body_key: str = ""
    responsible_post: Post | None = None
    responsible_words: str = ""
    act: str = ""
    verified_on: date | None = None
    in_publics_system: bool = False
    posts_per_week: int | None = None
    opened_on: date | None = None


@carries_out("DEM-2.2.11", "BOG-I.2.6", "BOG-III.4.6.2")
@transaction.atomic
def add_page(municipality: Municipality, told: PageWords, by: User, now: datetime) -> OfficialPage:
    """Add a page to the register (DEM-2.2.11, BOG-III.4.6.2); it is looked at by the next timer. Raises Refused."""
    speaker(by, municipality)
    today = day_in(municipality, now)
    fields = _checked(told, today, today)
    if OfficialPage.objects.filter(municipality=municipality, url=fields["url"], closed_on=None).exists():
        raise Refused("Эта страница уже в реестре: найдите её по адресу и поправьте запись.")
    page = OfficialPage.objects.create(municipality=municipality, **fields)
    record(page, "outreach.page_added", by, municipality, details={"url": page.url})
    return page


@carries_out("DEM-2.2.11", "BOG-III.4.6.2")
@transaction.atomic
def change_page(page: OfficialPage, told: PageWords, by: User, now: datetime) -> OfficialPage:
    """Change what the register says of a page; the next timer looks at it anew. Raises Refused."""
    speaker(by, page.municipality)
    _open(page)
    fields = _checked(told, page.opened_on, day_in(page.municipality, now))
    twin = OfficialPage.objects.filter(municipality=page.municipality, url=fields["url"], closed_on=None)
    if twin.exclude(pk=page.pk).exists():
        raise Refused("Страница с таким адресом уже в реестре.")
    for name, value in fields.items():
        setattr(page, name, value)
    page.checked_at = None
    page.save(update_fields=[*fields, "checked_at"])
    record(page, "outreach.page_changed", by, page.municipality, details={"url": page.url})
    return page


def _checked(told: PageWords, opened_on: date, today: date) -> dict[str, object]:
    if told.network not in NETWORKS or told.owner not in OWNERS:
        raise Refused("Выберите из списка площадку и владельца страницы.")
    url = told.url.strip()
    rules.check_address(told.network, url)
    if told.posts_per_week is not None and not 0 <= told.posts_per_week <= 100:
        raise Refused("Норма — число записей в неделю, от 0 до 100.")
    if told.verified_on and told.verified_on > today:
        raise Refused("День подтверждения ещё не наступил.")
    return {
        "title": said(told.title, 160, "Название"),
        "network": told.network,
        "url": url[:300],
        "outer_id": told.outer_id.strip()[:200],
        "channel": told.channel,
        "owner": told.owner,
        "organisation": said(told.organisation, 300, "Чья страница"),
        "body_key": told.body_key[:60],
        "responsible_post": told.responsible_post,
        "responsible_words": said(told.responsible_words, 200, "Ответственная должность", must=False),
        "act": told.act.strip()[:300],
        "verified": told.verified_on is not None,
        "verified_on": told.verified_on,
        "in_publics_system": told.in_publics_system,
        "posts_per_week": told.posts_per_week,
        "opened_on": told.opened_on or opened_on,
    }


@transaction.atomic
def close_page(page: OfficialPage, why: str, by: User, now: datetime) -> OfficialPage:
    """The page is kept no more; the record stays. Raises Refused."""
    speaker(by, page.municipality)
    _open(page)
    page.close_reason = said(why, 300, "Почему закрыта")
    page.closed_on = max(day_in(page.municipality, now), page.opened_on)
    page.save(update_fields=["close_reason", "closed_on"])
    record(page, "outreach.page_closed", by, page.municipality, why=page.close_reason)
    return page


def _open(page: OfficialPage) -> None:
    if page.closed_on:
        raise Refused("Страница закрыта: внесите её заново, если её снова ведут.")


@transaction.atomic
def ask_check(page: OfficialPage, by: User) -> None:
    """Have the timer look at the page in its next turn; nothing is asked outside from here. Raises Refused."""
    speaker(by, page.municipality)
    _open(page)
    OfficialPage.objects.filter(pk=page.pk).update(checked_at=None)


@carries_out("DEM-2.2.11", "BOG-III.4.6.2")
@transaction.atomic
def keep_check(page: OfficialPage, sight: Sight, now: datetime, by: User | None = None) -> PageCheck:
    """Keep what a look brought, with every gap and what to do; a new gap is told to who keeps pages."""
    town = page.municipality
    found = findings_now(page, sight, now)
    gaps = rules.gaps_of(found)
    last = max((one for one in (sight.last_post_at, page.last_post_at) if one), default=None)
    check = PageCheck.objects.create(
        municipality=town,
        page=page,
        at=now,
        by=by,
        answers=sight.answers,
        last_post_at=last,
        posts_in_week=sight.posts_in_week,
        followers=sight.followers,
        findings=[one.to_data() for one in found],
        gaps=len(gaps),
    )
    fresh = rules.new_gaps([one["code"] for one in page.gaps], found)
    page.gaps, page.checked_at, page.last_post_at = [one.to_data() for one in gaps], now, last
    page.save(update_fields=["gaps", "checked_at", "last_post_at"])
    if fresh:
        _tell(page, fresh)
    return check


def findings_now(page: OfficialPage, sight: Sight, now: datetime) -> list[rules.Finding]:
    """Lines of a check made of a look, the register and the newest check list."""
    town = page.municipality
    seen = rules.Seen(
        answers=False if sight.silent and _was_silent(page, sight) else sight.answers,
        words=sight.words,
        last_post_at=sight.last_post_at or page.last_post_at,
        posts_in_week=_in_week(page, sight, now),
        verified=sight.verified,
        text=sight.text,
    )
    today = day_in(town, now)
    return rules.findings(facts_of(page, today), seen, now, today, law_days_of(town, today))


def _was_silent(page: OfficialPage, sight: Sight) -> bool:
    """Whether the look before met the same silence: once it may be our own line, twice it is the page."""
    before = page.checks.first()
    return before is not None and any(one["words"] == sight.words for one in before.findings)


def _in_week(page: OfficialPage, sight: Sight, now: datetime) -> int | None:
    """What the network counts; where it does not, what the register of publications holds, if it holds anything."""
    if sight.posts_in_week is not None:
        return sight.posts_in_week
    return posts_in_week(page, now) or None


def _tell(page: OfficialPage, fresh: list[rules.Finding]) -> None:
    told = f"Страница «{page.title}»: {' '.join(one.words for one in fresh)}"
    leave_notice(page.municipality, tie(told)[:300], f"{LINK}{page.pk}/", permission=PUBLISH)
    codes = [one.code for one in fresh]
    record(page, "outreach.page_gaps", None, page.municipality, details={"gaps": codes})


def note_post(page: OfficialPage, at: datetime) -> None:
    """A post has been placed on the page at this moment; an older one changes nothing."""
    older = OfficialPage.objects.filter(pk=page.pk)
    older.filter(last_post_at=None).update(last_post_at=at)
    older.filter(last_post_at__lt=at).update(last_post_at=at)


@carries_out("DEM-2.2.11.1")
@transaction.atomic
def note_law_check(
    page: OfficialPage, marks: Mapping[str, str], notes: Mapping[str, str], by: User, now: datetime
) -> LawCheck:
    """Keep the dated check list of 8-ФЗ (DEM-2.2.11.1). Raises Refused while a mark has no answer or «нет» no words."""
    rights = speaker(by, page.municipality)
    _open(page)
    passed = rules.check_marks(marks)
    kept = {code: said(text, 300, "Замечание") for code, text in notes.items() if text.strip()}
    bare = [code for code in rules.LAW_MARKS if marks[code] == "no" and code not in kept]
    if bare:
        raise Refused(f"«{rules.LAW_MARKS[bare[0]]}» — нет: напишите, что исправить.")
    check = LawCheck.objects.create(
        municipality=page.municipality,
        page=page,
        on=day_in(page.municipality, now),
        at=now,
        by=by,
        by_title=rights.title[:200],
        marks={code: marks[code] for code in rules.LAW_MARKS},
        notes={code: text for code, text in kept.items() if code in rules.LAW_MARKS},
        passed=passed,
    )
    OfficialPage.objects.filter(pk=page.pk).update(checked_at=None)
    record(page, "outreach.law_checked", by, page.municipality, details={"passed": passed})
    return check
