"""What the machine notices for the officer: posts of watched pages, risk-prone topics in networks, spikes of cases.

It only proposes: a finding waits until a person makes a risk of it or says why it is none. Only open pages and chats
that let us in are looked at, and only what their channels have brought; texts are kept masked.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from otklik.analytics.criteria.models import Finding
from otklik.cases.models import Case
from otklik.channels.adapters.keywords import Keywords
from otklik.channels.incoming import Incoming
from otklik.channels.models import RawMessage
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.language.personal import mask
from otklik.risks.models import RiskProneTopic, Sighting, WatchDay, WatchedPage
from otklik.risks.selectors import is_kept, prone_topics, watched_pages

BACK = timedelta(days=2)
NETWORKS = ("vk", "ok", "telegram", "max", "public_pages", "incident")
SPIKES = ("spike", "growth", "mass")
"""Comparisons of the analysis that speak of a sudden flow."""
MOST = 500
COMMUNITY = re.compile(r"^vk\.(?:com|ru)/(?:club|public)(\d+)$")
OWNER = re.compile(r"vk\.(?:com|ru)/wall-(\d+)_")


def notice(municipality: Municipality, now: datetime) -> int:
    """Leave findings of the last two days, each once; returns how many are new. Safe to run again."""
    if not is_kept(municipality):
        return 0
    pages = list(watched_pages(municipality))
    prone = list(prone_topics(municipality))
    found = [
        *_posts(municipality, pages, now),
        *_prone(municipality, prone, now),
        *_spikes(municipality, now),
    ]
    known = set(
        Sighting.objects.filter(municipality=municipality, key__in=[one.key for one in found]).values_list(
            "key", flat=True
        )
    )
    # A post of a watched page says more than its topic does: the first of two finds of one thing is kept.
    new = {one.key: one for one in reversed(found) if one.key not in known}
    Sighting.objects.bulk_create(new.values(), ignore_conflicts=True)
    _log_reading(municipality, pages, list(new.values()), now)
    return len(new)


def _posts(municipality: Municipality, pages: list[WatchedPage], now: datetime) -> Iterator[Sighting]:
    """Posts that channels brought from open pages by their key words, and what was said in chats under watch."""
    by_name = {name: one for one in pages for name in names_of(one)}
    by_channel = {one.channel_id: one for one in pages if one.channel_id and one.kind == "resident_chats"}
    rows = RawMessage.objects.filter(
        municipality=municipality, came_at__gte=now - BACK, came_at__lte=now, channel__kind__in=NETWORKS
    )
    for raw in rows.select_related("case__topic", "case__settlement").order_by("-came_at", "-pk")[:MOST]:
        told = names_in(raw)
        page = next((by_name[one] for one in told if one in by_name), None) or by_channel.get(raw.channel_id)
        if page is not None or is_open_page(raw):
            yield _of_raw(raw, page)


def plain_url(url: str) -> str:
    """An address as it is compared: without the scheme, «www.», «m.» and the closing slash; a community of VK by its
    number, however it is called."""
    bare = url.strip().lower().partition("://")[2] or url.strip().lower()
    for start in ("www.", "m."):
        bare = bare.removeprefix(start)
    return COMMUNITY.sub(r"vk.com/club\1", bare.rstrip("/"))


def names_of(page: WatchedPage) -> set[str]:
    """By what a message may name the page it came from: its address or its title."""
    return {plain_url(page.url), page.title.strip().lower()}


def names_in(raw: RawMessage) -> list[str]:
    """What the message says of its page: adapters give an address or a title, the link of a post names its owner."""
    payload = raw.payload if isinstance(raw.payload, dict) else {}
    told = str(payload.get("page") or "")
    owner = OWNER.search(str(payload.get("link") or ""))
    found = [plain_url(told), told.strip().lower(), f"vk.com/club{owner.group(1)}" if owner else ""]
    return [one for one in found if one]


def is_open_page(raw: RawMessage) -> bool:
    """Whether it is a post of a page of others: only the reading of open pages gives an address for the page."""
    return isinstance(raw.payload, dict) and str(raw.payload.get("page") or "").startswith("http")


def _of_raw(raw: RawMessage, page: WatchedPage | None) -> Sighting:
    told = Incoming.from_payload(raw.payload)
    case: Case | None = getattr(raw, "case", None)
    text = mask(told.whole_text).text
    where = f"запись на странице «{page.title}»" if page else "запись на открытой странице"
    return Sighting(
        municipality=raw.municipality,
        kind="keyword",
        key=f"raw:{raw.pk}",
        at=raw.came_at,
        title=_short(text),
        text=text,
        reason=f"{where}, прочитано по ключевым словам канала"[:300],
        link=told.link[:500],
        page=page,
        raw=raw,
        case=case,
        topic=case.topic if case else None,
        settlement=case.settlement if case else None,
        views=told.reach.get("views"),
    )


def _prone(municipality: Municipality, prone: list[RiskProneTopic], now: datetime) -> Iterator[Sighting]:
    """Cases from networks on a topic of the register, or with its words."""
    topics = {one.topic_id: one for one in prone}
    words = [(one, Keywords(one.signs)) for one in prone if one.signs]
    if not prone:
        return
    rows = Case.objects.filter(
        municipality=municipality, came_at__gte=now - BACK, came_at__lte=now, channel__kind__in=NETWORKS
    )
    for case in rows.select_related("raw", "topic", "settlement").order_by("-came_at", "-pk")[:MOST]:
        found = topics.get(case.topic_id or 0) or _by_words(case.masked_text, words)
        if found is not None:
            yield Sighting(
                municipality=municipality,
                kind="prone",
                key=f"raw:{case.raw_id}" if case.raw_id else f"case:{case.pk}",
                at=case.came_at,
                title=_short(case.gist or case.masked_text),
                text=case.masked_text,
                reason=f"рискогенная тема «{found.topic.title}»: {found.why}"[:300],
                link=case.outer_link,
                raw=case.raw,
                case=case,
                topic=case.topic,
                settlement=case.settlement,
                views=case.reach.get("views"),
            )


def _by_words(text: str, known: Iterable[tuple[RiskProneTopic, Keywords]]) -> RiskProneTopic | None:
    return next((row for row, words in known if words.found_in(text)), None)


def _spikes(municipality: Municipality, now: datetime) -> Iterator[Sighting]:
    """What the automatic analysis found of a sudden flow of cases."""
    rows = Finding.objects.filter(
        municipality=municipality,
        at__gte=now - BACK,
        at__lte=now,
        criterion__comparison__in=SPIKES,
        decision="",
    )
    for one in rows.order_by("-at", "-pk")[:MOST]:
        yield Sighting(
            municipality=municipality,
            kind="spike",
            key=f"finding:{one.pk}",
            at=one.at,
            title=_short(one.text),
            text=one.text,
            reason=one.formula[:300],
            link=one.link,
        )


def _log_reading(
    municipality: Municipality, pages: Iterable[WatchedPage], new: list[Sighting], now: datetime
) -> None:
    """The machine's own line of the daily log, for pages whose channel is read; a person's look is still owed."""
    day = day_in(municipality, now)
    for page in pages:
        if page.channel_id is None:
            continue
        row = WatchDay.objects.get_or_create(
            municipality=municipality,
            page=page,
            day=day,
            by=None,
            defaults={"at": now, "words": "прочитано каналом"},
        )[0]
        if count := sum(one.page_id == page.pk for one in new):
            row.found, row.at = row.found + count, now
            row.save(update_fields=["found", "at"])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
