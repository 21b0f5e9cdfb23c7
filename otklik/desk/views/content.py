"""План публикаций: the board of a week or a month, moving a post, the plan on paper."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import push_url

from otklik.charter.selectors import parameters_of
from otklik.common.words import count, number
from otklik.deadlines.selectors import calendar_of
from otklik.desk.content_board import (
    HOURS,
    VIEWS,
    Board,
    BoardFilter,
    Norm,
    PostCard,
    board_of,
    card_of,
    norms_of,
    say_moment,
)
from otklik.desk.content_doors import around, find_post, moment_in
from otklik.desk.content_paper import plan_paper
from otklik.desk.forms.content import REACH
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.views.content_material import address as material_address
from otklik.outreach.content.doors import PUBLISH, SEES
from otklik.outreach.content.models import Post, Rubric, TargetGroup
from otklik.outreach.content.selectors import totals
from otklik.outreach.content.services import writing
from otklik.outreach.content.words import PLANNED, POST_STATES
from otklik.outreach.models import OfficialPage
from otklik.reports.render import CONTENT_TYPES, RENDERERS

MOST = 600
USUAL_NORM = 3
POSTS = ("запись", "записи", "записей")
STEP_WORDS = {"week": ("Прошлая неделя", "Следующая неделя"), "month": ("Прошлый месяц", "Следующий месяц")}
TOLD = (
    ("failed", "не вышло", "is-over"),
    ("by_hand", "разместить руками", "is-today"),
    ("held", "придержано", ""),
    ("approval", "на согласовании", ""),
    ("draft", "в черновиках", ""),
    ("approved", "ждут времени", ""),
    ("placed", "вышло", ""),
)


@require_safe
@needs(*SEES)
def board(request: DeskRequest) -> HttpResponse:
    """The plan of the days the address names."""
    return page_or_part(request, "content/board", drawn_board(request, BoardFilter.read(request.GET)))


@require_POST
@needs(PUBLISH)
def move(request: DeskRequest, key: int) -> HttpResponse:
    """Another day and hour for a post, from the board or from its card; the board is drawn anew around the new day."""
    post, town = find_post(request, key), request.municipality
    was, at = post.planned_at, moment_in(town, request.POST.get("at", ""))
    writing.plan(post, at, request.user, timezone.now())
    zone = ZoneInfo(town.time_zone)
    when = say_moment(at.astimezone(zone)) if at else "сразу после согласования"
    says = f"«{post.material.title}», {post.page.title}: {when}"
    if not request.htmx:
        back = request.POST.get("back", "")
        if request.POST.get("to") == "material":
            return done(request, says, f"{material_address(post.material)}#version-{post.pk}")
        to = f"{reverse('desk:content')}{back}" if back.startswith("?") else _card(post)
        return done(request, says, to)
    asked = BoardFilter.read(QueryDict(request.POST.get("query", "").lstrip("?")))
    conditions = _around_day(asked, at, zone)
    context = drawn_board(request, conditions)
    context["moved"] = {
        "says": says,
        "undo": reverse("desk:content_move", args=[post.pk]),
        "was": f"{was.astimezone(zone):%Y-%m-%dT%H:%M}" if was else "",
    }
    response = page_or_part(request, "content/board", context)
    if conditions != asked:
        push_url(response, f"{reverse('desk:content')}{conditions.with_()}")
    return response


def _around_day(asked: BoardFilter, at: datetime | None, zone: ZoneInfo) -> BoardFilter:
    """The same board, on the days that show the new moment."""
    if at is None:
        return asked
    day, shown = at.astimezone(zone).date(), asked.period(timezone.localdate())
    return asked if shown.since <= day <= shown.until else replace(asked, day=day)


@require_safe
@needs(*SEES)
def paper(request: DeskRequest, form: str) -> HttpResponse:
    """The plan of the address as DOCX, XLSX or PDF."""
    if form not in ("docx", "xlsx", "pdf"):
        raise Http404
    conditions, now = BoardFilter.read(request.GET), timezone.localtime()
    cards = [card for card in cards_in(request, conditions, now.date()) if not card.is_exercise]
    sheet = plan_paper(request.municipality, cards, conditions, now)
    response = HttpResponse(RENDERERS[form](sheet), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="plan-publikaciy-{now:%Y-%m-%d}.{form}"'
    return response


def drawn_board(request: DeskRequest, conditions: BoardFilter) -> dict[str, Any]:
    """Everything `content/_board.html` draws."""
    today, calendar = timezone.localdate(), calendar_of(request.municipality)
    cards = cards_in(request, conditions, today)
    drawn = board_of(cards[:MOST], conditions, today, calendar.is_working)
    pages = list(OfficialPage.objects.filter(municipality=request.municipality, closed_on=None))
    return {
        **around(request, "plan"),
        "board": drawn,
        "conditions": conditions,
        "query": conditions.with_(),
        "counts": {"all": len(cards)},
        "pieces": opening(cards, conditions),
        "gathered": gathered(request, cards, conditions, today),
        "lacking": lacking(request, conditions, drawn, pages, today),
        "views": [
            (title, conditions.with_(view=key), key == conditions.view) for key, title in VIEWS.items()
        ],
        "ways": _ways(conditions, drawn),
        "pickers": _pickers(request, conditions, pages),
        "hours": f"{HOURS.start}-{HOURS.stop - 1}",
        "has_more": len(cards) > MOST,
        "shown": MOST,
    }


def cards_in(request: DeskRequest, conditions: BoardFilter, today: date) -> list[PostCard]:
    """Cards of the posts of these days and of those without a day, in order of time; one more than are shown."""
    days = conditions.period(today)
    start, end = days.moments(request.municipality.time_zone)
    placed = Q(state="placed", placed_at__gte=start, placed_at__lt=end)
    planned = ~Q(state="placed") & Q(planned_at__gte=start, planned_at__lt=end)
    undated = Q(planned_at=None, state__in=PLANNED)
    rows = Post.objects.filter(placed | planned | undated, municipality=request.municipality)
    rows = rows.filter(_conditions(conditions)).select_related("page", "material__rubric")
    rows = rows.defer("text", "material__text", "material__figures").order_by("planned_at", "pk")
    zone, may_move = ZoneInfo(request.municipality.time_zone), may(request, PUBLISH)
    cards = [card_of(one, zone, may_move) for one in rows[: MOST + 1]]
    return sorted(cards, key=lambda card: (card.at, card.pk))


def _conditions(asked: BoardFilter) -> Q:
    found = Q(state=asked.state) if asked.state else ~Q(state="withdrawn")
    if asked.page:
        found &= Q(page_id=int(asked.page))
    if asked.rubric:
        found &= Q(material__rubric__key=asked.rubric)
    if asked.audience:
        found &= Q(material__audience__key=asked.audience)
    return found


def opening(cards: Sequence[PostCard], conditions: BoardFilter) -> list[dict[str, str]]:
    """The opening sentence in pieces: how many posts and, of each state that asks for something, a link.

    Posts of exercises are told apart: they never go out.
    """
    real = [card for card in cards if not card.is_exercise]
    dated = [card for card in real if card.at]
    said = "записей нет по этому отбору" if conditions.is_narrowed else "записей нет"
    pieces = [{"text": count(len(dated), *POSTS) if dated else said}]
    states = Counter(card.state for card in dated)
    for key, words, look in TOLD:
        if states[key]:
            href = conditions.with_(state=key)
            pieces.append({"before": ", ", "text": f"{words} {states[key]}", "href": href, "look": look})
    if trained := len(cards) - len(real):
        pieces.append({"before": ", ", "text": f"учебных {trained}"})
    if undated := len(real) - len(dated):
        pieces.append({"before": ". ", "text": f"Без дня {undated}", "href": "#undated", "look": ""})
    return pieces


def lacking(
    request: DeskRequest, conditions: BoardFilter, drawn: Board, pages: Sequence[OfficialPage], today: date
) -> list[Norm]:
    """Own pages with fewer posts in this or a coming week than their norm: told to who fills the plan."""
    is_past = (conditions.day or today) < today - timedelta(days=today.weekday())
    if conditions.view != "week" or conditions.is_narrowed or is_past or not may(request, PUBLISH):
        return []
    found = parameters_of(request.municipality).get("outreach.posts_per_week")
    usual = found.value if found is not None and isinstance(found.value, int) else USUAL_NORM
    own = [one for one in pages if one.owner == "administration"]
    norms = [(one.title, one.network, one.posts_per_week or usual) for one in own]
    return [one for one in norms_of(norms, drawn.days) if one.lacks]


def gathered(
    request: DeskRequest, cards: Sequence[PostCard], conditions: BoardFilter, today: date
) -> list[str]:
    """What posts out in these days gathered, of the numbers that are known: «просмотров 1 200»."""
    if conditions.is_narrowed or not any(card.state == "placed" for card in cards):
        return []
    told = totals(request.municipality, conditions.period(today))
    return [f"{title.lower()} {number(told[name])}" for name, title in REACH.items() if told[name]]


def _ways(conditions: BoardFilter, drawn: Board) -> dict[str, str]:
    before, after = STEP_WORDS[conditions.view]
    return {
        "before": conditions.with_(day=drawn.before.isoformat()),
        "before_says": before,
        "after": conditions.with_(day=drawn.after.isoformat()),
        "after_says": after,
        "now": conditions.with_(day=""),
        "bare": conditions.with_(page="", rubric="", audience="", state=""),
    }


def _pickers(
    request: DeskRequest, conditions: BoardFilter, pages: Sequence[OfficialPage]
) -> list[tuple[str, str, str, list[tuple[str, str]], str]]:
    """Conditions of the board: name, label, the word for every, what to choose from, what is chosen."""
    town = request.municipality
    rubrics = list(Rubric.objects.filter(municipality=town, closed_on=None).values_list("key", "title"))
    groups = list(TargetGroup.objects.filter(municipality=town, closed_on=None).values_list("key", "title"))
    shown = [(str(one.pk), one.title) for one in pages]
    return [
        ("page", "Страница", "все страницы", shown, conditions.page),
        ("rubric", "Рубрика", "все рубрики", rubrics, conditions.rubric),
        ("audience", "Для кого", "для всех групп", groups, conditions.audience),
        ("state", "Состояние", "все состояния", list(POST_STATES.items()), conditions.state),
    ]


def _card(post: Post) -> str:
    return reverse("desk:content_post", args=[post.pk])
