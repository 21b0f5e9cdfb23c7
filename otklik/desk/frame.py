"""Rail, tabs and counters around a screen. A room or a tab the person has no right to is absent.

Counters stand only on what waits for the viewer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from otklik.desk.counters import counters
from otklik.desk.request import DeskRequest

SEES_CHANNELS = ("channels.manage", "channels.view_raw", "cases.send_answer")
SEES_CASES = ("cases.view", "cases.view_block", "cases.view_body")
WRITES_ADVICE = ("problems.recommend", "problems.manage", "analytics.view")
COORDINATES = ("office.organise", "office.chair", "office.attend", "office.errands")
SEES_PROBLEMS = ("problems.manage", "problems.recommend", "office.attend", "analytics.view")
SEES_ERRORS = ("problems.manage", "problems.recommend", "quality.check", "office.attend")
SEES_CAMPAIGNS = ("risks.view", "risks.work", "outreach.publish", "outreach.approve")
SEES_MEETINGS = ("office.attend", "office.organise", "office.chair")
SEES_RISKS = ("risks.view", "risks.work", "risks.close")
SEES_CONTENT = ("outreach.publish", "outreach.approve")
SEES_POLLS = ("outreach.polls", "outreach.approve_polls", "office.attend", "analytics.view")
SEES_PAGES = ("outreach.publish", "outreach.approve", "risks.view")
PAGES_SCREENS = (
    *("list", "one", "edit", "media", "outlet", "outlet_edit", "releases", "release", "release_edit"),
    *("publications", "publication_new", "dialogue", "open_data", "passport"),
)
SEES_ROADMAPS = (
    "problems.manage",
    "analytics.view",
    "office.attend",
    "office.organise",
    "office.chair",
    "cases.work",
)


CAMPAIGN_SCREENS = ("list", "new", "card", "edit", "step", "threats", "threat", "threat_edit")


@dataclass(frozen=True)
class Tab:
    """A screen of a room: address name, title, who sees it, which counter stands beside."""

    name: str
    title: str
    permissions: Sequence[str]
    count: str = ""
    is_mine: bool = False
    unless: Sequence[str] = ()
    """Permissions whose holders come to the screen by another tab."""


@dataclass(frozen=True)
class Room:
    """A room of the rail with its screens; it opens at the first screen the person may see."""

    key: str
    title: str
    icon: str
    tabs: Sequence[Tab]
    count: str = ""


ROOMS = (
    Room("day", "Мой день", "day", (Tab("day", "Мой день", ()),)),
    Room(
        "cases",
        "Обращения",
        "inbox",
        (
            Tab("list", "Лента", SEES_CASES),
            Tab("triage", "Разбор", ("cases.sort", "cases.assign"), "triage", True),
            Tab("terms", "Сроки", SEES_CASES),
            Tab("rechecks", "Проверки", ("quality.check",), "rechecks", True),
            Tab("calls", "Звонки", ("cases.register",), "calls", True),
            Tab("raw", "Сырой лоток", ("channels.view_raw",), "raw"),
            Tab("imports", "Импорт", ("channels.import",)),
            Tab("answers", "Ответы в системы", ("cases.send_answer",)),
            Tab("rules", "Автоправила", ("routing.edit",)),
        ),
        "triage",
    ),
    Room(
        "picture",
        "Картина",
        "layers",
        (
            Tab("summary", "Сводка", ("analytics.view",)),
            Tab("heatmap", "Тепловая карта", ("analytics.view",)),
            Tab("dynamics", "Динамика", ("analytics.view",)),
            Tab("findings", "Находки", ("analytics.view",)),
            Tab("quality", "Качество", ("analytics.view", "quality.check")),
            Tab("satisfaction", "Удовлетворённость", ("satisfaction.view",)),
            Tab("solvable", "Решаемые", ("analytics.view",)),
            Tab("kpi", "KPI", ("analytics.view",)),
            Tab("measures", "Показатели", ("analytics.view",)),
            Tab("rating", "Рейтинг", ("analytics.view", "analytics.rate", "cases.view_body")),
        ),
    ),
    Room(
        "decisions",
        "Решения",
        "decisions",
        (
            Tab("problems", "Проблемы", SEES_PROBLEMS),
            Tab("roadmaps", "Дорожные карты", SEES_ROADMAPS),
            Tab("fast_track", "Ускорение", WRITES_ADVICE),
            Tab("advice", "Рекомендации", (*WRITES_ADVICE, "reports.view")),
            Tab("priorities", "Приоритеты", ("analytics.view",)),
            Tab("meetings", "Заседания", SEES_MEETINGS),
            Tab("errands", "Поручения", (), "errands", True),
            Tab("coordination", "Координация", COORDINATES),
            Tab("requests", "Запросы", ("reports.view", "cases.view_body"), unless=COORDINATES),
        ),
        "errands",
    ),
    Room(
        "word",
        "Слово",
        "speak",
        (
            Tab("risks", "Инфориски", SEES_RISKS),
            Tab("risk_watch", "Мониторинг", SEES_RISKS),
            Tab("campaigns", "Кампании", SEES_CAMPAIGNS),
            Tab("content", "Публикации", SEES_CONTENT),
            Tab("pages", "Страницы", SEES_PAGES),
            Tab("polls", "Опросы", SEES_POLLS),
            Tab("poll_queue", "Что спросить", SEES_POLLS),
        ),
    ),
    Room(
        "reports",
        "Отчёты",
        "paper",
        (
            Tab("reports", "Отчёты", ("reports.view", "reports.compose")),
            Tab("handed", "Таблицы для региона", ("reports.view", "reports.compose")),
        ),
    ),
    Room(
        "charter",
        "Положение",
        "section",
        (
            Tab("charter", "Исполнение", ("charter.view",)),
            Tab("parameters", "Параметры", ("charter.view",)),
            Tab("topics", "Темы", ("charter.view", "topics.manage")),
            Tab("calendar", "Календарь", ("charter.view", "deadlines.manage")),
            Tab("places", "Места", ("charter.view", "places.manage")),
            Tab("channels", "Каналы", SEES_CHANNELS),
            Tab("people", "Состав и роли", ("charter.view", "accounts.manage")),
            Tab("journal", "Журнал", ("audit.view",)),
        ),
    ),
)

# Which room and tab a template belongs to, where the address name alone does not say it.
HOME = {
    "day/day": ("day", "day"),
    "cases/list": ("cases", "list"),
    "card/card": ("cases", ""),
    "triage/triage": ("cases", "triage"),
    "terms/board": ("cases", "terms"),
    "terms/kept": ("cases", "terms"),
    "rechecks/list": ("cases", "rechecks"),
    "raw/tray": ("cases", "raw"),
    "calls/calls": ("cases", "calls"),
    "raw/one": ("cases", "raw"),
    "imports/list": ("cases", "imports"),
    "imports/mapping": ("cases", "imports"),
    "imports/run": ("cases", "imports"),
    "answers/list": ("cases", "answers"),
    "rules/list": ("cases", "rules"),
    "rules/edit": ("cases", "rules"),
    "rules/trial": ("cases", "rules"),
    "intake/new": ("cases", ""),
    "summary/summary": ("picture", "summary"),
    "summary/compose": ("picture", "summary"),
    "summary/cases": ("picture", "summary"),
    "heatmap/heatmap": ("picture", "heatmap"),
    "heatmap/slices": ("picture", "heatmap"),
    "dynamics/dynamics": ("picture", "dynamics"),
    "findings/findings": ("picture", "findings"),
    "findings/criteria": ("picture", "findings"),
    "findings/edit": ("picture", "findings"),
    "findings/trial": ("picture", "findings"),
    "quality/quality": ("picture", "quality"),
    "satisfaction/satisfaction": ("picture", "satisfaction"),
    "satisfaction/study": ("picture", "satisfaction"),
    "solvable/solvable": ("picture", "solvable"),
    "solvable/queue": ("picture", "solvable"),
    "kpi/kpi": ("picture", "kpi"),
    "kpi/target": ("picture", "kpi"),
    "measures/measures": ("picture", "measures"),
    "rating/rating": ("picture", "rating"),
    "problems/list": ("decisions", "problems"),
    "problems/edit": ("decisions", "problems"),
    "problems/outer": ("decisions", "problems"),
    "problems/block": ("decisions", "problems"),
    "problems/cause": ("decisions", "problems"),
    "problems/card": ("decisions", "problems"),
    "talk/list": ("decisions", "problems"),
    "roadmaps/list": ("decisions", "roadmaps"),
    "roadmaps/card": ("decisions", "roadmaps"),
    "roadmaps/edit": ("decisions", "roadmaps"),
    "roadmaps/measure": ("decisions", "roadmaps"),
    "roadmaps/move": ("decisions", "roadmaps"),
    "roadmaps/edition": ("decisions", "roadmaps"),
    "meetings/list": ("decisions", "meetings"),
    "meetings/new": ("decisions", "meetings"),
    "meetings/meeting": ("decisions", "meetings"),
    "meetings/protocol": ("decisions", "meetings"),
    "meetings/opinions": ("decisions", "meetings"),
    "errands/list": ("decisions", "errands"),
    "errands/errand": ("decisions", "errands"),
    "errands/new": ("decisions", "errands"),
    "errands/scores": ("decisions", "errands"),
    "coordination/coordination": ("decisions", "coordination"),
    "coordination/register": ("decisions", "coordination"),
    "coordination/affair": ("decisions", "coordination"),
    "coordination/proposals": ("decisions", "coordination"),
    "coordination/plan": ("decisions", "coordination"),
    "coordination/item": ("decisions", "coordination"),
    "coordination/methods": ("decisions", "coordination"),
    "coordination/method": ("decisions", "coordination"),
    "coordination/visas": ("decisions", "coordination"),
    "coordination/visa": ("decisions", "coordination"),
    "coordination/competence": ("decisions", "coordination"),
    "requests/requests": ("decisions", "requests"),
    "requests/new": ("decisions", "coordination"),
    "requests/inquiry": ("decisions", "requests"),
    "fast_track/list": ("decisions", "fast_track"),
    "fast_track/one": ("decisions", "fast_track"),
    "fast_track/edit": ("decisions", "fast_track"),
    "advice/list": ("decisions", "advice"),
    "advice/one": ("decisions", "advice"),
    "advice/edit": ("decisions", "advice"),
    "priorities/board": ("decisions", "priorities"),
    **{f"campaigns/{name}": ("word", "campaigns") for name in CAMPAIGN_SCREENS},
    "content/board": ("word", "content"),
    "content/new": ("word", "content"),
    "content/material": ("word", "content"),
    "content/materials": ("word", "content"),
    "content/post": ("word", "content"),
    "content/approval": ("word", "content"),
    "content/ideas": ("word", "content"),
    "content/calm": ("word", "content"),
    "content/media": ("word", "content"),
    **{f"risks/{name}": ("word", "risks") for name in ("list", "card", "new", "edit", "errand", "figures")},
    **{f"risks/{name}": ("word", "risk_watch") for name in ("watch", "prone", "chat")},
    "content/headings": ("word", "content"),
    "content/publics": ("word", "content"),
    **{f"pages/{name}": ("word", "pages") for name in PAGES_SCREENS},
    "polls/list": ("word", "polls"),
    "polls/edit": ("word", "polls"),
    "polls/question": ("word", "polls"),
    "polls/preview": ("word", "polls"),
    "polls/one": ("word", "polls"),
    "polls/results": ("word", "polls"),
    "polls/proposals": ("word", "polls"),
    "polls/queue": ("word", "poll_queue"),
    "reports/list": ("reports", "reports"),
    "handed/list": ("reports", "handed"),
    "reports/report": ("reports", "reports"),
    "reports/reference": ("reports", "reports"),
    "reports/request": ("reports", "reports"),
    "reports/request_new": ("reports", "reports"),
    "reports/look": ("reports", "reports"),
    "charter/duties": ("charter", "charter"),
    "charter/cadence": ("charter", "charter"),
    "charter/compare": ("charter", "charter"),
    "charter/wizard": ("charter", "charter"),
    "charter/parameters": ("charter", "parameters"),
    "charter/parameter": ("charter", "parameters"),
    "topics/topics": ("charter", "topics"),
    "calendar/calendar": ("charter", "calendar"),
    "places/places": ("charter", "places"),
    "channels/status": ("charter", "channels"),
    "channels/one": ("charter", "channels"),
    "sites/sites": ("charter", "channels"),
    "people/people": ("charter", "people"),
    "people/history": ("charter", "people"),
    "people/account": ("charter", "people"),
    "people/person": ("charter", "people"),
    "journal/journal": ("charter", "journal"),
    "profile/profile": ("", ""),
    "profile/notices": ("", ""),
}


def _open_tabs(room: Room, permissions: frozenset[str]) -> list[Tab]:
    return [
        tab
        for tab in room.tabs
        if (not tab.permissions or permissions.intersection(tab.permissions))
        and not permissions.intersection(tab.unless)
    ]


def frame_of(request: DeskRequest, name: str) -> dict[str, Any]:
    """Everything `desk/base.html` draws around the screen."""
    numbers = counters(request.user, request.municipality, request.rights)
    here, tab_here = HOME.get(name, ("", ""))
    rooms = []
    tabs: list[dict[str, Any]] = []
    for room in ROOMS:
        seen = _open_tabs(room, request.rights.permissions)
        if not seen:
            continue
        rooms.append(
            {
                "key": room.key,
                "title": room.title,
                "icon": room.icon,
                "address": reverse(f"desk:{seen[0].name}"),
                "count": numbers.get(room.count, 0),
                "is_here": room.key == here,
            }
        )
        if room.key == here:
            # A card is a screen of its own: beside its number only the nearest ways back fit.
            tabs = [_tab(tab, numbers, tab.name == tab_here) for tab in (seen if tab_here else seen[:3])]
    return {
        "rooms": rooms,
        "tabs": tabs,
        "numbers": numbers,
        "municipality": request.municipality,
        "municipalities": request.municipalities,
        "title": request.rights.title,
        "may_register": "cases.register" in request.rights.permissions,
        "may_search": bool(request.rights.permissions.intersection(SEES_CASES)),
        "theme": request.user.settings.get("theme", ""),
        "density": request.user.settings.get("density", ""),
        "keys": request.user.settings.get("keys", "on"),
    }


def _tab(tab: Tab, numbers: dict[str, int], is_here: bool) -> dict[str, Any]:
    return {
        "title": tab.title,
        "address": reverse(f"desk:{tab.name}"),
        "count": numbers.get(tab.count, 0),
        "is_mine": tab.is_mine,
        "is_here": is_here,
    }
