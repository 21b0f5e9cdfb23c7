"""The content plan drawn by days: a week of columns or a month of cells, cards of posts in their states.

Pure: posts, the zone and today are arguments. Colour belongs to time, so a state is told by its word, its icon and
the edge of its card: dashed while it is a draft, hatched while it is held.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date

from otklik.common.period import Period
from otklik.common.periods import MONTH_NAMES, month_of, say_period, week_of
from otklik.common.words import SHORT_WEEKDAYS, clock, long_day, short_day
from otklik.outreach.content.models import Post
from otklik.outreach.content.words import PLANNED, POST_STATES

VIEWS = {"week": "Неделя", "month": "Месяц"}
SHORT_NETWORKS = {"vk": "ВК", "ok": "ОК", "telegram": "Телеграм", "max": "MAX", "site": "Сайт"}
ICONS = {
    "draft": "pencil",
    "approval": "eye",
    "approved": "calendar",
    "sending": "upload",
    "placed": "check",
    "by_hand": "person",
    "held": "c-pause",
    "failed": "warn",
    "withdrawn": "undo",
}
HOURS = range(7, 23)
"""Hours a card may be dropped on; by keys and by the form any minute can be named."""
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class BoardFilter:
    """What the address asks for; empty asks for everything."""

    view: str = "week"
    day: date | None = None
    page: str = ""
    rubric: str = ""
    audience: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "BoardFilter":
        """Words that mean nothing are left out."""
        view, state = query.get("view", ""), query.get("state", "")
        return cls(
            view if view in VIEWS else "week",
            day_of(query.get("day", "")),
            query.get("page", "") if query.get("page", "").isdecimal() else "",
            query.get("rubric", "")[:40],
            query.get("audience", "")[:40],
            state if state in POST_STATES else "",
        )

    def with_(self, **changes: str) -> str:
        """The address's part with conditions changed; an empty one is dropped."""
        said = {
            "view": self.view,
            "day": self.day.isoformat() if self.day else "",
            "page": self.page,
            "rubric": self.rubric,
            "audience": self.audience,
            "state": self.state,
            **changes,
        }
        if said["view"] == "week":
            said["view"] = ""
        return f"?{urlencode({name: value for name, value in said.items() if value})}"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.page or self.rubric or self.audience or self.state)

    def period(self, today: date) -> Period:
        """The days drawn: the week, or the month filled up to whole weeks."""
        day = self.day or today
        if self.view == "week":
            return week_of(day)
        month = month_of(day.year, day.month)
        return Period(week_of(month.since).since, week_of(month.until).until)


@dataclass(frozen=True)
class PostCard:
    """A post as its card says it; `at` is the local moment for the script, empty without a day."""

    pk: int
    href: str
    title: str
    time: str
    at: str
    spoken: str
    page: str
    network: str
    state: str
    words: str
    icon: str
    rubric: str
    error: str
    movable: bool
    is_exercise: bool
    is_from_analysis: bool


@dataclass(frozen=True)
class Day:
    """A column of the week or a cell of the month."""

    date: date
    head: str
    spoken: str
    cards: tuple[PostCard, ...]
    is_today: bool
    is_past: bool
    is_off: bool
    is_other: bool


@dataclass(frozen=True)
class Board:
    """Everything drawn: the words of the period, days in rows of seven, what has no day, the ways to go."""

    says: str
    weeks: tuple[tuple[Day, ...], ...]
    undated: tuple[PostCard, ...]
    before: date
    after: date

    @property
    def days(self) -> tuple[Day, ...]:
        return tuple(day for week in self.weeks for day in week)


def day_of(text: str) -> date | None:
    """A day of sensible years, or None."""
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and found.year in YEARS else None


def card_of(post: Post, zone: ZoneInfo, may_move: bool) -> PostCard:
    """The card of a post whose page, material and rubric are fetched."""
    material, moment = post.material, post.placed_at if post.state == "placed" else post.planned_at
    local = moment.astimezone(zone) if moment else None
    return PostCard(
        pk=post.pk,
        href=reverse("desk:content_post", args=[post.pk]),
        title=material.title,
        time=clock(local) if local else "",
        at=f"{local:%Y-%m-%dT%H:%M}" if local else "",
        spoken=say_moment(local) if local else "день не назначен",
        page=post.page.title,
        network=SHORT_NETWORKS.get(post.page.network, post.page.network),
        state=post.state,
        words=POST_STATES[post.state],
        icon=ICONS[post.state],
        rubric=material.rubric.title if material.rubric else "",
        error=post.error,
        movable=may_move and post.state in PLANNED,
        is_exercise=material.is_exercise,
        is_from_analysis=material.origin == "analysis",
    )


def say_moment(local: datetime) -> str:
    """«22 октября, чт, 15:00»."""
    return f"{long_day(local.date())}, {clock(local)}"


def board_of(
    cards: Iterable[PostCard], conditions: BoardFilter, today: date, is_working: Callable[[date], bool]
) -> Board:
    """The board of the days the conditions name; cards keep the order they come in."""
    days = conditions.period(today)
    by_day: dict[str, list[PostCard]] = {}
    for card in cards:
        by_day.setdefault(card.at[:10], []).append(card)
    chosen = conditions.day or today
    month = chosen.month if conditions.view == "month" else 0

    def drawn(day: date) -> Day:
        name = SHORT_WEEKDAYS[day.weekday()]
        is_named = conditions.view == "week" or day.day == 1
        head = f"{name} {short_day(day) if is_named else day.day}"
        own = tuple(by_day.get(day.isoformat(), ()))
        is_other = bool(month) and day.month != month
        return Day(day, head, long_day(day), own, day == today, day < today, not is_working(day), is_other)

    drawn_days = [drawn(day) for day in days.days()]
    weeks = tuple(tuple(drawn_days[start : start + 7]) for start in range(0, len(drawn_days), 7))
    before, after = steps(chosen, conditions.view)
    return Board(say_days(chosen, conditions.view), weeks, tuple(by_day.get("", ())), before, after)


def steps(day: date, view: str) -> tuple[date, date]:
    """A day of the week or the month before and after."""
    if view == "week":
        return day - timedelta(days=7), day + timedelta(days=7)
    month = month_of(day.year, day.month)
    return (month.since - timedelta(days=1)).replace(day=1), month.until + timedelta(days=1)


def say_days(day: date, view: str) -> str:
    """«16–22 ноября 2026», «Ноябрь 2026»."""
    if view == "week":
        return say_period(week_of(day))
    return f"{MONTH_NAMES[day.month - 1].capitalize()} {day.year}"


@dataclass(frozen=True)
class Norm:
    """How many posts of a page stand in the week beside its norm."""

    title: str
    network: str
    planned: int
    norm: int

    @property
    def lacks(self) -> int:
        return max(0, self.norm - self.planned)


def norms_of(pages: Sequence[tuple[str, str, int]], days: Sequence[Day]) -> list[Norm]:
    """`pages` are (title, network, norm); posts of exercises, taken back or not out do not count.

    Pages of two networks may bear one title: then the network is said beside it.
    """
    planned: Counter[tuple[str, str]] = Counter()
    for day in days:
        for card in day.cards:
            if card.state not in ("withdrawn", "failed") and not card.is_exercise:
                planned[card.page, card.network] += 1
    found = [(title, SHORT_NETWORKS.get(network, network), norm) for title, network, norm in pages]
    bearing = Counter(title for title, _, _ in pages)
    return [
        Norm(
            title if bearing[title] == 1 else f"{title} ({network})",
            network,
            planned[title, network],
            norm,
        )
        for title, network, norm in found
    ]
