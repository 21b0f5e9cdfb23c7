"""A card written beforehand from what was seen: a case, a raw message, a finding; and the level its signs speak for."""

from datetime import datetime, timedelta

from django.db.models import Max

from otklik.cases.models import Case
from otklik.channels.incoming import Incoming
from otklik.channels.models import RawMessage
from otklik.common.models import Municipality
from otklik.language.personal import mask
from otklik.risks.levels import Proposal, Signs, propose
from otklik.risks.models import Reach, Risk, RiskProneTopic, Sighting, WatchedPage
from otklik.risks.noticing import names_in, names_of, plain_url
from otklik.risks.reaching import figures_in
from otklik.risks.selectors import levels_of, watched_pages
from otklik.risks.services.finding import Figures, Level, Seen

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


def from_case(case: Case) -> Seen:
    """The card of a risk seen in a case."""
    place = case.settlement
    return Seen(
        title=_title(case.topic.title if case.topic else case.gist),
        gist=case.gist or _gist(case.masked_text),
        source="case",
        link=case.outer_link if case.outer_link.startswith("http") else "",
        text=case.masked_text,
        page=_page_of(case.raw) if case.raw else None,
        raw=case.raw,
        case=case,
        topic=case.topic,
        settlement=place,
        reach=Figures(**figures_in(case.reach)),
    )


def from_raw(raw: RawMessage) -> Seen:
    """The card of a risk seen in a message as it came; its case, when it has one, comes with it."""
    case: Case | None = getattr(raw, "case", None)
    if case is not None:
        return from_case(case)
    told = Incoming.from_payload(raw.payload)
    text = mask(told.whole_text).text
    return Seen(
        title=_title(text),
        gist=_gist(text),
        source="post",
        link=told.link if told.link.startswith("http") else "",
        text=text,
        page=_page_of(raw),
        raw=raw,
        reach=Figures(**figures_in(told.reach)),
    )


def from_sighting(sighting: Sighting) -> Seen:
    """The card of a risk the machine noticed."""
    return Seen(
        title=_title(sighting.topic.title if sighting.topic else sighting.title),
        gist=_gist(sighting.text or sighting.title),
        source="spike" if sighting.kind == "spike" else "keyword",
        link=sighting.link if sighting.link.startswith("http") else "",
        text=sighting.text,
        page=sighting.page,
        raw=sighting.raw,
        case=sighting.case,
        sighting=sighting,
        topic=sighting.topic,
        settlement=sighting.settlement,
        reach=Figures(views=sighting.views),
    )


def level_for(municipality: Municipality, seen: Seen, now: datetime) -> Proposal:
    """The level that speaks from what is seen before a card is opened."""
    return propose(levels_of(municipality), signs_of_seen(municipality, seen, now))


def proposed(found: Proposal) -> Level:
    """The proposal as a person takes it in one click."""
    return Level(found.level_key, found.reason, tuple(one.criterion for one in found.met))


def signs_of_seen(municipality: Municipality, seen: Seen, now: datetime) -> Signs:
    """What can be counted and read of a risk not opened yet."""
    before = Risk.objects.filter(
        municipality=municipality, drill=False, began_at__gte=now - WEEK, began_at__lte=now
    )
    same = before.filter(topic=seen.topic) if seen.topic else before.none()
    return Signs(
        text=f"{seen.title} {seen.gist} {seen.text}",
        views=seen.reach.views,
        settlements=1 if seen.settlement else 0,
        pages=1 if seen.page or seen.link else 0,
        repeats_in_week=same.count(),
        is_top_page=_is_top(municipality, seen.page),
        usual_level=_usual(municipality, seen.topic.pk if seen.topic else None),
    )


def signs_of(risk: Risk, now: datetime) -> Signs:
    """What can be counted and read of a card: reach by hours, places and pages of its cases."""
    measures = [one for one in risk.reach.all() if one.round == risk.round]
    cases = risk.cases.select_related("case__settlement", "case__raw")
    places = {one.case.settlement_id for one in cases if one.case.settlement_id}
    pages = {names_in(one.case.raw)[0] for one in cases if one.case.raw and names_in(one.case.raw)}
    pages |= {plain_url(risk.page.url)} if risk.page else {risk.link} if risk.link else set()
    same = Risk.objects.filter(
        municipality=risk.municipality,
        drill=False,
        began_at__gte=now - WEEK,
        began_at__lte=now,
        topic=risk.topic,
    )
    return Signs(
        text=f"{risk.title} {risk.gist} {risk.kept_text}",
        views=next((one.views for one in reversed(measures) if one.views is not None), None),
        reactions_per_hour=_rate(measures, risk.began_at),
        growth=_growth(measures),
        settlements=len(places | ({risk.settlement_id} if risk.settlement_id else set())),
        pages=len(pages),
        repeats_in_week=same.exclude(pk=risk.pk).count() if risk.topic_id else 0,
        is_top_page=_is_top(risk.municipality, risk.page),
        usual_level=_usual(risk.municipality, risk.topic_id),
    )


def level_now(risk: Risk, now: datetime) -> Proposal:
    """The level that speaks from the card as it stands."""
    return propose(levels_of(risk.municipality), signs_of(risk, now))


def _rate(measures: list[Reach], began_at: datetime) -> float | None:
    """Reactions and comments an hour: between two measures where there are two, else since detection."""
    counted = [
        (one.at, (one.reactions or 0) + (one.comments or 0)) for one in measures if one.reactions is not None
    ]
    if not counted:
        return None
    at, last = counted[-1]
    since, first = counted[-2] if len(counted) > 1 else (began_at, 0)
    hours = (at - since) / HOUR
    return max(last - first, 0) / hours if hours > 0 else float(last)


def _growth(measures: list[Reach]) -> float | None:
    seen = [one.views for one in measures if one.views]
    return seen[-1] / seen[0] if len(seen) > 1 else None


def _is_top(municipality: Municipality, page: WatchedPage | None) -> bool:
    if page is None or not page.subscribers:
        return False
    most = watched_pages(municipality).filter(kind="local_pages").aggregate(most=Max("subscribers"))["most"]
    return bool(page.subscribers == most)


def _usual(municipality: Municipality, topic_id: int | None) -> str:
    if topic_id is None:
        return ""
    row = RiskProneTopic.objects.filter(municipality=municipality, until=None, topic_id=topic_id).first()
    return row.level_key if row else ""


def _page_of(raw: RawMessage) -> WatchedPage | None:
    told = set(names_in(raw))
    return next((one for one in watched_pages(raw.municipality) if names_of(one) & told), None)


def _title(text: str) -> str:
    line = " ".join(mask(text).text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"


def _gist(text: str) -> str:
    line = " ".join(mask(text).text.split())
    return line if len(line) <= 1000 else f"{line[:999]}…"
