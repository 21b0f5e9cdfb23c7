"""Roadmaps of a year: one a quarter, of a kind in its turn; measures done in time or a little late, effects counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts
from otklik.analytics.selectors import sums
from otklik.cases.models import Case
from otklik.channels.files import store_file
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast
from otklik.problems.models import Problem
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from otklik.problems.roadmaps.services.work import Done
from otklik.problems.roadmaps.words import AT_WORK, OPEN
from otklik.problems.words import OPEN_STATES
from otklik.topics.models import Topic

KINDS = {1: "roadmap", 4: "interdepartmental", 7: "roadmap", 10: "improvement_plan"}
"""Which kind is begun in the first month of each quarter."""
SEASON = timedelta(days=90)
PAST = timedelta(weeks=17)
"""After so long the loudest trouble has a past to compare its end with: before, roadmaps are about something else."""
LATE_SHARE = 0.2


@dataclass(frozen=True)
class Deed:
    """A measure of the demo: what, how long, what shows it, what comes of it."""

    title: str
    result: str
    indicator: str
    was: str
    will_be: str
    days: int
    report: str


AGAINST_CAUSE = (
    Deed("Обследовать адреса из обращений", "акт по каждому адресу", "адресов обследовано, %", "0", "100", 14,
         "Комиссия прошла все адреса, акты подписаны."),
    Deed("Заключить договор на обслуживание", "договор с нормами и сроками", "договоров, шт", "0", "1", 20,
         "Договор подписан, подрядчик вышел на линию."),
    Deed("Устранить замечания по адресам", "фото до и после по каждому адресу", "замечаний, шт", "18", "0", 25,
         "Замечания устранены, фотографии приложены к карточкам."),
)  # fmt: skip
BETTER_WORK = (
    Deed("Разобрать возвращённые ответы за квартал", "перечень ошибок с примерами", "разобрано ответов, %", "0",
         "100", 12, "Разобраны все возвраты, перечень разослан исполнителям."),
    Deed("Провести учёбу для исполнителей", "лист участников и тест", "обучено, чел.", "0", "12", 15,
         "Учёба проведена, тест сдали все участники."),
)  # fmt: skip


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """Begin what the quarter asks for, carry the measures that fall due, count the effects."""
    keeper, posts = cast.who("problems.manage"), _posts(town)
    if keeper is None or len(posts) < 2:
        return
    _carry(town, month, cast, keeper)
    kind, day = KINDS.get(month.since.month), cast.day_in(month, 0.25)
    if kind is not None and cast.has_come(day):
        _begin(town, kind, posts, keeper, cast, cast.at(day))
    services.watch_flows(town, cast.at(month.until, 18))


def _begin(
    town: Municipality, kind: str, posts: list[tuple[Post, User]], keeper: User, cast: Cast, now: datetime
) -> None:
    """Draft, fill, send, approve: by the post that signs meetings where there is one."""
    roadmap = services.draft_roadmap(town, _head(town, kind, cast, now), keeper, now)
    day = now.astimezone(cast.zone).date()
    last: Measure | None = None
    for place, deed in enumerate(BETTER_WORK if kind == "improvement_plan" else AGAINST_CAUSE):
        start = cast.calendar.working_day_from(day + timedelta(days=1))
        day = cast.calendar.working_day_from(start + timedelta(days=deed.days))
        post, helper = posts[place % len(posts)][0], posts[(place + 1) % len(posts)][0]
        last = services.add_measure(roadmap, _text(deed, post, helper, start, day, last), keeper)
    approver = cast.who("office.chair")
    post, user = next((one for one in posts if one[1] == approver), posts[0])
    services.send(roadmap, [post], keeper, now)
    services.decide(roadmap, True, "", user, now + timedelta(hours=2) if now < cast.now else now)


def _head(town: Municipality, kind: str, cast: Cast, now: datetime) -> RoadmapText:
    if kind == "improvement_plan":
        return RoadmapText(
            "Качество ответов",
            "Меньше ответов возвращают на доработку",
            kind,
            cause_text="отписки по образцу",
        )
    loudest = None if cast.trouble else _loudest(town, now)
    if loudest is not None and _has_past(town, now):
        cast.trouble = loudest.key
        return _against(loudest, kind)
    free = Problem.objects.filter(
        municipality=town, state__in=OPEN_STATES, roadmap_aims=None, topic__isnull=False
    )
    problem = free.exclude(topic=loudest).order_by("raised_at", "pk").first()
    if problem is not None:
        root = problem.causes.filter(is_root=True).first()
        words = "" if root else "нет договора на постоянное обслуживание"
        return RoadmapText(problem.title, "Жалоб на это больше нет", kind, "", [problem], root, words)
    return _against(_loudest(town, now, loudest), kind)


def _against(topic: Topic | None, kind: str) -> RoadmapText:
    title = topic.title if topic else "Повторные обращения"
    return RoadmapText(
        title,
        "Жалоб на это вдвое меньше",
        kind,
        cause_text="нет договора на постоянное обслуживание",
        topics=[topic.key] if topic else [],
    )


def _has_past(town: Municipality, now: datetime) -> bool:
    return Case.objects.filter(municipality=town, came_at__lt=now - PAST).exists()


def _loudest(town: Municipality, now: datetime, but: Topic | None = None) -> Topic | None:
    """The topic of most cases of the season that no roadmap is about."""
    period = Period((now - SEASON).date(), now.date())
    found = sums([town.pk], period, ("topic",), None, ("received",))
    taken = {
        key
        for keys in Roadmap.objects.filter(municipality=town).values_list("topics", flat=True)
        for key in keys
    } | ({but.key} if but else set())
    most = sorted((-one["received"], key) for (key,), one in found.items() if key and key not in taken)
    return Topic.objects.filter(key=most[0][1]).first() if most else None


def _text(deed: Deed, post: Post, helper: Post, start: date, due: date, last: Measure | None) -> MeasureText:
    return MeasureText(
        deed.title,
        deed.result,
        deed.indicator,
        deed.was,
        deed.will_be,
        post,
        start,
        due,
        [helper],
        "в пределах бюджета",
        "",
        [last] if last else [],
    )


def _carry(town: Municipality, month: Period, cast: Cast, keeper: User) -> None:
    """Report what falls due in the month, one in five three working days late; finish what is whole."""
    rows = Measure.objects.filter(
        municipality=town, roadmap__state__in=AT_WORK, state__in=OPEN, due__lte=month.until
    )
    for one in rows.select_related("roadmap").order_by("due", "pk"):
        late = 3 if cast.chance.random() < LATE_SHARE else 0
        done_on = cast.calendar.add_working_days(one.due, late)
        if done_on > month.until or not cast.has_come(done_on):
            continue
        deed = next((deed for deed in (*AGAINST_CAUSE, *BETTER_WORK) if deed.title == one.title), None)
        if deed is not None:
            act = store_file(deed.report.encode(), "акт.txt", town)
            report = Done(deed.report, done_on, deed.will_be, "act", [act])
            services.report_done(one, report, keeper, cast.at(done_on, 15))
    for roadmap in Roadmap.objects.filter(municipality=town, state__in=AT_WORK).order_by("pk"):
        if not roadmap.measures.filter(state__in=OPEN).exists():
            services.finish(roadmap, keeper, cast.at(month.until, 17))
            if cast.trouble in roadmap.topics:
                cast.fates.maker.mend()


def _posts(town: Municipality) -> list[tuple[Post, User]]:
    """Posts with who holds them, of different bodies first."""
    held = held_posts(town).select_related("post__body", "user").order_by("pk")
    found = {one.post_id: (one.post, one.user) for one in held if one.post is not None}
    bodies: dict[int, int] = {}
    rank = {}
    for key, (post, _) in found.items():
        bodies[post.body_id] = rank[key] = bodies.get(post.body_id, 0) + 1
    return sorted(found.values(), key=lambda one: (rank[one[0].pk], one[0].pk))
