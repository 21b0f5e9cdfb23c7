"""Rooms of the rail and their tabs, and which of them a screen belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.desk.seen_by import (
    COORDINATES,
    SEES_CAMPAIGNS,
    SEES_CASES,
    SEES_CHANNELS,
    SEES_CONTENT,
    SEES_MEETINGS,
    SEES_PAGES,
    SEES_POLLS,
    SEES_PROBLEMS,
    SEES_RISKS,
    SEES_ROADMAPS,
    SEES_TEMPLATES,
    WRITES_ADVICE,
)


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
            Tab("templates", "Шаблоны ответов", SEES_TEMPLATES),
            Tab("calendar", "Календарь", ("charter.view", "deadlines.manage")),
            Tab("places", "Места", ("charter.view", "places.manage")),
            Tab("channels", "Каналы", SEES_CHANNELS),
            Tab("people", "Состав и роли", ("charter.view", "accounts.manage")),
            Tab("journal", "Журнал", ("audit.view",)),
        ),
    ),
)

TAB_OF = {
    "cases": "list",
    "talk": "problems",
    "sites": "channels",
    "requests/new": "coordination",
    "risks/watch": "risk_watch",
    "risks/prone": "risk_watch",
    "risks/chat": "risk_watch",
    "polls/queue": "poll_queue",
    "charter/parameters": "parameters",
    "charter/parameter": "parameters",
}
"""Folders of templates, or single ones, that are no tab of their own: where they belong."""
WITHOUT_TAB = {"card": "cases", "intake": "cases"}
"""Screens of a room that stand beside its tabs."""
_ROOM_OF = {tab.name: room.key for room in ROOMS for tab in room.tabs}


def home_of(screen: str) -> tuple[str, str]:
    """Room and tab of a screen («roadmaps/card»): the tab is called as its folder unless said otherwise."""
    folder = screen.partition("/")[0]
    if folder in WITHOUT_TAB:
        return WITHOUT_TAB[folder], ""
    tab = TAB_OF.get(screen) or TAB_OF.get(folder) or folder
    return (_ROOM_OF[tab], tab) if tab in _ROOM_OF else ("", "")
