"""What the screens of official pages share: who sees them and the way between them."""

from django.urls import reverse

from otklik.desk.page import may
from otklik.desk.request import DeskRequest

PUBLISHES, APPROVES = "outreach.publish", "outreach.approve"
WAYS = {
    "pages": "Страницы",
    "publications": "Реестр публикаций",
    "dialogue": "Ответы по площадкам",
    "media": "СМИ",
    "releases": "Пресс-релизы",
    "open_data": "Открытые данные",
}


def ways(here: str) -> list[dict[str, object]]:
    """Screens of the tab, the present one marked."""
    return [
        {"title": title, "address": reverse(f"desk:{name}"), "is_here": name == here}
        for name, title in WAYS.items()
    ]


def keeps(request: DeskRequest) -> bool:
    """Whether the person keeps pages here."""
    return may(request, PUBLISHES)


def number_of(text: str) -> int:
    """The page of a list asked for, from one."""
    return max(1, int(text)) if text.isdigit() and len(text) < 6 else 1
