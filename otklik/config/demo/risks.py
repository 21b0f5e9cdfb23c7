"""Information risks of a demo town: pages under watch, and a risk in each state of the procedure.

Used by `otklik demo` and by the played year; everything is done through the services, as people do it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts, people_with
from otklik.common.models import Municipality
from otklik.config.demo.rumours import PAGES, RUMOURS, Rumour
from otklik.outreach.content import services as content
from otklik.outreach.content.models import Post as PagePost
from otklik.outreach.models import OfficialPage
from otklik.places.models import Settlement
from otklik.risks import prefill, services
from otklik.risks.chat.services import note_sent_by_hand
from otklik.risks.models import Alert, Placement, Risk, RiskProneTopic, WatchedPage
from otklik.risks.selectors import has_chat, is_kept, levels_of
from otklik.risks.services import Figures, Level, Observed, PageText, Place, Seen
from otklik.topics.models import Topic

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ENDS = ("found", "alert", "verification", "work", "answer_placed", "report", "reaction", "closed")


@dataclass(frozen=True)
class Desk:
    """Who leads and closes risks in the town, who agrees to posts, from which pages it speaks."""

    town: Municipality
    officer: User
    closer: User
    approver: User | None
    posts: Sequence[Post]
    settlements: Sequence[Settlement]
    pages: Sequence[OfficialPage]


def desk_of(town: Municipality) -> Desk | None:
    """The desk of the town; None where the charter keeps no risks or gives nobody the right to lead them."""
    officer, closer = _with(town, "risks.work"), _with(town, "risks.close")
    if not is_kept(town) or officer is None or closer is None:
        return None
    held = held_posts(town).order_by("pk").values_list("post_id", flat=True)
    return Desk(
        town=town,
        officer=officer,
        closer=closer,
        approver=_with(town, "outreach.publish"),
        posts=list(Post.objects.filter(pk__in=held).order_by("pk")),
        settlements=list(Settlement.objects.filter(municipality=town).order_by("pk")[:8]),
        pages=list(OfficialPage.objects.filter(municipality=town, closed_on=None).order_by("pk")[:3]),
    )


def _with(town: Municipality, permission: str) -> User | None:
    return people_with(permission, town).order_by("pk").first()


def open_watch(desk: Desk, now: datetime) -> list[WatchedPage]:
    """Put the pages of the town under watch and list its risk-prone topics, once."""
    town, officer = desk.town, desk.officer
    if not WatchedPage.objects.filter(municipality=town).exists():
        for place, (kind, title, url, let_in) in enumerate(PAGES):
            text = PageText(kind, title, url.format(key=town.key), let_in, None, 4200 - 1500 * place)
            services.watch_page(town, text, officer, now)
    if not RiskProneTopic.objects.filter(municipality=town).exists():
        for group, why in (("water", "повторяется каждую весну"), ("heating", "каждый отопительный сезон")):
            topic = Topic.objects.filter(group=group, is_open=True).order_by("position").first()
            if topic is not None:
                services.list_prone(town, topic, why, officer, now, (), "medium")
    return list(WatchedPage.objects.filter(municipality=town, until=None))


def log_day(desk: Desk, pages: Sequence[WatchedPage], now: datetime, found: str = "") -> None:
    """A look at every page; what was found stands on the first."""
    for place, page in enumerate(pages):
        said = found if not place else ""
        services.log_look(page, 1 if said else 0, desk.officer, now, said)


def live(desk: Desk, rumour: Rumour, start: datetime, end: str, now: datetime, drill: bool = False) -> Risk:
    """Lead one risk from `start` up to the state `end`, never past `now`; returns its card."""
    at = _Clock(start, now)
    risk = _found(desk, rumour, start, drill)
    way = [state for state in ENDS if has_chat(desk.town) or state not in ("alert", "report")]
    for state in way[1 : way.index(end) + 1] if end in way else way[1:]:
        STEPS[state](desk, rumour, risk, at)
        risk.refresh_from_db()
    return risk


class _Clock:
    """Moments one after another, none past the present."""

    def __init__(self, start: datetime, now: datetime) -> None:
        self.at, self.now = start, now

    def after(self, passed: timedelta) -> datetime:
        self.at = min(self.at + passed, self.now)
        return self.at


def _found(desk: Desk, rumour: Rumour, start: datetime, drill: bool) -> Risk:
    town, officer = desk.town, desk.officer
    number = Risk.objects.filter(municipality=town).count() + 1
    page = WatchedPage.objects.filter(municipality=town, kind="local_pages", until=None).first()
    seen = Seen(
        title=rumour.title,
        gist=rumour.gist,
        source="post",
        link=f"https://vk.com/wall-7000_{number}",
        text=rumour.text,
        page=page,
        topic=Topic.objects.filter(group=rumour.topic, is_open=True).order_by("position").first(),
        settlement=desk.settlements[number % len(desk.settlements)] if desk.settlements else None,
        post=desk.posts[number % len(desk.posts)] if desk.posts else None,
        reach=Figures(views=340 + 90 * number, reactions=14, comments=9, reposts=2),
    )
    proposal = prefill.level_for(town, seen, start)
    levels = levels_of(town)
    graver = min(proposal.level_key, rumour.level, key=lambda key: levels[key].position)
    level = (
        prefill.proposed(proposal)
        if graver == proposal.level_key
        else Level(graver, "тема касается многих семей")
    )
    return services.found(town, seen, level, officer, start, drill)


def _alert(desk: Desk, rumour: Rumour, risk: Risk, at: _Clock) -> None:
    _sent(services.tell_chat(risk, desk.officer, at.after(6 * MINUTE)), desk.officer, at.at)


def _verification(desk: Desk, rumour: Rumour, risk: Risk, at: _Clock) -> None:
    services.check(risk, desk.officer, at.after((2 + 7 * risk.number % 11) * MINUTE))
    services.note_unknown(risk, rumour.unknown, "дежурная служба", desk.officer, at.after(2 * MINUTE))
    level = levels_of(desk.town)[risk.level_key]
    services.tell(risk, level.escalate_to[0], desk.officer, at.after(MINUTE), "звонок", rumour.gist)


def _work(desk: Desk, rumour: Rumour, risk: Risk, at: _Clock) -> None:
    officer = desk.officer
    asked = "профильный орган"
    services.verify(risk, rumour.verdict, rumour.grounds, officer, at.after(9 * MINUTE), asked)
    services.learn(risk.unknowns.get(), "выяснено при проверке", officer, at.after(MINUTE))
    services.add_measure(risk, "taken", rumour.measure, officer, at.after(2 * MINUTE))
    if desk.posts:
        due = at.at + DAY
        services.add_measure(
            risk, "planned", "Показать жителям, что сделано", officer, at.at, desk.posts[0], due
        )


def _placed(desk: Desk, rumour: Rumour, risk: Risk, at: _Clock) -> None:
    officer = desk.officer
    given = services.answer(
        risk, rumour.answer, officer, at.after(12 * MINUTE), desk.pages if desk.approver else ()
    )
    if given.material is not None and desk.approver is not None:
        content.approve(given.material, desk.approver, at.after(3 * MINUTE))
        for post in PagePost.objects.filter(material=given.material).order_by("pk"):
            if post.state in ("approved", "by_hand", "failed"):
                content.place_by_hand(
                    post, f"https://vk.com/wall-8000_{post.pk}", officer, at.after(2 * MINUTE)
                )
        services.take_posts(risk, at.at)
    else:
        link = f"https://vk.com/wall-8000_{risk.pk}"
        services.place(risk, Place("official_page", "Страница администрации", link, at.at), officer, at.at)
    for one in Placement.objects.filter(risk=risk, checked_at=None).order_by("pk"):
        services.control(one, True, officer, at.after(MINUTE))
    services.placed(risk, officer, at.after(MINUTE))


def _report(desk: Desk, rumour: Rumour, risk: Risk, at: _Clock) -> None:
    _sent(services.report(risk, desk.officer, at.after(4 * MINUTE)), desk.officer, at.at)


def _reaction(desk: Desk, rumour: Rumour, risk: Risk, at: _Clock) -> None:
    seen = Observed("same", "mixed", "спорят в комментариях, новых записей нет", 12, 5)
    services.observe(risk, seen, desk.officer, at.after(HOUR))
    services.add_reach(
        risk, Figures(views=1900, reactions=40, comments=21, reposts=3), desk.officer, at.at, "h2"
    )
    link = f"https://vk.com/wall-8000_{risk.pk}90"
    made = services.compensate(
        risk, f"Разбираемся: {risk.title}"[:200], "Страница администрации", link, desk.officer, at.at
    )
    services.write_effect(made, "вопросов стало меньше, под записью благодарят", desk.officer, at.after(HOUR))


def _closed(desk: Desk, rumour: Rumour, risk: Risk, at: _Clock) -> None:
    officer, closer = desk.officer, desk.closer
    level = levels_of(desk.town)[risk.level_key]
    for measure in risk.measures.filter(done_at=None):
        services.measure_done(measure, officer, at.after(HOUR))
    seen = Observed("none", "calm", "новых записей нет, спрашивают о сроках", 6, 1)
    services.observe(risk, seen, officer, at.after((level.watch_hours + 1) * HOUR))
    services.learn_lesson(risk, rumour.grounds, rumour.lesson, officer, at.at)
    services.close(risk, closer, at.after(MINUTE))


STEPS = {
    "alert": _alert,
    "verification": _verification,
    "work": _work,
    "answer_placed": _placed,
    "report": _report,
    "reaction": _reaction,
    "closed": _closed,
}


def _sent(alert: Alert, by: User, at: datetime) -> None:
    """The demo has no chat of its own: what waits for a person was put there by hand."""
    alert.refresh_from_db()
    if alert.outgoing is not None and alert.outgoing.state == "by_hand":
        note_sent_by_hand(alert, "отправлено в рабочий чат", by, at)


def make_risks(town: Municipality, now: datetime) -> None:
    """A risk in each state of the procedure, one that came again, one training card; once."""
    desk = desk_of(town)
    if desk is None or Risk.objects.filter(municipality=town).exists():
        return
    pages = open_watch(desk, now - 20 * DAY)
    for back in (9, 8, 7, 6, 4, 3, 2, 1):
        log_day(desk, pages, now - back * DAY, "две записи о воде" if back == 4 else "")
    starts = {"found": 20 * MINUTE, "alert": HOUR, "verification": 2 * HOUR, "work": 5 * HOUR}
    starts |= {"answer_placed": 7 * HOUR, "report": 9 * HOUR, "reaction": 20 * HOUR, "closed": 8 * DAY}
    for place, end in enumerate(reversed(ENDS)):
        if end in ("alert", "report") and not has_chat(town):
            continue
        live(desk, RUMOURS[place % len(RUMOURS)], now - starts[end], end, now)
    again = live(desk, RUMOURS[0], now - 15 * DAY, "closed", now - 8 * DAY)
    services.repeat(again, "перепечатали в чате дома культуры", desk.officer, now - 3 * HOUR)
    live(desk, RUMOURS[1], now - 5 * DAY, "closed", now, drill=True)
