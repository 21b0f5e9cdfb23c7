"""The daily watch: which pages are looked at, each look with its result, findings decided upon, risk-prone topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels.models import Channel
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.risks.models import RiskProneTopic, Sighting, WatchDay, WatchedPage
from otklik.risks.rights import worker
from otklik.risks.selectors import levels_of
from otklik.risks.services.guard import address, plain, written
from otklik.risks.words import WATCHED
from otklik.topics.models import Topic


@dataclass(frozen=True)
class PageText:
    """A page or a chat to look at; `let_in` says who let the centre into a chat."""

    kind: str
    title: str
    url: str
    let_in: str = ""
    channel: Channel | None = None
    subscribers: int | None = None


@transaction.atomic
def watch_page(municipality: Municipality, text: PageText, by: User, now: datetime) -> WatchedPage:
    """Put an open page, or a chat whose owners let us in, under the daily watch."""
    worker(by, municipality)
    if text.kind not in WATCHED:
        raise Refused("Выберите: местная страница или чат с жителями.")
    if text.kind == "resident_chats" and not text.let_in.strip():
        raise Refused("Смотрим только чаты, куда нас впустили: напишите, кто впустил.")
    url = address(text.url, required=True).rstrip("/")
    if WatchedPage.objects.filter(municipality=municipality, url=url, until=None).exists():
        raise Refused("Эта страница уже под наблюдением.")
    made = WatchedPage.objects.create(
        municipality=municipality,
        kind=text.kind,
        title=written(text.title, "название", 160),
        url=url,
        let_in=plain(text.let_in)[:200],
        channel=text.channel,
        subscribers=text.subscribers,
        since=day_in(municipality, now),
    )
    record(made, "risks.page_watched", by, municipality, why=made.title[:300])
    return made


@transaction.atomic
def leave_page(page: WatchedPage, why: str, by: User, now: datetime) -> WatchedPage:
    """Look at the page no more; its log stays."""
    worker(by, page.municipality)
    held = WatchedPage.objects.select_for_update().get(pk=page.pk)
    if held.until is not None:
        raise Refused("За этой страницей уже не наблюдают.")
    said = written(why, "почему", 300)
    held.until = day_in(held.municipality, now)
    held.save(update_fields=["until"])
    record(held, "risks.page_left", by, held.municipality, why=f"{held.title}: {said}"[:300])
    return held


@carries_out("DEM-RISK-1.1", "DEM-RISK-1.2")
@transaction.atomic
def log_look(page: WatchedPage, found: int, by: User, now: datetime, words: str = "") -> WatchDay:
    """Write down a look at the page today (DEM-RISK-1.1, 1.2); `found` zero is «ничего не найдено».

    The log is kept on the day itself: a day that passed without a look stays missing.
    """
    rights = worker(by, page.municipality)
    if not WatchedPage.objects.filter(pk=page.pk, until=None).exists():
        raise Refused("За этой страницей больше не наблюдают.")
    if not 0 <= found <= 999:
        raise Refused("Сколько найдено — число от нуля.")
    if found and not words.strip():
        raise Refused("Напишите, что найдено.")
    made = WatchDay.objects.create(
        municipality=page.municipality,
        page=page,
        day=day_in(page.municipality, now),
        at=now,
        by=by,
        by_title=rights.title[:200],
        found=found,
        words=plain(words)[:500],
    )
    said = f"{page.title}: {made.words or 'ничего не найдено'}"
    record(made, "risks.looked", by, page.municipality, why=said[:300])
    return made


@transaction.atomic
def log_nothing(pages: Sequence[WatchedPage], by: User, now: datetime) -> int:
    """«Ничего не найдено» for several pages at once; returns how many."""
    for page in pages:
        log_look(page, 0, by, now)
    return len(pages)


@transaction.atomic
def dismiss(sighting: Sighting, why: str, by: User, now: datetime) -> Sighting:
    """What the machine noticed is no risk, with a reason."""
    worker(by, sighting.municipality)
    held = Sighting.objects.select_for_update().get(pk=sighting.pk)
    if held.state != "new":
        raise Refused("Эту находку уже разобрали. Обновите страницу.")
    held.state, held.why = "not_risk", written(why, "почему не риск", 300)
    held.decided_by, held.decided_at = by, now
    held.save(update_fields=["state", "why", "decided_by", "decided_at"])
    record(held, "risks.dismissed", by, held.municipality, why=held.why)
    return held


@carries_out("DEM-RISK-1.4")
@transaction.atomic
def list_prone(
    municipality: Municipality,
    topic: Topic,
    why: str,
    by: User,
    now: datetime,
    signs: Sequence[str] = (),
    level_key: str = "",
) -> RiskProneTopic:
    """Enter a topic of municipal level into the register of risk-prone ones (DEM-RISK-1.4)."""
    rights = worker(by, municipality)
    if RiskProneTopic.objects.filter(municipality=municipality, topic=topic, until=None).exists():
        raise Refused("Эта тема уже в перечне рискогенных.")
    if level_key and level_key not in levels_of(municipality):
        raise Refused("Выберите уровень из списка положения.")
    made = RiskProneTopic.objects.create(
        municipality=municipality,
        topic=topic,
        why=written(why, "почему рискогенная", 300),
        signs=[plain(one)[:80] for one in signs if one.strip()],
        level_key=level_key,
        since=now,
        by=by,
        by_title=rights.title[:200],
    )
    record(made, "risks.prone_listed", by, municipality, why=topic.title[:300])
    return made


@transaction.atomic
def strike_prone(row: RiskProneTopic, why: str, by: User, now: datetime) -> RiskProneTopic:
    """Take a topic off the register; the line stays with its dates."""
    worker(by, row.municipality)
    held = RiskProneTopic.objects.select_for_update(of=("self",)).select_related("topic").get(pk=row.pk)
    if held.until is not None:
        raise Refused("Эта тема уже исключена из перечня.")
    said = written(why, "почему исключаем", 300)
    held.until = now
    held.save(update_fields=["until"])
    record(held, "risks.prone_struck", by, held.municipality, why=f"{held.topic.title}: {said}"[:300])
    return held
